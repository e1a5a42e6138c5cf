// SPDX-License-Identifier: MIT

extension MetadataStore {
  /// In whose name a task for an object runs: the first rule that names a user who may log in.
  ///
  /// Superset takes whoever is named first, and fails later where that user is inactive.
  ///
  /// - Parameters:
  ///   - currentUser: the name of whoever asked for the task; nil for the clock.
  ///   - seleniumUser: THUMBNAIL_SELENIUM_USER.
  package func executor(
    _ rules: [ExecutorRule], for object: OwnedObject, currentUser: String? = nil,
    seleniumUser: String?
  ) throws(ExecutorError) -> Executor {
    var passedOver: [PassedOver] = []
    for rule in rules {
      for candidate in object.candidates(rule, currentUser, seleniumUser) {
        switch try user(candidate) {
        case .success(let user):
          return Executor(rule: rule, user: user, passedOver: passedOver)
        case .failure(let error):
          passedOver.append(PassedOver(rule: rule, reason: "\(error)"))
        }
      }
    }
    throw .notFound(passedOver: passedOver)
  }

  private func user(
    _ candidate: ExecutorCandidate
  ) throws(ExecutorError) -> Result<User, MetadataError> {
    do {
      switch candidate {
      case .id(let id): return .success(try user(id: id))
      case .name(let name): return .success(try user(named: name))
      }
    } catch {
      switch error {
      case .noUser, .noUserNamed, .inactiveUser: return .failure(error)
      default: throw .metadata(error)
      }
    }
  }
}

/// Whom a rule names.
private enum ExecutorCandidate: Hashable {
  case id(Int)
  case name(String)
}

extension OwnedObject {
  /// Those whom a rule names, the first first.
  fileprivate func candidates(
    _ rule: ExecutorRule, _ currentUser: String?, _ seleniumUser: String?
  ) -> [ExecutorCandidate] {
    switch rule {
    case .selenium: names(seleniumUser)
    case .fixedUser(let name): names(name)
    case .currentUser: names(currentUser)
    case .creator: ids([creator])
    case .creatorOwner: ids([creator].filter(isOwner))
    case .modifier: ids([modifier])
    case .modifierOwner: ids([modifier].filter(isOwner))
    case .owner: ids([modifier, creator].filter(isOwner) + owners)
    }
  }

  private func isOwner(_ id: Int?) -> Bool { id.map(owners.contains) ?? false }

  private func names(_ name: String?) -> [ExecutorCandidate] {
    name.flatMap { $0.isEmpty ? nil : [.name($0)] } ?? []
  }

  /// Each once.
  private func ids(_ ids: [Int?]) -> [ExecutorCandidate] {
    var seen: Set<Int> = []
    return ids.compactMap { $0 }.filter { seen.insert($0).inserted }.map { .id($0) }
  }
}

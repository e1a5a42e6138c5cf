// SPDX-License-Identifier: MIT

/// A way to find the user in whose name a task runs: one entry of THUMBNAIL_EXECUTE_AS and its like.
package enum ExecutorRule: Hashable, Sendable {
  /// Superset's user for machines, THUMBNAIL_SELENIUM_USER.
  case selenium
  /// A user named in the rule itself, as of version 5.
  case fixedUser(String)
  /// Whoever asked for the task.
  case currentUser
  case creator
  /// The creator, if still an owner.
  case creatorOwner
  case modifier
  /// Whoever changed it last, if an owner.
  case modifierOwner
  /// Among several owners: who changed it last, else its creator, else the first.
  case owner

  /// Superset's name of the rule.
  package var name: String {
    switch self {
    case .selenium: "selenium"
    case .fixedUser: "fixed_user"
    case .currentUser: "current_user"
    case .creator: "creator"
    case .creatorOwner: "creator_owner"
    case .modifier: "modifier"
    case .modifierOwner: "modifier_owner"
    case .owner: "owner"
    }
  }

  /// Whether it asks who stands behind the object.
  package var concernsPeople: Bool {
    switch self {
    case .selenium, .fixedUser, .currentUser: false
    case .creator, .creatorOwner, .modifier, .modifierOwner, .owner: true
    }
  }

  private static let plain: [ExecutorRule] = [
    .selenium, .currentUser, .creator, .creatorOwner, .modifier, .modifierOwner, .owner,
  ]

  /// - Parameter text: Superset's name in any case, `ExecutorType.OWNER`, `MODIFIED_BY`, or `fixed_user:NAME`.
  package init(_ text: String) throws(ExecutorError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let name = (parts[0].split(separator: ".").last ?? "").lowercased()
    if name == "fixed_user" {
      guard parts.count == 2, !parts[1].isEmpty else { throw .invalid("\(text)") }
      self = .fixedUser(String(parts[1]))
      return
    }
    let known = name == "modified_by" ? .modifier : Self.plain.first { $0.name == name }
    guard parts.count == 1, let known else { throw .invalid(text) }
    self = known
  }
}

/// The user that a rule has found.
package struct Executor: Hashable, Sendable {
  package let rule: ExecutorRule
  package let user: User
  /// Who would have come before, and why not.
  package let passedOver: [PassedOver]
}

/// Somebody whom a rule named, and who may not log in.
package struct PassedOver: Hashable, Sendable, CustomStringConvertible {
  package let rule: ExecutorRule
  package let reason: String

  package var description: String { "\(rule.name): \(reason)" }
}

/// Why nobody was found.
package enum ExecutorError: Error, Hashable, CustomStringConvertible {
  /// InvalidExecutorError
  case invalid(String)
  /// ExecutorNotFoundError
  case notFound(passedOver: [PassedOver])
  case metadata(MetadataError)

  package var description: String {
    switch self {
    case .invalid(let text): "Invalid executor type: '\(text)'"
    case .notFound(let passedOver):
      "Scheduled task executor not found"
        + (passedOver.isEmpty ? "" : "; " + passedOver.map { "\($0)" }.joined(separator: ", "))
    case .metadata(let error): "\(error)"
    }
  }
}

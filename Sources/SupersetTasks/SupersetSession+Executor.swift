// SPDX-License-Identifier: MIT
import SupersetMetadata

extension SupersetSession {
  /// In whose name something is done for an object.
  ///
  /// - Parameters:
  ///   - rules: as settings have them, `owner` or `fixed_user:NAME`; a wrong one is an error of the settings.
  ///   - id: of the object; it is looked for only where a rule asks for its people.
  package func executor(
    _ rules: [String], for kind: OwnedKind, id: Int, currentUser: String? = nil
  ) throws(SupersetTaskError) -> Executor {
    var known: [ExecutorRule] = []
    for rule in rules {
      do { known.append(try ExecutorRule(rule)) } catch { throw .executor(error) }
    }
    return try executor(known, for: kind, id: id, currentUser: currentUser)
  }

  package func executor(
    _ rules: [ExecutorRule], for kind: OwnedKind, id: Int, currentUser: String? = nil
  ) throws(SupersetTaskError) -> Executor {
    var object = OwnedObject(kind: kind, id: id)
    if rules.contains(where: \.concernsPeople) {
      do { object = try metadata.owned(kind, id: id) } catch { throw .metadata(error) }
    }
    do {
      return try metadata.executor(
        rules, for: object, currentUser: currentUser, seleniumUser: settings.seleniumUser)
    } catch { throw .executor(error) }
  }
}

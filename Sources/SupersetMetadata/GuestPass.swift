// SPDX-License-Identifier: MIT
import SQLDatabases

/// With what somebody looks at embedded dashboards: another web site has asked Superset for it in his name.
package struct GuestPass: Hashable, Sendable {
  /// A clause of row-level security that only this guest brings along.
  package struct Rule: Hashable, Sendable {
    /// The number of the dataset it holds for, as it was written; nil for all.
    let dataset: String?
    let clause: String

    package init(dataset: String?, clause: String) {
      self.dataset = dataset
      self.clause = clause
    }
  }

  package let username: String
  /// Dashboards, by their numbers or by the UUIDs under which they are embedded.
  package let dashboards: Set<String>
  package let rules: [Rule]
  /// Seconds since 1970; nil for a pass without an end.
  package let expiry: Double?

  package init(username: String, dashboards: Set<String>, rules: [Rule], expiry: Double?) {
    self.username = username
    self.dashboards = dashboards
    self.rules = rules
    self.expiry = expiry
  }
}

extension MetadataStore {
  /// - Parameter role: what guests may do besides; where there is no such role, nothing.
  package func guest(with pass: GuestPass, role: String) throws(MetadataError) -> User {
    let statement = SQLStatement("SELECT id, name FROM ab_role WHERE name = ?", .text(role))
    let roles = try rows(statement) { row in
      Role(id: row[0].integerValue ?? 0, name: row[1].textValue ?? "")
    }
    return User(id: nil, username: pass.username, roles: roles, guest: pass)
  }
}

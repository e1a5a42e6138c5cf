// SPDX-License-Identifier: MIT
import SQLDatabases

/// In whose name a query runs.
package struct User: Hashable, Sendable {
  /// Nil for somebody who is not logged in.
  package let id: Int?
  package let username: String
  package var email: String?
  package let roles: [Role]
  /// What a guest may look at; nil for everybody else.
  package var guest: GuestPass?

  package var isAdmin: Bool { roles.contains { $0.name == "Admin" } }
}

/// A role as the metadata name it; what it may do, Superset decides by its name.
package struct Role: Hashable, Sendable {
  package let id: Int
  package let name: String
}

extension MetadataStore {
  /// - Throws: an error for a deleted or inactive user: no user never means no row-level security.
  package func user(id: Int) throws(MetadataError) -> User {
    let found = try users(where: "id = ?", .integer(id))
    guard let user = found.first else { throw .noUser(id: id) }
    return try active(user)
  }

  package func user(named name: String) throws(MetadataError) -> User {
    let found = try users(where: "username = ?", .text(name))
    guard let user = found.first else { throw .noUserNamed(name) }
    return try active(user)
  }

  /// Somebody not logged in, who has the role `Public` where there is one.
  package func anonymousUser() throws(MetadataError) -> User {
    let roles = try rows(SQLStatement("SELECT id, name FROM ab_role WHERE name = 'Public'"), role)
    return User(id: nil, username: "", roles: roles)
  }

  private func users(
    where condition: String, _ value: SQLValue
  ) throws(MetadataError) -> [(user: User, isActive: Bool)] {
    let columns = "SELECT id, username, active, email FROM ab_user WHERE "
    let found = try rows(SQLStatement(columns + condition, value)) { row in
      (row[0].integerValue ?? 0, row[1].textValue ?? "", row[2].isTrue, row[3].filledText)
    }
    guard let (id, username, isActive, email) = found.first else { return [] }
    let roles = try roles(ofUser: id)
    return [(User(id: id, username: username, email: email, roles: roles), isActive)]
  }

  private func active(_ found: (user: User, isActive: Bool)) throws(MetadataError) -> User {
    guard found.isActive else { throw .inactiveUser(username: found.user.username) }
    return found.user
  }

  private func roles(ofUser id: Int) throws(MetadataError) -> [Role] {
    let statement = SQLStatement(
      """
      SELECT ab_role.id, ab_role.name FROM ab_role
      JOIN ab_user_role ON ab_user_role.role_id = ab_role.id
      WHERE ab_user_role.user_id = ? ORDER BY ab_role.id
      """, .integer(id))
    return try rows(statement, role)
  }

  private func role(_ row: any SQLRow) -> Role {
    Role(id: row[0].integerValue ?? 0, name: row[1].textValue ?? "")
  }
}

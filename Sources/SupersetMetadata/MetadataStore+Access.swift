// SPDX-License-Identifier: MIT
import SQLDatabases

extension MetadataStore {
  /// By permission on everything, its database, catalog, schema or itself, or by owning it.
  package func canRead(_ dataset: Dataset, as user: User) throws(MetadataError) -> Bool {
    if user.isAdmin { return true }
    let wanted = [
      ("all_datasource_access", "all_datasource_access"),
      ("all_database_access", "all_database_access"),
      ("database_access", dataset.database.perm),
      ("catalog_access", dataset.catalogPerm),
      ("schema_access", dataset.schemaPerm),
      ("datasource_access", dataset.perm),
    ]
    let granted = try permissions(of: user.roles, like: "%_access")
    if wanted.contains(where: { granted.contains(Permission(name: $0, view: $1)) }) { return true }
    return try isOwner(user, of: dataset)
  }

  /// Whether one of the user's roles has a permission; an admin's need not.
  package func may(
    _ permission: String, on view: String, as user: User
  ) throws(MetadataError) -> Bool {
    guard !user.isAdmin else { return true }
    return try permissions(of: user.roles, like: permission)
      .contains(Permission(name: permission, view: view))
  }

  private struct Permission: Hashable {
    let name: String
    let view: String?
  }

  private func permissions(
    of roles: [Role], like pattern: String
  ) throws(MetadataError) -> Set<Permission> {
    let statement = SQLStatement(
      """
      SELECT ab_permission.name, ab_view_menu.name FROM ab_permission_view_role
      JOIN ab_permission_view ON ab_permission_view.id = permission_view_id
      JOIN ab_permission ON ab_permission.id = permission_id
      JOIN ab_view_menu ON ab_view_menu.id = view_menu_id
      WHERE role_id IN (\(list(of: roles))) AND ab_permission.name LIKE ?
      """, .text(pattern))
    return Set(
      try rows(statement) { row in
        Permission(name: row[0].textValue ?? "", view: row[1].textValue ?? "")
      })
  }

  private func isOwner(_ user: User, of dataset: Dataset) throws(MetadataError) -> Bool {
    guard let id = user.id else { return false }
    let statement = SQLStatement(
      "SELECT 1 FROM sqlatable_user WHERE user_id = ? AND table_id = ?", .integer(id),
      .integer(dataset.id))
    return try !rows(statement) { _ in true }.isEmpty
  }
}

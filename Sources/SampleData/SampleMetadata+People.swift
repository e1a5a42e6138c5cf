// SPDX-License-Identifier: MIT
import SQLDatabases

extension SampleMetadata {
  /// Three users: one who may do everything, and two who may read some of it.
  func fillPeople() throws(SQLError) {
    let people = [
      ("admin", "Ada", "Admin"), ("alice", "Alice", "Analyst"), ("bob", "Bob", "Baker"),
    ]
    try insert(
      "ab_user",
      ["id", "username", "first_name", "last_name", "email", "active", "created_on", "changed_on"],
      zip(1..., people).map { id, person in
        [
          .integer(id), .text(person.0), .text(person.1), .text(person.2),
          .text("\(person.0)@example.org"), .flag(true), Self.created, Self.created,
        ]
      })
    try insert("ab_role", ["id", "name"], numbered(Self.roles))
    try insert("ab_user_role", ["user_id", "role_id"], Self.memberships.map(pair))
    try fillPermissions()
  }

  private func fillPermissions() throws(SQLError) {
    try insert("ab_permission", ["id", "name"], numbered(Self.permissions))
    try insert("ab_view_menu", ["id", "name"], numbered(Self.views))
    try insert(
      "ab_permission_view", ["permission_id", "view_menu_id"], Self.permissionViews.map(pair))
    try insert(
      "ab_permission_view_role", ["permission_view_id", "role_id"], Self.grants.map(pair))
  }

  func fillRowFilters() throws(SQLError) {
    try insertMade(
      "row_level_security_filters", ["id", "name", "filter_type", "group_key", "clause"],
      [
        [
          .integer(1), .text("western births"), .text("Regular"), .text("region"),
          .text("state IN ('CA', 'TX')"),
        ],
        [.integer(2), .text("girls only"), .text("Regular"), .null, .text("gender = 'girl'")],
        [.integer(3), .text("no bulk orders"), .text("Base"), .null, .text("orders < 39")],
      ])
    try insert(
      "rls_filter_tables", ["table_id", "rls_filter_id"], [(1, 1), (1, 2), (2, 3)].map(pair))
    try insert(
      "rls_filter_roles", ["role_id", "rls_filter_id"], [(8, 1), (8, 2), (1, 3)].map(pair))
  }

  private func numbered(_ names: [String]) -> [[SQLValue]] {
    zip(1..., names).map { [.integer($0), .text($1)] }
  }

  func pair(_ pair: (Int, Int)) -> [SQLValue] { [.integer(pair.0), .integer(pair.1)] }

  private static let roles = [
    "Admin", "Public", "Alpha", "Gamma", "sql_lab", "births_reader", "sales_reader", "west",
  ]

  /// User and role: admin is Admin; alice reads both tables, bob only the sales.
  private static let memberships = [(1, 1), (2, 4), (2, 6), (2, 7), (2, 8), (3, 4), (3, 7)]

  private static let permissions = [
    "all_datasource_access", "all_database_access", "all_query_access", "database_access",
    "schema_access", "datasource_access",
  ]

  private static let views = [
    "all_datasource_access", "all_database_access", "all_query_access", "[examples].(id:1)",
    "[examples].[main]", "[examples].[birth_names](id:1)", "[examples].[sales](id:2)",
  ]

  private static let permissionViews = [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6), (6, 7)]

  /// Permission and role: Admin and Alpha read everything, each reader its table.
  private static let grants = [(1, 1), (2, 1), (3, 1), (1, 3), (2, 3), (6, 6), (7, 7)]
}

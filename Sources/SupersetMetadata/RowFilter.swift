// SPDX-License-Identifier: MIT
import SQLDatabases

/// One clause of row-level security that applies to a user and a dataset.
package struct RowFilter: Hashable, Sendable {
  package let clause: String
  /// Clauses of one group are alternatives; groups and the rest must all hold.
  package let groupKey: String?
  /// Whether a guest has brought it along.
  package let isGuests: Bool

  package init(clause: String, groupKey: String?, isGuests: Bool = false) {
    self.clause = clause
    self.groupKey = groupKey
    self.isGuests = isGuests
  }
}

extension MetadataStore {
  /// A guest's own clauses first, then regular ones of the user's roles, and base clauses that none of his roles is freed
  /// from.
  package func rowFilters(
    onDataset dataset: Int, for user: User
  ) throws(MetadataError) -> [RowFilter] {
    let holders =
      "SELECT rls_filter_id FROM rls_filter_roles WHERE role_id IN (\(list(of: user.roles)))"
    let statement = SQLStatement(
      """
      SELECT clause, group_key FROM row_level_security_filters
      WHERE id IN (SELECT rls_filter_id FROM rls_filter_tables WHERE table_id = ?)
      AND ((filter_type = 'Regular' AND id IN (\(holders)))
        OR (filter_type = 'Base' AND id NOT IN (\(holders)))) ORDER BY id
      """, .integer(dataset))
    let own = (user.guest?.rules ?? []).filter { rule in
      rule.dataset.map { $0 == String(dataset) } ?? true
    }
    return own.map { RowFilter(clause: $0.clause, groupKey: nil, isGuests: true) }
      + (try rows(statement) { row in
        RowFilter(clause: row[0].textValue ?? "", groupKey: row[1].filledText)
      })
  }

  /// Identifiers that came from the database as integers, so that they need no quoting; only SQLite knows an empty list.
  func list(of roles: [Role]) -> String {
    roles.isEmpty ? "NULL" : roles.map { String($0.id) }.joined(separator: ", ")
  }
}

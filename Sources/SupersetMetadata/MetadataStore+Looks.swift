// SPDX-License-Identifier: MIT
import SQLDatabases

/// A dashboard, as far as a picture of it goes; nil for what is NULL.
package struct DashboardLook: Hashable, Sendable {
  package let id: Int
  package let title: String?
  package let slug: String?
  /// As its pages name it, with hyphens.
  package let uuid: String?
  package let position: String?
  package let css: String?
  package let metadata: String?
  /// The names of its charts, in the order in which Superset lists them.
  package let charts: [String]
}

extension MetadataStore {
  /// Nil where there is none of this number.
  package func look(ofDashboard id: Int) throws(MetadataError) -> DashboardLook? {
    let charts = try chartNames(ofDashboard: id)
    let statement = SQLStatement(
      """
      SELECT dashboard_title, slug, position_json, css, json_metadata, uuid FROM dashboards
      WHERE id = ?
      """, .integer(id))
    return try rows(statement) { row in
      DashboardLook(
        id: id, title: row[0].textValue, slug: row[1].textValue, uuid: row[5].uuidText,
        position: row[2].textValue, css: row[3].textValue, metadata: row[4].textValue,
        charts: charts)
    }.first
  }

  /// What there is of a kind, in the order of the numbers; nothing of reports.
  package func names(of kind: OwnedKind) throws(MetadataError) -> [(id: Int, name: String)] {
    let statement: SQLStatement
    switch kind {
    case .chart: statement = SQLStatement("SELECT id, slice_name FROM slices ORDER BY id")
    case .dashboard:
      statement = SQLStatement("SELECT id, dashboard_title FROM dashboards ORDER BY id")
    case .reportSchedule: return []
    }
    return try rows(statement) { row in (row[0].integerValue ?? 0, row[1].textValue ?? "") }
  }

  /// Superset does not say in which order; asked as it asks, the database answers as it answers Superset.
  private func chartNames(ofDashboard id: Int) throws(MetadataError) -> [String] {
    let statement = SQLStatement(
      """
      SELECT slices.slice_name FROM slices, dashboard_slices
      WHERE ? = dashboard_slices.dashboard_id AND dashboard_slices.slice_id = slices.id
      """, .integer(id))
    return try rows(statement) { $0[0].textValue ?? "" }
  }
}

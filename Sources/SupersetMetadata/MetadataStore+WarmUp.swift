// SPDX-License-Identifier: MIT
import SQLDatabases

/// Which charts there are, seen from their dashboards, their tags and their visitors; all are ids.
extension MetadataStore {
  package func charts() throws(MetadataError) -> [Int] {
    try numbers("SELECT id FROM slices ORDER BY id", [])
  }

  package func charts(ofDashboard id: Int) throws(MetadataError) -> [Int] {
    try numbers(
      """
      SELECT slices.id FROM slices JOIN dashboard_slices ON slices.id = dashboard_slices.slice_id
      WHERE dashboard_slices.dashboard_id = ? ORDER BY dashboard_slices.id
      """, [.integer(id)])
  }

  /// - Parameter since: UTC, `2026-11-29 00:00:00`, as the log is kept.
  /// - Returns: the dashboards that are still there, the one with most entries in the log first.
  package func dashboards(
    mostVisited count: Int, since: String
  ) throws(MetadataError) -> [Int] {
    let visited = try numbers(
      """
      SELECT dashboard_id FROM logs WHERE dashboard_id IS NOT NULL AND dttm >= ?
      GROUP BY dashboard_id ORDER BY count(*) DESC, dashboard_id LIMIT ?
      """, [.text(since), .integer(count)])
    let existing = Set(try dashboards(visited))
    return visited.filter(existing.contains)
  }

  /// Those of these numbers that are there, in the order of their numbers.
  package func dashboards(_ ids: [Int]) throws(MetadataError) -> [Int] {
    guard !ids.isEmpty else { return [] }
    return try numbers(
      "SELECT id FROM dashboards WHERE id IN (\(marks(ids.count))) ORDER BY id",
      ids.map(SQLValue.integer))
  }

  /// Nil where no dashboard has this name in its address.
  package func dashboard(slug: String) throws(MetadataError) -> Int? {
    try numbers("SELECT id FROM dashboards WHERE slug = ?", [.text(slug)]).first
  }

  /// What bears one of these tags, of whatever type the tag is.
  ///
  /// - Parameter kind: of the things, `dashboard` or `chart`.
  package func tagged(_ kind: String, with tags: [String]) throws(MetadataError) -> [Int] {
    guard !tags.isEmpty else { return [] }
    let table = kind == "chart" ? "slices" : "dashboards"
    return try numbers(
      """
      SELECT id FROM \(table) WHERE id IN (SELECT object_id FROM tagged_object
        JOIN tag ON tag.id = tagged_object.tag_id
        WHERE tagged_object.object_type = ? AND tag.name IN (\(marks(tags.count))))
      ORDER BY id
      """, [.text(kind)] + tags.map(SQLValue.text))
  }

  private func numbers(
    _ statement: String, _ values: [SQLValue]
  ) throws(MetadataError) -> [Int] {
    try rows(SQLStatement(statement, values)) { $0[0].integerValue }.compactMap { $0 }
  }

  private func marks(_ count: Int) -> String {
    Array(repeating: "?", count: count).joined(separator: ", ")
  }
}

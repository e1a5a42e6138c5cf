// SPDX-License-Identifier: MIT
import SQLDatabases

/// A dashboard, as far as it opens the data of its charts to people.
package struct Dashboard: Hashable, Sendable {
  package let id: Int
  package let isPublished: Bool
  /// JSON: native filters stand in it.
  package let metadata: String?
  /// JSON: in which rows and tabs its charts stand.
  package let position: String?
  /// Who may open it, where roles decide.
  package let roles: Set<Int>
  package let owners: Set<Int>
  package let charts: Set<Int>
  /// Under which it is embedded in other web sites.
  package let embeddings: Set<String>
}

extension MetadataStore {
  /// Nil where there is none of this number.
  package func dashboard(id: Int) throws(MetadataError) -> Dashboard? {
    let statement = SQLStatement(
      "SELECT published, json_metadata, position_json FROM dashboards WHERE id = ?", .integer(id))
    let found = try rows(statement) { row in
      (row[0].isTrue, row[1].filledText, row[2].filledText)
    }
    guard let (isPublished, metadata, position) = found.first else { return nil }
    return Dashboard(
      id: id, isPublished: isPublished, metadata: metadata, position: position,
      roles: try numbers("role_id", in: "dashboard_roles", of: id),
      owners: try numbers("user_id", in: "dashboard_user", of: id),
      charts: try numbers("slice_id", in: "dashboard_slices", of: id),
      embeddings: try embeddings(of: id))
  }

  private func numbers(
    _ column: String, in table: String, of dashboard: Int
  ) throws(MetadataError) -> Set<Int> {
    let statement = SQLStatement(
      "SELECT \(column) FROM \(table) WHERE dashboard_id = ?", .integer(dashboard))
    return Set(try rows(statement) { $0[0].integerValue }.compactMap { $0 })
  }

  /// As text with hyphens; SQLite holds 16 bytes, PostgreSQL a UUID.
  private func embeddings(of dashboard: Int) throws(MetadataError) -> Set<String> {
    let statement = SQLStatement(
      "SELECT uuid FROM embedded_dashboards WHERE dashboard_id = ?", .integer(dashboard))
    return Set(try rows(statement) { $0[0].uuidText }.compactMap { $0 })
  }
}

extension SQLValue {
  var uuidText: String? {
    guard case .blob(let bytes) = self, bytes.count == 16 else { return textValue?.lowercased() }
    let digits = bytes.map { byte in
      let text = String(byte, radix: 16)
      return text.count < 2 ? "0" + text : text
    }
    let parts = [0..<4, 4..<6, 6..<8, 8..<10, 10..<16]
    return parts.map { digits[$0].joined() }.joined(separator: "-")
  }
}

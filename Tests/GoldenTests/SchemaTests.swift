// SPDX-License-Identifier: MIT
import SQLDatabases
import Testing

@testable import SampleData

struct SchemaTests {
  @Test func `the sample's metadata has the tables and columns of a real Superset`() throws {
    let recording = try Recording.shared.get()
    let path = "\(recording.directory)/schema.db"
    let builder = try SQLiteBuilder(creating: path)
    try builder.run(SupersetSchema.script)
    try builder.finish()
    let ours = try columns(of: path)
    #expect(ours.count > 400)
    #expect(ours == (try columns(of: "\(recording.directory)/metadata.db")))
  }

  /// `table.column type notnull`, as sqlite3 tells it: our own reading allows no PRAGMA.
  private func columns(of path: String) throws -> [Substring] {
    let sql = """
      SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull"
      FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY 1
      """
    return try Recording.output(of: "/usr/bin/sqlite3", ["-readonly", path, sql])
      .split(separator: "\n")
  }
}

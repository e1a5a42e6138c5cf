// SPDX-License-Identifier: MIT
import JSONValues
import SQLDatabases
import SystemCalls

/// The rows of the sample's metadata database.
struct SampleMetadata {
  /// Nothing of it changed since; so cache keys stay the same from one example to the next.
  static let created = SQLValue.text("2026-01-01 00:00:00.000000")

  private let builder: SQLiteBuilder
  let now: Timestamp

  init(_ builder: SQLiteBuilder, now: Timestamp) {
    self.builder = builder
    self.now = now
  }

  func fill() throws(SQLError) {
    try insert("alembic_version", ["version_num"], [[.text(SupersetSchema.migration)]])
    try fillPeople()
    try fillDatasets()
    try fillCharts()
    try fillRowFilters()
    try fillWork()
  }

  func insert(
    _ table: String, _ columns: [String], _ rows: [[SQLValue]]
  ) throws(SQLError) {
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    let names = columns.map { "\"\($0)\"" }.joined(separator: ", ")
    try builder.run("INSERT INTO \"\(table)\" (\(names)) VALUES (\(marks))", for: rows)
  }

  /// The same for tables that say who made a row and when: the administrator, at the beginning.
  func insertMade(
    _ table: String, _ columns: [String], _ rows: [[SQLValue]]
  ) throws(SQLError) {
    let columns = columns + ["created_on", "changed_on", "created_by_fk", "changed_by_fk"]
    let made = [Self.created, Self.created, .integer(1), .integer(1)]
    try insert(table, columns, rows.map { $0 + made })
  }
}

extension SQLValue {
  static func json(_ value: JSONValue) -> SQLValue { .text(value.text) }
  static func flag(_ flag: Bool) -> SQLValue { .integer(flag ? 1 : 0) }
}

// SPDX-License-Identifier: MIT
import JSONValues
import SQLDatabases
import Testing

@testable import ChartQueries

struct RowWriterTests {
  /// Rows made by hand, so that every kind of cell can be shown.
  private struct FixedRow: SQLRow {
    let cells: [SQLValue]
    var count: Int { cells.count }

    func kind(at index: Int) -> SQLKind {
      switch cells[index] {
      case .null: .null
      case .integer: .integer
      case .real: .real
      case .text: .text
      case .blob: .blob
      }
    }

    func integer(at index: Int) -> Int { cells[index].integerValue ?? 0 }

    func real(at index: Int) -> Double {
      if case .real(let number) = cells[index] { number } else { Double(integer(at: index)) }
    }

    func withBytes(at index: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
      switch cells[index] {
      case .text(let text): Array(text.utf8).withUnsafeBytes(body)
      case .blob(let bytes): bytes.withUnsafeBytes(body)
      default: [UInt8]().withUnsafeBytes(body)
      }
    }
  }

  private func text(
    _ rows: [[SQLValue]], _ labels: [String], times: [String: String?] = [:], offset: Int = 0,
    texts: Set<Int> = []
  ) throws -> String {
    var columns = TimeColumns(adding: offset)
    for (name, format) in times { try columns.add(name, format: format) }
    var writer = RowWriter(times: columns, textColumns: texts)
    for row in rows { writer.write(FixedRow(cells: row), labels: labels) }
    writer.finish()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test func `cells are written as JSON, whatever they hold`() throws {
    #expect(
      try text(
        [[.text("a\"\n\\é"), .real(.infinity), .null, .blob([0xFF])]], ["x\"", "r", "n", "b"])
        == #"[{"x\"":"a\"\n\\é","r":null,"n":null,"b":"[bytes]"}]"#)
  }

  @Test func `no rows are an empty array`() throws { #expect(try text([], ["a"]) == "[]") }

  @Test func `times are milliseconds, and null where they are none`() throws {
    let rows: [[SQLValue]] = [
      [.text("2004-01-01 00:00:00")], [.text("soon")], [.null], [.integer(1)],
    ]
    #expect(
      try text(rows, ["ds"], times: ["ds": nil])
        == #"[{"ds":1072915200000.0},{"ds":null},{"ds":null},{"ds":1000.0}]"#)
    #expect(
      try text([[.text("1970-01-01")]], ["ds"], times: ["ds": nil], offset: 1)
        == #"[{"ds":3600000.0}]"#)
    #expect(throws: ChartQueryError.self) { try text([], ["ds"], times: ["ds": "%d/%m/%Y"]) }
    #expect(try text([[.integer(5)]], ["ds"], times: ["ds": "epoch_ms"]) == #"[{"ds":5.0}]"#)
  }

  @Test func `a column of numbers and texts is written as texts`() throws {
    #expect(
      try text([[.integer(1)], [.real(2)], [.text("x")]], ["a"], texts: [0])
        == #"[{"a":"1"},{"a":"2.0"},{"a":"x"}]"#)
  }
}

// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import Testing

@testable import ChartQueries

/// Tables as charts show them, against what Superset makes of the same; recorded/make_pivots.py has
/// asked it.
struct ProcessedTableTests {
  private static let lines = Recorded.cases("pivots")
  private static let titles = ["__timestamp": "Time", "g": "Group", "n": "Sum of n"]

  /// Of a recorded table the columns that a case chooses, where it groups the first row of each
  /// group.
  private func rows(_ one: JSONValue, _ tables: [JSONValue]) -> DataTable {
    let all = tables[one["of"]?.integerValue ?? 0]["table"]?.objectValue ?? [:]
    let names = one["columns"]?.arrayValue?.compactMap(\.stringValue) ?? Array(all.keys)
    let columns = names.map { name in
      DataTable.Column(
        label: [.text(name)],
        cells: (all[name]?.arrayValue ?? []).map { name == "at" ? time($0) : Cell($0) })
    }
    let table = DataTable(columns)
    guard one["grouped"] != nil else { return table }
    let keys = columns.filter { ["g", "h", "k", "at", "q", "b"].contains($0.name) }
    var seen: Set<[Cell]> = []
    return table.rows(
      (0..<table.rowCount).filter { row in seen.insert(keys.map { $0.cells[row] }).inserted })
  }

  private func time(_ value: JSONValue) -> Cell {
    value.stringValue.flatMap { CivilTime($0) }.map { .time($0) } ?? .null
  }

  private func processed(
    _ one: JSONValue, _ tables: [JSONValue], for layout: RowLayout
  ) throws(ChartQueryError) -> ProcessedTable {
    guard let chart = ProcessedChart(one["form"] ?? .null) else { throw .emptyResult }
    return try chart.table(of: rows(one, tables), for: layout, titles: Self.titles)
  }

  @Test func `tables become what Superset makes of them`() throws {
    let tables = Self.lines.filter { $0["table"] != nil }
    let cases = Self.lines.filter { $0["form"] != nil }
    #expect(cases.count >= 200)
    for (number, one) in cases.enumerated() {
      let json = answer { () throws(ChartQueryError) in
        Self.document(try processed(one, tables, for: .array))
      }
      let csv = answer { () throws(ChartQueryError) in
        .string(String(decoding: try processed(one, tables, for: .csv).csv, as: UTF8.self))
      }
      for (ours, theirs) in [(json, one["json"] ?? nil), (csv, one["csv"] ?? nil)] {
        let isRight = isEqual(ours, theirs)
        let form = one["form"]?.text ?? ""
        #expect(isRight, "\(number) \(form)\n\(ours.text)\n\(theirs.text)")
      }
    }
  }

  private static func document(_ table: ProcessedTable) -> JSONValue {
    [
      "colnames": table.columnNames, "indexnames": table.rowNames,
      "coltypes": .array(table.types { _ in false }.map { .integer($0.rawValue) }),
      "rowcount": .integer(table.rowCount), "data": table.data,
    ]
  }

  private func answer(_ make: () throws(ChartQueryError) -> JSONValue) -> JSONValue {
    do { return try make() } catch { return ["error": .string("\(error)")] }
  }

  /// Where Superset breaks off, so do we; what Python says then may depend on the order of its
  /// steps.
  private func isEqual(_ ours: JSONValue, _ theirs: JSONValue) -> Bool {
    if theirs["error"] != nil || ours["error"] != nil {
      return (theirs["error"] != nil) == (ours["error"] != nil)
    }
    guard let ours = ours.objectValue else { return ours == theirs }
    return ours.allSatisfy { name, value in Self.isSame(value, theirs[name]) }
  }

  /// The order of members counts too.
  private static func isSame(_ ours: JSONValue, _ theirs: JSONValue?) -> Bool {
    switch (ours, theirs) {
    case (.array(let ours), .array(let theirs)):
      ours.count == theirs.count && zip(ours, theirs).allSatisfy { isSame($0, $1) }
    case (.object(let ours), .object(let theirs)):
      Array(ours.keys) == Array(theirs.keys) && ours.allSatisfy { isSame($1, theirs[$0]) }
    default: ours == theirs
    }
  }

  @Test(arguments: [
    ("1234.5678", 1234.5678), ("1e5", 1e5), (".5", 0.5), ("-2.", -2), ("inf", .infinity),
    ("18446744073709551616", 0x1p64), ("1e-400", 0),
  ])
  func `numbers of CSV are read`(_ text: String, _ number: Double) {
    #expect(CSVNumber.real(text) == number)
  }

  @Test(arguments: ["", "1e", "1e400", "0x1p3", "1 2", "1_000", "-", "e5", "."])
  func `what is no number in CSV is none`(_ text: String) {
    #expect(CSVNumber.real(text) == nil)
  }

  @Test(arguments: [
    (["1", "2"], [Cell.integer(1), .integer(2)]), (["1", ""], [.real(1), .null]),
    (["1", "2.5"], [.real(1), .real(2.5)]), (["True", "false"], [.json(true), .json(false)]),
    (["True", "NA"], [.json(true), .null]), (["007", "x"], [.text("007"), .text("x")]),
    (["None", "null"], [.null, .null]),
  ])
  func `a column of CSV is what all its fields are`(_ fields: [String], _ cells: [Cell]) {
    #expect(CSVColumnReader.cells(of: fields) == cells)
  }

  @Test func `CSV is read with its quotes, its blank lines and its names`() {
    let text = "a,,a\n\"x\"\"y\",1,\"2\n3\"\n\nz,4,\n"
    let table = CSVTable(Array(text.utf8)).table
    #expect(table.columns.map(\.name) == ["a", "Unnamed: 1", "a.1"])
    #expect(
      table.columns.map(\.cells) == [
        [.text("x\"y"), .text("z")], [.integer(1), .integer(4)], [.text("2\n3"), .null],
      ])
  }

  @Test func `the total of times is a time`() throws {
    let time = Cell.time(CivilTime(microseconds: 1_704_067_200_000_000))
    let table = DataTable([
      DataTable.Column(label: [.text("h")], cells: [.text("x"), .text("y")]),
      DataTable.Column(label: [.text("at")], cells: [time, time]),
    ])
    let form: JSONValue = [
      "viz_type": "pivot_table_v2", "groupbyRows": ["h"], "metrics": ["at"],
      "aggregateFunction": "Maximum", "colTotals": true,
    ]
    let chart = try #require(ProcessedChart(form))
    let processed = try chart.table(of: table, for: .array, titles: [:])
    #expect(processed.data["at"]?["Total (Maximum)"] == 1_704_067_200_000.0)
  }
}

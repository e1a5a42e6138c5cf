// SPDX-License-Identifier: MIT
import Testing

@testable import ChartQueries

/// Steps from one time to another, and the join of what was there with what is here.
struct TimeComparisonTests {
  @Test(arguments: [
    ("1 year ago", -1, TimeUnit.year), ("2 weeks later", 2, .week), ("-3 months", -3, .month),
    ("28 days", 28, .day), ("a day ago", -1, .day), ("7d ago", -7, .day),
    ("1 hour from now", 1, .hour), ("-1 year later", -1, .year),
  ])
  func `a step is read as parsedatetime reads it`(_ text: String, _ count: Int, _ unit: TimeUnit) {
    #expect(TimeShift(text) == TimeShift(count: count, unit: unit))
  }

  @Test(arguments: ["", "zzz", "ago", "1 quarter ago", "1.5 years ago", "year ago", "1 year maybe"])
  func `what is no step is none`(_ text: String) {
    #expect(TimeShift(text) == nil)
  }

  /// What Python says of the same days, but for a zero in front.
  @Test(arguments: [
    ("2023-01-01", "2023-W1", "2023-W0"), ("2023-01-02", "2023-W1", "2023-W1"),
    ("2024-12-31", "2024-W52", "2024-W53"), ("2026-01-04", "2026-W1", "2026-W0"),
  ])
  func `weeks are counted from the year's first Sunday or Monday`(
    _ day: String, _ fromSunday: String, _ fromMonday: String
  ) throws {
    let time = try #require(CivilTime(day))
    #expect(GrainText("1969-12-28T00:00:00Z/P1W").text(of: time) == fromSunday)
    #expect(GrainText("P1W").text(of: time) == fromMonday)
  }

  @Test func `rows without a counterpart keep their place, and nulls find nulls`() throws {
    let table = DataTable([
      .init(label: [.text("k")], cells: [.text("x"), .null, .text("y")]),
      .init(label: [.text("n")], cells: [.integer(1), .integer(2), .integer(3)]),
    ])
    let added = DataTable.Column(label: [.text("m")], cells: [.integer(10), .integer(20)])
    let joined = try table.leftJoined(
      keys: [table.columns[0].cells], [added], on: [[.null, .text("x")]])
    #expect(joined.columns[0].cells == [.text("x"), .null, .text("y")])
    #expect(joined.columns[2].cells.map(\.number) == [20, 10, nil])
    #expect(joined.columns[2].cells.map(\.isNumeric) == [true, true, true])
  }

  @Test func `where a key comes twice the rows are sorted by it, as pandas sorts them`() throws {
    let table = DataTable([
      .init(label: [.text("k")], cells: [.text("y"), .text("x"), .text("x")]),
      .init(label: [.text("n")], cells: [.integer(1), .integer(2), .integer(3)]),
    ])
    let added = DataTable.Column(
      label: [.text("m")], cells: [.integer(10), .integer(20), .integer(30)])
    let joined = try table.leftJoined(
      keys: [table.columns[0].cells], [added], on: [[.text("x"), .text("y"), .text("x")]])
    #expect(joined.columns[1].cells == [2, 2, 3, 3, 1].map { .integer($0) })
    #expect(joined.columns[2].cells == [10, 30, 10, 30, 20].map { .integer($0) })
  }
}

// SPDX-License-Identifier: MIT
import JSONValues
import Notifications
import Testing

@testable import ReportTasks

/// Tables in messages, as pandas 2.0 prints the same answers.
@Suite struct ReportTableTests {
  private func table(_ json: String) throws -> NotificationTable {
    try #require(ReportTable.table(from: JSONValue(parsing: json)))
  }

  private func times(_ milliseconds: String...) throws -> [String?] {
    let cells = milliseconds.enumerated().map { #""\#($0)": \#($1)"# }
    return try table(
      #"{"colnames": ["t"], "coltypes": [2], "data": {"t": {\#(cells.joined(separator: ","))}}}"#
    ).rows.map { $0[0] }
  }

  @Test func `times of a column say as much as one of them has to say`() throws {
    #expect(try times("1704067200000.0", "1704153600000.0") == ["2024-01-01", "2024-01-02"])
    #expect(
      try times("1704067200000.0", "null", "1704164645000.0")
        == ["2024-01-01 00:00:00", "", "2024-01-02 03:04:05"])
    #expect(
      try times("1704067200500.0", "1704153600000")
        == ["2024-01-01 00:00:00.500", "2024-01-02 00:00:00.000"])
    #expect(try times("-1.0", "1e300", #""x""#).map { $0 ?? "" }.last == "x")
  }

  @Test func `names of several levels stay levels`() throws {
    let table = try table(
      """
      {"colnames": [["sum", "boy"], ["sum", "girl"]], "coltypes": [0, 0],
       "indexnames": [["CA", "x"], ["NY", null]],
       "data": {"0": {"0": 1, "1": 2}, "1": {"0": 3.5, "1": null}}}
      """)
    #expect(table.columns == [["sum", "boy"], ["sum", "girl"]])
    #expect(table.index == [["CA", "x"], ["NY", ""]])
    #expect(table.rows == [["1", "3.5"], ["2", ""]])
  }
}

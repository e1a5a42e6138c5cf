// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import ChartQueries

/// Operations on tables, against what pandas makes of the same; recorded/make.py has asked it.
struct PostProcessingTests {
  private static let cases = Recorded.cases("frames")

  private func table(_ columns: JSONValue?) -> DataTable {
    DataTable(
      (columns?.objectValue ?? [:]).elements.map { name, cells in
        DataTable.Column(
          label: [.text(name)],
          cells: (cells.arrayValue ?? []).map { name == "at" ? Self.time($0) : Cell($0) })
      })
  }

  private static func time(_ value: JSONValue) -> Cell {
    value.stringValue.flatMap { CivilTime($0) }.map { .time($0) } ?? .null
  }

  @Test func `tables become what pandas makes of them`() throws {
    #expect(Self.cases.count >= 40)
    for one in Self.cases {
      let steps = one["steps"]?.arrayValue ?? []
      let result = try PostProcessing.apply(steps, to: table(one["table"]))
      let shown = Comment(rawValue: one["steps"]?.text ?? "")
      #expect(try result.names == (one["names"]?.arrayValue ?? []).compactMap(\.stringValue), shown)
      let rows = (0..<result.rowCount).map { row in result.columns.map { $0.cells[row].json } }
      let expected = (one["rows"]?.arrayValue ?? []).map { $0.arrayValue ?? [] }
      #expect(rows.count == expected.count, shown)
      for (ours, theirs) in zip(rows, expected) {
        #expect(
          ours.count == theirs.count && zip(ours, theirs).allSatisfy(Nearness.isNear),
          "\(shown) \(ours) \(theirs)")
      }
    }
  }

  @Test(arguments: [
    (
      #"{"operation":"pivot","options":{"index":[],"aggregates":{"n":{"operator":"sum"}}}}"#,
      "Pivot operation requires at least one index"
    ),
    (
      #"{"operation":"pivot","options":{"index":["t"],"aggregates":{}}}"#,
      "Pivot operation must include at least one aggregate"
    ),
    (#"{"operation":"pivot","options":{"index":["t"]}}"#, "pivot needs the option 'aggregates'"),
    (
      #"{"operation":"aggregate","options":{"groupby":["t"],"aggregates":{"x":{"operator":"sum"}}}}"#,
      "Column referenced by aggregate is undefined: x"
    ),
    (
      #"{"operation":"aggregate","options":{"groupby":["t"],"aggregates":{"n":{}}}}"#,
      "Operator undefined for aggregator: n"
    ),
    (#"{"operation":"rename","options":{"columns":{"n":"t"}}}"#, "Label already exists"),
    (
      #"{"operation":"rename","options":{"columns":{"n":"m"},"level":1}}"#,
      "there is no level 1 of labels"
    ),
    (
      #"{"operation":"cum","options":{"operator":"mean","columns":{"n":"n"}}}"#,
      "Invalid cumulative operator: mean"
    ),
    (
      #"{"operation":"rolling","options":{"rolling_type":"mean","columns":{"n":"n"}}}"#,
      "Undefined window for rolling operation"
    ),
    (
      #"{"operation":"rolling","options":{"rolling_type":"mean","window":0,"columns":{"n":"n"}}}"#,
      "Window must be > 0"
    ),
    (
      #"{"operation":"compare","options":{"source_columns":["n"],"compare_columns":["n"],"compare_type":"x"}}"#,
      "`compare_type` must be `difference`, `percentage` or `ratio`"
    ),
    (
      #"{"operation":"resample","options":{"rule":"1D","method":"ffill"}}"#,
      "Resample operation requires DatetimeIndex"
    ),
    (
      #"{"operation":"sort","options":{"by":["zz"]}}"#,
      "Referenced columns not available in DataFrame."
    ),
  ])
  func `what cannot be done is an error that says so`(_ step: String, _ reason: String) throws {
    let table = table(["t": ["a", "b"], "n": [1, 2]])
    #expect(throws: ChartQueryError.postProcessing(reason: reason)) {
      try PostProcessing.apply([try JSONValue(parsing: step)], to: table)
    }
  }

  @Test func `texts of other bytes are other groups, also where they read alike`() throws {
    let texts = ["\u{E9}", "e\u{301}", "\u{212B}", "A\u{30A}"]
    let table = DataTable([
      .init(label: [.text("t")], cells: texts.map { .text($0) }),
      .init(label: [.text("n")], cells: [1, 2, 3, 4].map { .integer($0) }),
    ])
    let step =
      #"{"operation":"pivot","options":{"index":["t"],"aggregates":{"n":{"operator":"sum"}}}}"#
    let pivoted = try PostProcessing.apply([try JSONValue(parsing: step)], to: table)
    #expect(pivoted.rowCount == 4)
  }

  @Test func `a pivot that was not flattened is no answer`() throws {
    let step =
      #"{"operation":"pivot","options":{"index":["t"],"columns":["u"],"aggregates":{"n":{"operator":"sum"}}}}"#
    let table = table(["t": ["a", "b"], "u": ["x", "y"], "n": [1, 2]])
    let pivoted = try PostProcessing.apply([try JSONValue(parsing: step)], to: table)
    #expect(throws: ChartQueryError.self) { try pivoted.names }
  }
}

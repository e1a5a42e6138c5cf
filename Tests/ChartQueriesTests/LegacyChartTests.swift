// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import ChartQueries

/// Charts of the old kind, against what Superset's own code makes of the same; recorded/make_explore.py has asked it.
struct LegacyChartTests {
  private static let cases = Recorded.cases("explore")

  /// The day of the recording, which tells how long a year is.
  private let now = CivilTime("2026-11-28") ?? CivilTime(microseconds: 0)
  private let limits = RowLimits(standard: 50_000, samples: 1_000, maximum: 100_000)

  private func table(_ columns: JSONValue?) -> DataTable {
    DataTable(
      (columns?.objectValue ?? [:]).elements.map { name, values in
        let cells = (values.arrayValue ?? []).map { value in
          name == SeriesShaper.time
            ? value.stringValue.flatMap { CivilTime($0) }.map { .time($0) } ?? .null : Cell(value)
        }
        return DataTable.Column(label: [.text(name)], cells: cells.asOneKind)
      })
  }

  private struct Made {
    let query: JSONValue
    let data: JSONValue
  }

  private func made(of one: JSONValue) throws -> Made {
    var form = try ExploreForm(one["form"] ?? .null) { _ in nil }
    try form.settleFilters()
    let chart = try LegacyCharts.chart(named: form.text("viz_type") ?? "")
    var query = try LegacyQuery(
      form, isTimeseries: type(of: chart).isTimeseries, rules: ChartRules(limits), now: now)
    try chart.edit(&query, form)
    let table = table(one["table"])
    var shifted: [(LookBack, DataTable)] = []
    for other in one["shifted"]?.arrayValue ?? [] {
      let shift = try LookBack(other["shift"]?.stringValue ?? "", now: now)
      let rows = table.rows(Array(0..<(other["rows"]?.integerValue ?? 0)))
      shifted.append((shift, rows.moved(by: shift.microseconds)))
    }
    let result = LegacyResult(form: form, table: table, shifted: shifted, now: now)
    return Made(query: .object(query.members), data: try chart.data(result).json)
  }

  @Test func `every chart asks and answers as Superset's own does`() throws {
    #expect(Self.cases.count >= 80)
    for one in Self.cases {
      let form = Comment(rawValue: one["form"]?.text ?? "")
      if let reason = one["error"]?.stringValue {
        #expect(form) {
          _ = try self.made(of: one)
        } throws: {
          "\($0)" == reason
        }
        continue
      }
      let made = try self.made(of: one)
      #expect(Self.isEqual(made.query, one["query"] ?? .null), form)
      #expect(Self.isEqual(made.data, one["data"] ?? .null), "\(form) \(made.data.text)")
    }
  }

  @Test func `every type of chart is among them`() {
    let names = Set(Self.cases.compactMap { $0["form"]?["viz_type"]?.stringValue })
    #expect(LegacyCharts.names.subtracting(names) == [])
  }

  @Test func `a type that is not drawn is refused by its name`() {
    #expect(throws: ChartQueryError.unsupported("the viz_type 'deck_scatter'")) {
      try LegacyCharts.chart(named: "deck_scatter")
    }
  }

  /// Members in any order; 1 and 1.0 are one number.
  private static func isEqual(_ ours: JSONValue, _ theirs: JSONValue) -> Bool {
    switch (ours, theirs) {
    case (.array(let ours), .array(let theirs)):
      return ours.count == theirs.count && zip(ours, theirs).allSatisfy(isEqual)
    case (.object(let ours), .object(let theirs)):
      return ours.count == theirs.count
        && ours.allSatisfy { name, value in theirs[name].map { isEqual(value, $0) } ?? false }
    default:
      return ours == theirs
        || ours.doubleValue != nil && ours.doubleValue == theirs.doubleValue
    }
  }

  @Test(arguments: ["row_limit", "min_periods", "limit"])
  func `a count that no integer holds is an error`(_ name: String) throws {
    let form = try ExploreForm([name: .double(1e30)]) { _ in nil }
    #expect(throws: ChartQueryError.self) { try form.count(name) }
  }

  @Test func `a limit below zero is none that lifts all limits`() throws {
    let query: JSONValue = ["columns": ["region"], "row_limit": -1]
    let text = try SelectBuilder(
      try QueryObject(query, now: now, isLegacy: true).validated(), over: .sample, rowFilters: [],
      limits: limits, templates: .off, in: .sqlite
    ) { _ in true }.statement().text
    #expect(text.hasSuffix("LIMIT 100000 OFFSET 0"))
  }

  @Test func `times may lie where nanoseconds do not reach`() throws {
    let times: JSONValue = ["9999-12-31 00:00:00", "0001-01-01 00:00:00"]
    for name in ["rose", "cal_heatmap", "line"] {
      let one: JSONValue = [
        "form": [
          "viz_type": .string(name), "metrics": ["n"], "groupby": [],
          "time_range": "2024-01-01 : 2024-02-01", "time_compare": ["1 week"],
          "comparison_type": "ratio", "subdomain_granularity": "day",
        ],
        "table": ["__timestamp": times, "n": [1, 2]],
        "shifted": [["shift": "1 week", "rows": 2]],
      ]
      #expect(try made(of: one).data != .null)
    }
  }

  @Test func `streams may be as long as the rows are many`() throws {
    let numbers = (0..<100_000).map { JSONValue.string("\($0)") }
    func sankey(_ targets: [JSONValue]) throws -> JSONValue {
      let values = JSONValue.array(numbers.map { _ in 1 })
      return try made(of: [
        "form": ["viz_type": "sankey", "groupby": ["a", "b"], "metric": "n"],
        "table": ["a": .array(numbers), "b": .array(targets), "n": values],
      ]).data
    }
    #expect(try sankey(numbers.dropFirst() + ["end"]).arrayValue?.count == numbers.count)
    #expect {
      try sankey(numbers.dropFirst() + ["7"])
    } throws: {
      "\($0)".hasSuffix("Here's a faulty link: ('0', '1')")
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["rose", "paired_ttest"])
  func `thousands of series take seconds`(_ name: String) throws {
    let times = JSONValue.array((0..<15_000).map { _ in "2024-01-01 00:00:00" })
    let series = JSONValue.array((0..<15_000).map { .string("\($0)") })
    let made = try made(of: [
      "form": ["viz_type": .string(name), "metrics": ["n"], "groupby": ["a"]],
      "table": ["__timestamp": times, "a": series, "n": .array((0..<15_000).map { .integer($0) })],
    ])
    #expect(made.data.objectValue?.values.first?.arrayValue?.count == 15_000)
  }

  @Test func `what no browser could draw is an error`() throws {
    let numbers = JSONValue.array((0..<5_000).map { .string("\($0)") })
    let same = JSONValue.array((0..<5_000).map { _ in "x" })
    let ones = JSONValue.array((0..<5_000).map { _ in 1 })
    let forms: [JSONValue] = [
      ["viz_type": "chord", "groupby": "a", "columns": "b", "metric": "n"],
      ["viz_type": "partition", "groupby": ["c", "a", "b"], "metrics": ["n"]],
    ]
    for form in forms {
      var table: JSONObject = ["a": numbers, "b": numbers, "n": ones]
      if form["viz_type"] == "partition" { table["c"] = same }
      #expect(throws: ChartQueryError.self) {
        try made(of: ["form": form, "table": .object(table)])
      }
    }
  }
}

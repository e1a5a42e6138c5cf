// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import ChartQueries

/// Operations whose options or cells are larger, smaller or other than anybody means them.
struct PostProcessingLimitTests {
  private static let smallest = Int.min

  private func table(_ rows: Int = 3) -> DataTable {
    let numbers = (0..<rows).map { $0 }
    return DataTable([
      .init(label: [.text("t")], cells: numbers.map { .text("\($0)") }),
      .init(label: [.text("u")], cells: numbers.map { .text("u\($0)") }),
      .init(label: [.text("n")], cells: numbers.map { .integer($0) }),
      .init(label: [.text("m")], cells: numbers.map { .integer($0 + 1) }),
    ])
  }

  private func column(_ numbers: [Double]) -> DataTable {
    DataTable([.init(label: [.text("n")], cells: numbers.map { .real($0) })])
  }

  private func applied(_ steps: String..., to table: DataTable) throws(ChartQueryError) -> DataTable
  {
    let steps = steps.compactMap { try? JSONValue(parsing: $0) }
    return try PostProcessing.apply(steps, to: table)
  }

  private static let pivot =
    #"{"operation":"pivot","options":{"index":["t"],"columns":["u"],"drop_missing_columns":false,"#
    + #""aggregates":{"n":{"operator":"sum"},"m":{"operator":"sum"}}}}"#

  @Test(arguments: [Int.min, .max, -1, 5])
  func `a difference may reach beyond all rows and columns`(_ periods: Int) throws {
    for axis in [0, 1] {
      let result = try applied(
        #"{"operation":"diff","options":{"columns":{"n":"n"},"periods":\#(periods),"axis":\#(axis)}}"#,
        to: table())
      #expect(result.rowCount == 3)
    }
  }

  @Test func `a window may be larger than every table`() throws {
    func rolled(_ size: Int, _ isCentered: Bool, _ kind: String) throws -> [Cell]? {
      try applied(
        #"{"operation":"rolling","options":{"columns":{"n":"n"},"rolling_type":"\#(kind)","window":\#(size),"min_periods":1,"center":\#(isCentered)}}"#,
        to: table()
      ).cells(of: "n")
    }
    for kind in ["sum", "median"] {
      for isCentered in [false, true] {
        #expect(try rolled(.max, isCentered, kind) == rolled(100, isCentered, kind))
      }
    }
  }

  @Test func `digits of a comparison are as many as a number has`() throws {
    let result = try applied(
      #"{"operation":"compare","options":{"source_columns":["n"],"compare_columns":["m"],"compare_type":"ratio","precision":9223372036854775807}}"#,
      to: table())
    #expect(result.rowCount == 3)
  }

  @Test func `a histogram names the largest numbers, and has no endless range or steps`() throws {
    let step = #"{"operation":"histogram","options":{"column":"n","bins":2}}"#
    let result = try applied(step, to: column([0, 1e300]))
    #expect(result.columns.map(\.name) == ["0 - 5e+299", "5e+299 - 1e+300"])
    #expect(
      throws: ChartQueryError.breaksOff(
        reason: "autodetected range of [0.0, inf] is not finite")
    ) { try applied(step, to: column([0, .infinity])) }
    #expect(throws: ChartQueryError.self) {
      try applied(step.replacing("2}", with: "1000000000}"), to: column([0, 1]))
    }
    // Ten thousand of one name would be a hundred million.
    #expect(throws: ChartQueryError.self) {
      try applied(
        #"{"operation":"histogram","options":{"column":"n","bins":10000,"groupby":["t"]}}"#,
        to: table())
    }
  }

  @Test func `as many directions are needed as columns to sort by`() {
    for (list, count) in [("[]", 0), ("[true,false]", 2)] {
      #expect(
        throws: ChartQueryError.breaksOff(
          reason: "Length of ascending (\(count)) != length of by (1)")
      ) {
        try applied(
          #"{"operation":"sort","options":{"by":["n"],"ascending":\#(list)}}"#, to: table())
      }
    }
  }

  @Test(arguments: [
    #"{"operation":"rank","options":{"metric":"n"}}"#,
    #"{"operation":"aggregate","options":{"groupby":["n"],"aggregates":{"m":{"operator":"sum"}}}}"#,
    #"{"operation":"aggregate","options":{"aggregates":{"n":{"operator":"sum"}}}}"#,
    #"{"operation":"boxplot","options":{"groupby":[],"metrics":["n"],"whisker_type":"tukey"}}"#,
    #"{"operation":"histogram","options":{"column":"n"}}"#,
    #"{"operation":"pivot","options":{"index":["n"],"aggregates":{"m":{"operator":"sum"}}}}"#,
  ])
  func `what needs one column takes no pivot's many`(_ step: String) {
    #expect(throws: ChartQueryError.self) { try applied(Self.pivot, step, to: table()) }
  }

  @Test func `metrics of a pivot are compared series by series`() throws {
    let result = try applied(
      Self.pivot,
      #"{"operation":"compare","options":{"source_columns":["m"],"compare_columns":["n"],"compare_type":"difference","drop_original_columns":true}}"#,
      #"{"operation":"flatten"}"#, to: table())
    #expect(
      result.columns.map(\.name)
        == ["t", "difference__m__n, u0", "difference__m__n, u1", "difference__m__n, u2"])
    #expect(result.columns[1].cells == [.real(1), .null, .null])
  }

  @Test func `tables of more cells than anybody can hold are errors`() {
    #expect(throws: ChartQueryError.self) { try applied(Self.pivot, to: table(4_000)) }
    let twice = [Cell](repeating: .integer(1), count: 10_000)
    let rows = DataTable([.init(label: [.text("k")], cells: twice)])
    #expect(throws: ChartQueryError.self) { try rows.leftJoined(keys: [twice], [], on: [twice]) }
  }

  @Test(arguments: [
    #"{"operation":"select","options":{"columns":["n","n"]}}"#,
    #"{"operation":"compare","options":{"source_columns":["n"],"compare_columns":["m"],"compare_type":"ratio"}}"#,
  ])
  func `columns cannot be made again and again`(_ step: String) throws {
    let steps = Array(repeating: try JSONValue(parsing: step), count: 40)
    #expect(throws: ChartQueryError.self) {
      try PostProcessing.apply(steps, to: table(500_000))
    }
    let many = JSONValue.array(Array(repeating: "n", count: 10_000))
    for (operation, option) in [("select", "columns"), ("boxplot", "metrics"), ("pivot", "index")] {
      let step: JSONValue = [
        "operation": .string(operation),
        "options": [option: many, "aggregates": ["n": ["operator": "sum"]]],
      ]
      #expect(throws: ChartQueryError.self) {
        try PostProcessing.apply([step], to: table(50_000))
      }
    }
  }

  @Test func `windows and margins of many rows take seconds`() throws {
    let table = table(20_000)
    for kind in ["median", "min", "max", "quantile"] {
      let result = try applied(
        #"{"operation":"rolling","options":{"columns":{"n":"n"},"rolling_type":"\#(kind)","window":10000,"min_periods":1,"rolling_type_options":{"quantile":0.5}}}"#,
        to: table)
      #expect(result.rowCount == 20_000)
    }
    let result = try applied(
      #"{"operation":"pivot","options":{"index":["t"],"aggregates":{"n":{"operator":"sum"}},"#
        + #""marginal_distributions":true,"marginal_distribution_name":"all"}}"#, to: table)
    #expect(result.cells(of: "n")?.last == .integer(199_990_000))
  }

  @Test func `formats of numbers cannot fill the memory`() throws {
    let chart = try #require(
      ProcessedChart([
        "viz_type": "table", "column_config": ["n": ["d3NumberFormat": "1000000"]],
      ]))
    #expect(throws: ChartQueryError.self) {
      try chart.table(of: table(1_000), for: .array, titles: [:])
    }
  }

  @Test func `a table that no sheet can hold is no workbook`() {
    let cells = [Cell](repeating: .integer(1), count: 1)
    let columns = (0..<16_384).map { DataTable.Column(label: [.text("\($0)")], cells: cells) }
    #expect(
      throws: ChartQueryError.breaksOff(
        reason: "This sheet is too large! Your sheet size is: 1, 16384"
          + " Max sheet size is: 1048576, 16384")
    ) { try DataTable(columns).workbook(titles: [:]) }
    #expect(throws: Never.self) { try DataTable(columns.dropLast()).workbook(titles: [:]) }
  }

  @Test func `a place is not looked for in a long text`() {
    #expect(GeodeticPoint(String(repeating: "1", count: 1_000_000)) == nil)
    #expect(GeodeticPoint("somewhere near 41.5N 81.0W")?.latitude == 41.5)
  }

  @Test func `numbers of CSV with the largest exponents are read`() {
    let digits = String(repeating: "1", count: 30)
    #expect(CSVNumber.real("\(digits)e9223372036854775807") == nil)
    #expect(CSVNumber.real("0.\(digits)e-9223372036854775807") == 0)
  }
}

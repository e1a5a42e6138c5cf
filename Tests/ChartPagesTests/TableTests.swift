// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import ChartPages

/// Tables, by the texts and bars of their cells.
struct TableTests {
  private let document = Sample.document(
    [
      ["city": "A", "n": 2_000_000, "share": 0.25, "when": 1_704_067_200_000, "ok": true],
      ["city": nil, "n": 500_000, "share": -0.5, "when": nil, "ok": false],
    ],
    [("city", 1), ("n", 0), ("share", 0), ("when", 2), ("ok", 3)])

  @Test func `cells are written as their columns say`() {
    let page = Sample.page(
      "table", document,
      [
        "metrics": ["n", "share"], "table_timestamp_format": "%d.%m.%Y",
        "column_config": ["share": ["d3NumberFormat": ".1%"]],
      ])
    #expect(page.texts("th") == ["city", "n", "share", "when", "ok"])
    #expect(
      page.texts("td") == [
        "A", "2M", "25.0%", "01.01.2024", "true", "N/A", "500k", "-50.0%", "N/A", "false",
      ])
  }

  @Test func `numbers that nobody has summed up stay as they are`() {
    let page = Sample.page(
      "table", document, ["query_mode": "raw", "all_columns": ["city", "n"]])
    #expect(page.texts("td").contains("2000000"))
  }

  @Test func `a bar is as long as its value and begins at zero`() {
    let page = Sample.page("table", document, ["metrics": ["n", "share"], "color_pn": true])
    let bars = page.elements("i").map { $0.text("style") }
    #expect(bars.contains("left:0%;width:100%") && bars.contains("left:0%;width:25%"))
    #expect(bars.contains("left:66.67%;width:33.33%") && bars.contains("left:0%;width:66.67%"))
    #expect(page.elements("i", kind: "bar below").count == 1)
  }

  @Test func `names of the dataset stand above the columns`() {
    let source = ChartSource(
      title: "", form: ["metrics": ["n"]], document: document,
      names: DatasourceNames([
        "verbose_map": ["city": "Город", "n": ""], "column_formats": ["n": ",d"],
      ]))
    let page = Drawn(
      String(
        decoding: ChartPage(source, PageStyle(width: 800, height: 300)).bytes, as: UTF8.self))
    #expect(page.texts("th").prefix(2) == ["Город", "n"])
    #expect(page.texts("td").contains("2,000,000"))
  }

  @Test func `totals are the last line`() {
    var members = document.objectValue ?? [:]
    var results = members["result"].list
    results.append(["data": [["n": 2_500_000]], "colnames": ["n"], "coltypes": [0]])
    members["result"] = .array(results)
    let page = Sample.page(
      "table", .object(members), ["metrics": ["n", "share"], "show_totals": true])
    #expect(page.texts("td").suffix(5) == ["Summary", "2.5M", "", "", ""])
  }

  @Test func `rules colour cells`() {
    let page = Sample.page(
      "table", document,
      [
        "metrics": ["n"],
        "conditional_formatting": [
          ["column": "n", "operator": ">", "targetValue": 1_000_000, "colorScheme": "#00ff00"]
        ],
      ])
    let styled = page.elements("td").map { $0.text("style") }.filter { !$0.isEmpty }
    #expect(styled == ["background:#00ff00;color:#222222"])
    #expect(page.elements("i").isEmpty)
  }

  @Test(
    arguments: [
      (">", 0.0, [0.2875, 0.525, 1]), ("<", 50, [1, 0.7625, 0.2875]), ("None", 0, [0, 1.0 / 3, 1]),
      ("=", 20, [nil, 1, nil]), ("≠", 20, [0.525, nil, 1]),
    ] as [(String, Double, [Double?])])
  func `a colour grows from its rule's bound to the column's last value`(
    _ test: String, _ bound: Double, _ strengths: [Double?]
  ) throws {
    let rows = [10, 20, 40].map { JSONValue.object(["n": .integer($0)]) }
    let rule: JSONValue = [
      "column": "n", "operator": .string(test), "targetValue": .double(bound),
      "colorScheme": "#000000",
    ]
    let source = ChartSource(
      title: "", form: ["conditional_formatting": [rule]],
      document: Sample.document(rows, [("n", 0)]))
    let chart = try Chart(source, theme: .light, memory: ColourMemory())
    let rules = CellRules(chart, try chart.table())
    for (value, strength) in zip([10.0, 20, 40], strengths) {
      let grey = rules.colour(of: "n", value, on: Colour(0xFFFFFF))?.red
      #expect(grey.map { abs(1 - $0 / 255 - (strength ?? -1)) < 0.01 } ?? (strength == nil))
    }
  }

  @Test func `a percentage bears its metric's name`() {
    let source = ChartSource(
      title: "", form: ["metrics": ["n"], "percent_metrics": ["n"]],
      document: Sample.document([["n": 1, "%n": 0.5]], [("n", 0), ("%n", 0)]),
      names: DatasourceNames(["verbose_map": ["n": "Births"]]))
    let page = Drawn(
      String(
        decoding: ChartPage(source, PageStyle(width: 800, height: 300)).bytes, as: UTF8.self))
    #expect(page.texts("th") == ["Births", "%Births"])
  }

  @Test func `a hundred thousand rows are as many as fit, and a number`() {
    let rows = (0..<100_000).map { JSONValue.object(["a": .integer($0)]) }
    let page = Sample.page("table", Sample.document(rows, [("a", 0)]))
    #expect(page.html.utf8.count < 20_000)
    #expect(
      page.html.contains("+ 99,9".replacing(",", with: "")) && page.html.contains(" more rows"))
  }

  @Test(arguments: [(10, 10), (0, 18), (50, 18)])
  func `a table shows one page of its rows, as far as there is room`(_ length: Int, _ count: Int) {
    let rows = (0..<100).map { JSONValue.object(["a": .integer($0)]) }
    let page = Sample.page(
      "table", Sample.document(rows, [("a", 0)]), ["page_length": .string("\(length)")])
    #expect(page.texts("td").count == count)
    #expect(page.html.contains("+ \(100 - count) more rows"))
  }

  @Test func `columns that have no place are counted`() {
    let names = (0..<100).map { "column \($0)" }
    let row = JSONValue.object(JSONObject(uniqueKeysWithValues: names.map { ($0, "some text") }))
    let page = Sample.page(
      "table", Sample.document([row], names.map { (name: $0, kind: 1) }), width: 400)
    #expect(page.texts("th").count == 4)
    #expect(page.html.contains("+ 96 more columns"))
  }

  @Test func `columns fill the room, and the widest are cut first`() {
    let wishes = [50.0, 100, 400].map { ColumnWidths.Wish(natural: $0, least: min($0, 90)) }
    let wide = ColumnWidths(wishes, into: 1100, isFilled: true)
    #expect(wide.widths == [100, 200, 800])
    let narrow = ColumnWidths(wishes, into: 300, isFilled: true)
    #expect(narrow.widths.reduce(0, +) <= 300 && narrow.widths[0] == 50)
    #expect(abs(narrow.widths[2] - 150) < 1 && narrow.widths[1] == 100)
    #expect(ColumnWidths(wishes, into: 150, isFilled: true).hidden == 1)
  }
}

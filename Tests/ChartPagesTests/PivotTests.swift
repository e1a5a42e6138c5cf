// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import ChartPages

/// Pivot tables, against sums made by hand.
struct PivotTests {
  private let document = Sample.document(
    [
      ["s": "NY", "g": "boy", "m": 10, "n": 1], ["s": "NY", "g": "girl", "m": 20, "n": 2],
      ["s": "CA", "g": "boy", "m": 30, "n": 3], ["s": "CA", "g": "girl", "m": 40, "n": 4],
    ],
    [("s", 1), ("g", 1), ("m", 0), ("n", 0)])

  private let form: JSONObject = [
    "groupbyRows": ["s"], "groupbyColumns": ["g"], "metrics": ["m", "n"], "rowTotals": true,
    "colTotals": true, "aggregateFunction": "Sum",
  ]

  /// As in the picture that Superset made of the sample chart.
  @Test func `metrics stand above the columns, totals at the edges`() {
    let page = Sample.page("pivot_table_v2", document, form)
    #expect(
      page.texts("th") == [
        "", "Metric", "m", "n", "Total (Sum)", "g", "boy", "girl", "boy", "girl", "s", "", "",
        "CA", "NY", "Total (Sum)",
      ])
    #expect(
      page.texts("td") == [
        "30", "40", "3", "4", "77", "10", "20", "1", "2", "33", "40", "60", "4", "6", "110",
      ])
  }

  @Test func `what has no name comes first`() {
    let page = Sample.page(
      "pivot_table_v2",
      Sample.document(
        [["s": "CA", "m": 1], ["s": nil, "m": 2], ["s": "", "m": 3]], [("s", 1), ("m", 0)]),
      ["groupbyRows": ["s"], "metrics": ["m"], "aggregateFunction": "Sum"])
    #expect(page.texts("td") == ["2", "3", "1"])
  }

  @Test(arguments: [
    ("Count", "4"), ("Count Unique Values", "4"), ("Sum", "100"), ("Average", "25"),
    ("Median", "25"), ("Minimum", "10"), ("Maximum", "40"), ("Sample Variance", "166.67"),
    ("Sample Standard Deviation", "12.91"), ("First", "10"), ("Last", "40"),
    ("Sum as Fraction of Total", "100.0%"),
  ])
  func `all values together are aggregated as asked`(_ name: String, _ text: String) {
    var form = form
    form["metrics"] = ["m"]
    form["aggregateFunction"] = .string(name)
    let page = Sample.page("pivot_table_v2", document, form)
    #expect(page.texts("td").last == text)
  }

  @Test(arguments: [
    ("Sum as Fraction of Rows", ["42.9%", "57.1%", "33.3%", "66.7%"]),
    ("Sum as Fraction of Columns", ["75.0%", "66.7%", "25.0%", "33.3%"]),
    ("Sum as Fraction of Total", ["30.0%", "40.0%", "10.0%", "20.0%"]),
    ("Count as Fraction of Total", ["25.0%", "25.0%", "25.0%", "25.0%"]),
  ])
  func `shares are of rows, columns or all`(_ name: String, _ cells: [String]) {
    let form: JSONObject = [
      "groupbyRows": ["s"], "groupbyColumns": ["g"], "metrics": ["m"],
      "aggregateFunction": .string(name),
    ]
    #expect(Sample.page("pivot_table_v2", document, form).texts("td") == cells)
  }

  @Test func `metrics may stand before the rows, and sides may be changed`() {
    var form = form
    form["metricsLayout"] = "ROWS"
    form["rowTotals"] = false
    form["colTotals"] = false
    let page = Sample.page("pivot_table_v2", document, form)
    #expect(page.texts("td") == ["30", "40", "10", "20", "3", "4", "1", "2"])
    form["transposePivot"] = true
    let turned = Sample.page("pivot_table_v2", document, form)
    #expect(turned.texts("td") == ["30", "10", "3", "1", "40", "20", "4", "2"])
  }

  @Test func `rows are ordered by key or by value`() {
    var form = form
    form["rowTotals"] = false
    form["colTotals"] = false
    form["metrics"] = ["m"]
    form["rowOrder"] = "key_z_to_a"
    #expect(Sample.page("pivot_table_v2", document, form).texts("td") == ["10", "20", "30", "40"])
    form["rowOrder"] = "value_z_to_a"
    #expect(Sample.page("pivot_table_v2", document, form).texts("td") == ["30", "40", "10", "20"])
  }

  @Test func `subtotals follow their rows`() {
    let form: JSONObject = [
      "groupbyRows": ["s", "g"], "metrics": ["m"], "rowSubTotals": true, "colTotals": true,
    ]
    let page = Sample.page("pivot_table_v2", document, form)
    #expect(page.texts("td") == ["30", "40", "70", "10", "20", "30", "100"])
    #expect(page.texts("th").filter { $0 == "Subtotal" }.count == 2)
  }
}

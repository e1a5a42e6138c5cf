// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import ChartPages

/// Much data: the page stays one that a browser opens, and comes soon.
struct LargeTests {
  private static let largest = 2_500_000

  private func rows(_ count: Int, _ row: (Int) -> JSONObject) -> [JSONValue] {
    (0..<count).map { .object(row($0)) }
  }

  private func expectSmall(_ viz: String, _ document: JSONValue, _ form: JSONObject = [:]) {
    let page = Sample.page(viz, document, form, width: 1600, height: 1200)
    #expect(page.html.utf8.count < Self.largest, "\(viz) \(page.html.utf8.count)")
    #expect(!page.html.contains("data-error"))
  }

  @Test(arguments: [
    "echarts_timeseries_line", "echarts_timeseries_bar", "echarts_timeseries_scatter",
    "echarts_timeseries_smooth", "echarts_area",
  ])
  func `sixty series of two thousand times`(_ viz: String) {
    let names = (0..<60).map { "series \($0)" }
    let document = Sample.document(
      rows(2000) { index in
        var row: JSONObject = ["ds": .integer(index * 3_600_000)]
        for (place, name) in names.enumerated() {
          row[name] = .integer((index * 7 + place * 13) % 97)
        }
        return row
      }, [(name: "ds", kind: 2)] + names.map { (name: $0, kind: 0) })
    expectSmall(viz, document)
    expectSmall(viz, document, ["stack": "Stack"])
  }

  @Test(arguments: ["table", "pie", "pivot_table_v2", "treemap_v2", "heatmap_v2", "sankey"])
  func `thirty thousand rows`(_ viz: String) {
    let document = Sample.document(
      rows(30_000) { index in
        [
          "a": .string("name \(index / 150)"), "b": .string("other \(index % 150)"),
          "v": .integer(index % 1009 + 1),
        ]
      }, [("a", 1), ("b", 1), ("v", 0)])
    expectSmall(viz, document)
    expectSmall(viz, document, ["groupbyRows": ["a"], "groupbyColumns": ["b"], "metrics": ["v"]])
  }

  @Test func `legacy answers with everything in them`() {
    let many: [JSONValue] = (0..<400).map { box in
      let values: JSONValue = [
        "Q1": 1, "Q2": 2, "Q3": 3, "whisker_low": 0, "whisker_high": 4,
        "outliers": .array((0..<100).map { .integer($0) }),
      ]
      return ["label": .string("b\(box)"), "values": values]
    }
    expectSmall("box_plot", ["data": .array(many)])
    let children: [JSONValue] = (0..<1500).map {
      ["name": .string("c\($0)"), "val": 1, "children": []]
    }
    let roots: [JSONValue] = (0..<20).map {
      ["name": .string("r\($0)"), "val": 1500, "children": .array(children)]
    }
    expectSmall("partition", ["data": .array(roots)])
    expectSmall("treemap", ["data": .array(roots)])
    let times = (0..<300).map { time in
      (
        "\(time)000000",
        JSONValue.array(
          (0..<50).map { ["name": .string("n\($0)"), "value": 1, "time": .integer(time)] })
      )
    }
    expectSmall("rose", ["data": .object(JSONObject(uniqueKeysWithValues: times))])
  }
}

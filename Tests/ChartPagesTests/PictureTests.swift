// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import ChartPages

/// Pictures of other kinds, by their shapes and texts.
struct PictureTests {
  @Test func `a big number is large and says what it is`() {
    let page = Sample.page(
      "big_number_total", Sample.document([["n": 21_600_000]], [("n", 0)]),
      ["metric": "n", "subheader": "total"])
    #expect(page.texts("text") == ["21.6M", "total"])
    #expect(page.elements("text")[0]("font-size") > 150)
  }

  @Test func `a trend ends with the newest value and says the change`() {
    let rows: [JSONValue] = [
      ["ds": 172_800_000, "n": 120], ["ds": 0, "n": 80], ["ds": 86_400_000, "n": 100],
    ]
    let page = Sample.page(
      "big_number", Sample.document(rows, [("ds", 2), ("n", 0)]),
      ["metric": "n", "compare_lag": 1, "compare_suffix": "DoD"])
    #expect(page.texts("text") == ["120", "+20.0% DoD"])
    #expect(page.elements("path").count == 2)
  }

  @Test func `areas of a treemap are its values and fill it`() {
    let boxes = TreemapLayout.boxes([6, 6, 4, 3, 2, 2, 1], in: Box(0, 0, 600, 400))
    let areas = boxes.map { $0.width * $0.height }
    for (area, value) in zip(areas, [6.0, 6, 4, 3, 2, 2, 1]) {
      #expect(abs(area - value * 10_000) < 1)
    }
    // As in the paper by Bruls, Huizing and van Wijk.
    #expect(abs(boxes[0].width - 300) < 0.01 && abs(boxes[0].height - 200) < 0.01)
    #expect(boxes.allSatisfy { $0.right <= 600.01 && $0.bottom <= 400.01 })
  }

  @Test func `of each part of a partition its five greatest share the room`() {
    let parts = (1...9).map {
      JSONValue.object(["name": ["a", .string("p\($0)")], "val": .integer($0)])
    }
    let page = Sample.page(
      "partition",
      [
        "data": [
          [
            "name": "m", "val": 45,
            "children": [["name": ["a"], "val": 45, "children": .array(parts)]],
          ]
        ]
      ])
    let texts = page.texts("text")
    #expect(
      texts == ["m: 45", "a: 45"] + (5...9).reversed().map { "a, p\($0): \($0)" }, "\(texts)")
  }

  @Test func `a treemap names its groups`() {
    let rows: [JSONValue] = [
      ["g": "north", "p": "tea", "v": 5], ["g": "north", "p": "milk", "v": 3],
      ["g": nil, "p": "tea", "v": 2],
    ]
    let page = Sample.page(
      "treemap_v2", Sample.document(rows, [("g", 1), ("p", 1), ("v", 0)]),
      ["groupby": ["g", "p"], "metric": "v"])
    #expect(page.texts("text").contains("north: 8"))
    #expect(page.texts("text").contains("tea: 5"))
    #expect(page.texts("text").contains("<NULL>: 2".escaped))
    let teas = page.elements("rect", kind: "mark").map { $0.text("fill") }
    #expect(teas.count == 3 && Set(teas).count == 2)
  }

  @Test func `a box reaches from quartile to quartile`() {
    let names = ["min", "q1", "median", "q3", "max"]
    var row: JSONObject = ["p": "tea", "m__outliers": [40]]
    for (name, value) in zip(names, [0.0, 10, 20, 25, 30]) { row["m__\(name)"] = .double(value) }
    let columns = [("p", 1)] + names.map { ("m__\($0)", 0) } + [("m__outliers", 1)]
    let page = Sample.page(
      "box_plot", Sample.document([.object(row)], columns.map { (name: $0.0, kind: $0.1) }))
    let box = page.elements("rect", kind: "mark")[0]
    let lines = page.elements("line", kind: "line")
    let unit = box("height") / 15
    let bottom = box("y") + box("height")
    #expect(abs(lines[0]("y1") - (bottom - 10 * unit)) < 0.05)
    #expect(abs(lines[1]("y1") - (bottom + 10 * unit)) < 0.05)
    #expect(abs(page.elements("circle")[0]("cy") - (bottom - 30 * unit)) < 0.05)
  }

  @Test func `a heat map has a cell for each pair`() {
    let rows: [JSONValue] = [
      ["x": "b", "y": "k", "v": 0], ["x": "a", "y": "k", "v": 10], ["x": "a", "y": "l", "v": 5],
    ]
    let page = Sample.page(
      "heatmap_v2", Sample.document(rows, [("x", 1), ("y", 1), ("v", 0)]),
      ["x_axis": "x", "groupby": "y", "metric": "v", "linear_color_scheme": "white_black"])
    let cells = page.elements("rect", kind: "mark")
    #expect(cells.map { $0.text("fill") } == ["#ffffff", "#000000", "#808080"])
    #expect(cells[0]("x") > cells[1]("x"))
    #expect(cells[2]("y") < cells[1]("y"))
  }

  @Test func `a histogram counts`() {
    let document: JSONValue = ["data": [["key": "k", "values": [1, 1, 1, 2, 9]]]]
    let page = Sample.page("histogram", document, ["link_length": 2])
    let bars = page.elements("rect", kind: "mark").map { $0("height") }
    #expect(abs(bars[0] / bars[1] - 4) < 0.01)
  }

  @Test func `rings, steps and gauges say their values`() {
    let pairs = Sample.pairs([("first", 100), ("second", 50)])
    let funnel = Sample.page("funnel", pairs, ["show_legend": false])
    #expect(funnel.texts("text") == ["first", "second"])
    let said = ["value": "100", "4": "first: 100.00%", "key_value": "first: 100"]
    for (choice, text) in said {
      let label = JSONValue.string(choice)
      let funnel = Sample.page("funnel", pairs, ["show_legend": false, "label_type": label])
      #expect(funnel.texts("text").first == text)
    }
    let gauge = Sample.page("gauge_chart", pairs, ["max_val": 200])
    #expect(
      gauge.texts("text") == ["first: 100", "second: 50"]
        + stride(from: 0, through: 200, by: 20).map { "\($0)" })
    // The greatest value stands in the middle of a scale that nobody has set.
    let alone = Sample.page("gauge_chart", Sample.pairs([("a", 70)])).texts("text")
    #expect(alone.first == "70" && alone.contains("140"))
    let rings = Sample.page("sunburst_v2", pairs)
    #expect(rings.texts("text") == ["first", "second"])
    #expect(rings.elements("path", kind: "mark").count == 2)
  }

  @Test func `a name has one colour in all rings of a sunburst`() {
    let rows: [JSONValue] = [
      ["a": "x", "b": "m", "v": 3], ["a": "x", "b": "n", "v": 2], ["a": "y", "b": "m", "v": 1],
    ]
    let page = Sample.page("sunburst_v2", Sample.document(rows, [("a", 1), ("b", 1), ("v", 0)]))
    let colours = page.elements("path", kind: "mark").map { $0.text("fill") }
    // The metric has had the first one; then x, m, n, y, as they come.
    #expect(colours == ["#454e7c", "#5ac189", "#ff7f44", "#666666", "#5ac189"])
  }

  @Test func `sectors of a rose are as long as their values, or as large where that is asked for`()
  {
    let data: JSONValue = [
      "data": [
        "0": [
          ["name": "a", "value": 1, "time": 0], ["name": "b", "value": 3, "time": 0],
        ]
      ]
    ]
    let radii = [false, true].map { isByArea in
      let page = Sample.page("rose", data, ["rose_area_proportion": .bool(isByArea)])
      return page.elements("path", kind: "mark").map { path in
        Double(path.text("d").split { $0 == "A" }[1].prefix { $0 != " " }) ?? 0
      }
    }
    #expect(abs(radii[0][1] / radii[0][0] - 4) < 0.01)
    #expect(abs(radii[1][1] / radii[1][0] - 2) < 0.01)
  }

  @Test func `a chart that nobody can draw is a table that says so`() {
    let page = Sample.page("word_cloud", Sample.pairs([("a", 1)]))
    #expect(page.html.contains("Chart type word_cloud, as a table"))
    #expect(page.texts("td") == ["a", "1"])
  }

  @Test func `no rows are said to be none`() {
    for viz in ["pie", "table", "echarts_area", "pivot_table_v2", "big_number", "deck_arc"] {
      let page = Sample.page(viz, Sample.document([], [("a", 1)]))
      #expect(page.html.contains("No results were returned for this query"), "\(viz)")
      #expect(!page.html.contains("data-error"))
    }
  }

  @Test func `an error is shown and marked`() {
    for document: JSONValue in [
      ["message": "no <such> table"], ["errors": [["message": "no <such> table"]]],
      ["result": [["error": "no <such> table", "data": []]]],
    ] {
      let page = Sample.page("pie", document)
      #expect(page.html.contains("no &lt;such&gt; table"))
      #expect(page.html.contains(" data-error=\"no &lt;such&gt; table\""))
      #expect(page.html.contains("<html data-ready=\"true\""))
    }
  }

  @Test func `the same input gives the same bytes`() {
    let document = Sample.pairs((0..<50).map { ("name \($0)", Double($0 * 37 % 11)) })
    for viz in ["pie", "table", "treemap_v2", "echarts_timeseries_bar", "pivot_table_v2"] {
      let pages = (0..<5).map { _ in Sample.page(viz, document, ["label_colors": ["x": "red"]]) }
      #expect(Set(pages.map(\.html)).count == 1)
    }
  }
}

extension String {
  var escaped: String { replacing("<", with: "&lt;").replacing(">", with: "&gt;") }
}

// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import ChartPages

/// Documents and forms that nobody has thought of: each gives a page, soon and whole.
struct FuzzTests {
  /// Always the same numbers, so that what fails fails again (Marsaglia's xorshift).
  private struct Dice: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }

  private static let kinds = [
    "table", "pie", "big_number_total", "big_number", "echarts_timeseries",
    "echarts_timeseries_line",
    "echarts_timeseries_bar", "echarts_timeseries_smooth", "echarts_timeseries_step",
    "echarts_timeseries_scatter", "echarts_area", "line", "bar", "area", "dist_bar",
    "pivot_table_v2", "pivot_table", "treemap_v2", "treemap", "box_plot", "heatmap_v2", "heatmap",
    "histogram_v2", "histogram", "rose", "partition", "sunburst_v2", "funnel", "gauge_chart",
    "mixed_timeseries", "sankey",
  ]
  private static let columns = [
    "a", "b", "t", "v", "w", "m__median", "m__min", "m__max", "m__q1", "m__q3", "m__outliers",
  ]
  private static let numbers: [JSONValue] = [
    0, -1, 1, 7, 0.1, -0.5, 1e300, -1e300, 1.7e308, -1.7e308, 1e-300,
    .double(.leastNonzeroMagnitude), 9.3e18,
    .integer(.max), .integer(.min), 8.64e15, -8.65e15, 1.7e12, .double(.nan), .double(.infinity),
    .double(-.infinity), .literal("1e400"), .literal("123456789012345678901234567890"), "12",
    "1e999",
    "nan", "0x1p3",
  ]

  private func value(_ dice: inout Dice, depth: Int = 0) -> JSONValue {
    switch Int.random(in: 0..<12, using: &dice) {
    case 0: return .null
    case 1: return .bool(.random(using: &dice))
    case 2, 3, 4, 5: return Self.numbers.randomElement(using: &dice) ?? 0
    case 6, 7: return .string(InjectionTests.hostile.dropLast().randomElement(using: &dice) ?? "")
    case 8: return .string(["x", "y", "", "北京", "مبيعات"].randomElement(using: &dice) ?? "")
    case 9 where depth < 3:
      return .array(
        (0..<Int.random(in: 0..<4, using: &dice)).map { _ in value(&dice, depth: depth + 1) })
    case 10 where depth < 3: return object(&dice, depth: depth + 1)
    default: return .integer(.random(in: -100...100, using: &dice))
    }
  }

  private func object(_ dice: inout Dice, depth: Int) -> JSONValue {
    let names = ["key", "values", "x", "y", "name", "val", "value", "children", "label", "time"]
    var members: JSONObject = [:]
    for _ in 0..<Int.random(in: 0..<6, using: &dice) {
      members[names.randomElement(using: &dice) ?? ""] = value(&dice, depth: depth)
    }
    return .object(members)
  }

  private func document(_ dice: inout Dice) -> JSONValue {
    let count = [0, 1, 2, 3, 20, 60].randomElement(using: &dice) ?? 0
    switch Int.random(in: 0..<8, using: &dice) {
    case 0: return ["data": .array((0..<count).map { _ in object(&dice, depth: 0) })]
    case 1: return ["data": object(&dice, depth: 0)]
    case 2: return value(&dice)
    default:
      let rows = (0..<count).map { _ -> JSONValue in
        var row: JSONObject = [:]
        for name in Self.columns where Int.random(in: 0..<9, using: &dice) > 0 {
          row[name] =
            name == "t" ? Self.numbers.randomElement(using: &dice) : value(&dice, depth: 2)
        }
        return .object(row)
      }
      let kinds = Self.columns.map { _ in JSONValue.integer(.random(in: -1...4, using: &dice)) }
      return [
        "result": [
          [
            "annotation_data": annotations(&dice), "data": .array(rows),
            "colnames": .array(Self.columns.map { .string($0) }),
            "coltypes": .array(kinds),
          ]
        ]
      ]
    }
  }

  private static let choices = [
    "x_axis", "groupby", "columns", "metric", "metrics", "groupbyRows", "groupbyColumns", "stack",
    "logAxis", "truncateYAxis", "y_axis_bounds", "opacity", "markerSize", "orientation",
    "xAxisLabelRotation", "innerRadius", "outerRadius", "donut", "show_labels_threshold",
    "header_font_size", "subheader_font_size", "compare_lag", "link_length", "column_config",
    "conditional_formatting", "value_bounds", "number_format", "y_axis_format", "show_value",
    "show_totals", "rowTotals", "colTotals", "rowSubTotals", "colSubTotals", "rowOrder",
    "legendOrientation", "x_axis_time_format", "date_format", "label_colors", "show_legend",
    "all_columns", "percent_metrics", "currency_format", "sort_series_type", "color_picker",
    "page_length",
  ]
  private static let layers = ["FORMULA", "EVENT", "INTERVAL", "TIME_SERIES"]

  /// Layers of annotations, and what answers bring along for them.
  private func layer(_ dice: inout Dice) -> JSONValue {
    var layer: JSONObject = ["name": "a", "show": true, "showLabel": true]
    layer["annotationType"] = .string(Self.layers.randomElement(using: &dice) ?? "")
    for name in ["value", "color", "width", "opacity", "style", "showMarkers", "hideLine"] {
      layer[name] = value(&dice, depth: 2)
    }
    layer["value"] = ["x", "x^x/0", "10^x", "7"].randomElement(using: &dice) ?? layer["value"]
    return .object(layer)
  }

  private func annotations(_ dice: inout Dice) -> JSONValue {
    let records = (0..<5).map { _ -> JSONValue in
      ["start_dttm": value(&dice), "end_dttm": value(&dice), "short_descr": value(&dice)]
    }
    let points = (0..<5).map { _ -> JSONValue in ["x": value(&dice), "y": value(&dice)] }
    return Bool.random(using: &dice)
      ? ["a": ["records": .array(records)]] : ["a": [["values": .array(points)]]]
  }

  private func form(_ dice: inout Dice) -> JSONObject {
    var form: JSONObject = [:]
    for name in Self.choices where Int.random(in: 0..<3, using: &dice) == 0 {
      switch Int.random(in: 0..<6, using: &dice) {
      case 0: form[name] = true
      case 1, 2: form[name] = .string(Self.columns.randomElement(using: &dice) ?? "")
      case 3: form[name] = .array(Self.columns.shuffled(using: &dice).prefix(2).map { .string($0) })
      default: form[name] = value(&dice)
      }
    }
    form["annotation_layers"] = .array((0..<3).map { _ in layer(&dice) })
    return form
  }

  @Test(arguments: kinds)
  func `whatever comes, a page goes`(_ viz: String) {
    var dice = Dice(state: 88_172_645_463_325_252)
    for round in 0..<80 {
      let (document, form) = (document(&dice), form(&dice))
      let size = [(50, 50), (120, 80), (400, 300), (1600, 1200)][round % 4]
      let page = Sample.page(viz, document, form, title: "t", width: size.0, height: size.1)
      #expect(page.html.hasSuffix("</html>\n"))
      #expect(InjectionTests.strangers(in: page.html) == [], "\(viz) \(round)")
      #expect(!page.html.contains("=\"nan") && !page.html.contains("inf\""), "\(viz) \(round)")
    }
  }

  @Test func `whatever a dashboard holds, a page goes`() {
    var dice = Dice(state: 1_234_567)
    let types = [
      "ROW", "COLUMN", "TABS", "TAB", "CHART", "MARKDOWN", "HEADER", "DIVIDER", "GRID", "X",
    ]
    for _ in 0..<300 {
      var layout: JSONObject = [:]
      let names = ["ROOT_ID", "GRID_ID"] + (0..<20).map { "N\($0)" }
      for name in names {
        var meta = object(&dice, depth: 1).objectValue ?? [:]
        for key in ["width", "height", "chartId", "text", "code", "headerSize"] {
          meta[key] = value(&dice, depth: 1)
        }
        layout[name] = [
          "type": .string(types.randomElement(using: &dice) ?? ""), "meta": .object(meta),
          "children": .array(names.shuffled(using: &dice).prefix(4).map { .string($0) }),
        ]
      }
      let source = DashboardSource(title: "", layout: .object(layout), charts: [:])
      let page = DashboardPage(source, PageStyle(width: 900, height: 600))
      let html = String(decoding: page.bytes, as: UTF8.self)
      #expect(InjectionTests.strangers(in: html) == [])
    }
  }
}

// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import ChartPages

/// What comes from data stays text, wherever it stands.
struct InjectionTests {
  static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'><svg onload=alert(1)>",
    "</style><style>*{display:none}", "</title></head><body>", "]]><!--", "&lt;b&gt;&#60;",
    "javascript:alert(1)", "expression(alert(1))", "url(http://evil.example/x)",
    "x;background:url(//evil)", "\u{0}\u{1}\u{1F}\u{7F}\u{85}", "\u{202E}gnp.exe",
    "\u{FFFE}\u{FFFF}",
    "{name}{value}%s\\u0022", String(repeating: "<a>", count: 3000),
  ]

  private static let kinds = [
    "table", "pie", "big_number_total", "big_number", "echarts_timeseries_line",
    "echarts_timeseries_bar", "echarts_area", "dist_bar", "pivot_table_v2", "treemap_v2", "treemap",
    "box_plot", "heatmap_v2", "heatmap", "histogram_v2", "histogram", "rose", "partition",
    "sunburst_v2", "funnel", "gauge_chart", "mixed_timeseries", "sankey",
    "word_cloud\"><script>",
  ]

  /// Each place that data or a form can reach holds the same hostile text.
  private func page(_ viz: String, _ text: String, _ document: JSONValue) -> String {
    let form: JSONObject = [
      "groupby": [.string(text)], "metric": .string(text), "metrics": [.string(text), "v"],
      "subheader": .string(text), "x_axis_title": .string(text), "y_axis_title": .string(text),
      "color_scheme": .string(text), "linear_color_scheme": .string(text),
      "number_format": .string(text), "y_axis_format": .string(text), "valueFormat": .string(text),
      "date_format": .string(text), "x_axis_time_format": .string(text),
      "table_timestamp_format": .string(text), "label_type": "template",
      "label_template": .string(text), "label_colors": [text: .string(text)],
      "compare_suffix": .string(text), "compare_lag": 1,
      "currency_format": ["symbol": .string(text), "symbolPosition": .string(text)],
      "column_config": [
        text: ["horizontalAlign": .string(text), "customColumnName": .string(text)]
      ],
      "conditional_formatting": [
        ["column": "v", "operator": "None", "colorScheme": .string(text)]
      ],
      "color_picker": ["r": .string(text), "g": 1, "b": 2], "aggregateFunction": .string(text),
      "legendOrientation": .string(text), "opacity": .string(text), "markerSize": .string(text),
    ]
    let drawn = Sample.page(viz, document, form, title: text)
    return drawn.html
  }

  private func documents(_ text: String) -> [JSONValue] {
    let rows: [JSONValue] = [
      [text: .string(text), "v": 1, "t": 0], [text: "b", "v": 2, "t": 86_400_000],
    ]
    return [
      Sample.document(rows, [(text, 1), ("v", 0), ("t", 2)]),
      Sample.document([["\(text)__median": 2, "\(text)__min": 1]], [("\(text)__median", 0)]),
      ["data": [["key": .string(text), "values": [["x": .string(text), "y": 1]]]]],
      ["data": [["name": .string(text), "val": 2, "children": []]]],
      ["data": [text: [["key": [.string(text)], "name": [.string(text)], "value": 1, "time": 0]]]],
      ["message": .string(text)], ["data": .string(text)],
      ["data": ["records": [["x": .string(text), "y": .string(text), "v": 1]]]],
    ]
  }

  @Test(arguments: kinds)
  func `no text becomes a tag, an attribute or an address`(_ viz: String) {
    for text in Self.hostile {
      for document in documents(text) {
        let html = page(viz, text, document)
        #expect(Self.strangers(in: html) == [], "\(viz) \(text.prefix(40))")
      }
    }
  }

  /// Elements that no page has, attributes that no element has, and bytes that no text has.
  static func strangers(in html: String) -> [String] {
    let elements: Set = [
      "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "div", "section", "svg", "text",
      "rect", "line", "path", "circle", "defs", "linearGradient", "stop", "h1", "h2", "h3", "h4",
      "h5", "h6", "p", "b", "i", "u",
      "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "hr", "br", "span", "table",
      "thead", "tbody", "tr", "th", "td", "col", "colgroup",
    ]
    var found: [String] = []
    for piece in html.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
      let tag = piece.prefix { $0 != ">" }
      let name = tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber || $0 == "!" }
      if !elements.contains(String(name)) { found.append("<\(name)") }
      // Values are quoted, and within quotes there is no further quote.
      let bare = tag.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 0 }.map(\.element).joined()
      for word in bare.split(separator: " ") where word.hasPrefix("on") || word.contains("href") {
        found.append(String(word))
      }
      let quotes = tag.filter { $0 == "\"" }.count
      if quotes % 2 == 1 { found.append("quotes in \(tag.prefix(60))") }
      if tag.contains("url(") || tag.contains("expression(") {
        if tag.contains("style=\"") { found.append("address in \(tag.prefix(60))") }
      }
    }
    let style = html.split(separator: "<style>").dropFirst().first?.prefix { $0 != "<" } ?? ""
    if style.contains("url(") { found.append("address in the style sheet") }
    if html.utf8.contains(where: { $0 < 0x20 && $0 != 0x0A }) { found.append("control") }
    if html.unicodeScalars.contains(where: { (0x202A...0x202E).contains($0.value) }) {
      found.append("direction")
    }
    return found
  }

  @Test func `a page may load, run and send nothing`() {
    let html = Sample.page("pie", Sample.pairs([("a", 1)])).html
    #expect(html.contains("default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;"))
    #expect(!html.contains("<script") && !html.contains("http-equiv=\"refresh"))
    #expect(html.hasPrefix("<!DOCTYPE html>\n<html data-ready=\"true\" data-viz=\"pie\""))
  }

  @Test func `a long name is cut`() {
    let name = String(repeating: "long ", count: 100_000)
    for viz in ["pie", "table", "echarts_timeseries_bar", "treemap_v2", "pivot_table_v2"] {
      let page = Sample.page(viz, Sample.pairs([(name, 1), ("b", 2)]), title: name)
      #expect(page.html.utf8.count < 30_000, "\(viz)")
    }
  }
}

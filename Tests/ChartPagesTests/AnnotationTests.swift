// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import ChartPages

/// Lines, moments and spans that people draw over a chart.
struct AnnotationTests {
  private static let day = 86_400_000.0

  /// Ten days with values from 10 to 100.
  private func page(
    _ layers: [JSONValue], _ answers: JSONValue = [:], _ viz: String = "echarts_timeseries_line",
    title: String = ""
  ) -> Drawn {
    let rows = (0..<10).map { index -> JSONValue in
      ["ds": .double(Double(index) * Self.day), "a": .integer((index + 1) * 10)]
    }
    let document = Sample.document(rows, [("ds", 2), ("a", 0)])
    var result = document["result"].list[0].objectValue ?? [:]
    result["annotation_data"] = answers
    return Sample.page(
      viz, ["result": [.object(result)]], ["annotation_layers": .array(layers)], title: title)
  }

  private func layer(_ type: JSONValue, _ more: JSONObject = [:]) -> JSONValue {
    let usual: JSONObject = ["name": "Note", "annotationType": type, "show": true]
    return .object(usual.merging(more) { $1 })
  }

  private let record: JSONValue = [
    "Note": [
      "records": [
        [
          "start_dttm": .double(3 * day), "end_dttm": .double(6 * day), "short_descr": "Sale",
        ],
        ["start_dttm": .double(300 * day), "end_dttm": .double(301 * day), "short_descr": "Far"],
      ]
    ]
  ]

  /// The places that a path goes through.
  private func places(_ path: String) -> [(x: Double, y: Double)] {
    path.split { $0 == "M" || $0 == "L" }.map { part in
      let numbers = part.split(separator: " ").compactMap { Double($0) }
      return (numbers[0], numbers[1])
    }
  }

  @Test func `a formula is a line with its own colour, dashes and name`() throws {
    let page = page([
      layer("FORMULA", ["value": "50", "color": "#ff0000", "style": "dashed", "width": 2])
    ])
    let line = try #require(page.elements("path", kind: "formula").first)
    #expect(line.text("stroke") == "#ff0000")
    #expect(line.text("stroke-dasharray") == "8 4")
    #expect(page.texts("text").contains("Note"))
    // As high as the series is with this value, all along.
    let series = places(try #require(page.elements("path", kind: "mark").first).text("d"))
    let formula = places(line.text("d"))
    #expect(formula.map(\.x) == series.map(\.x))
    #expect(Set(formula.map(\.y)) == [series[4].y])
  }

  @Test func `the axis reaches up to a formula's values`() {
    #expect(!page([]).texts("text").contains("1k"))
    #expect(page([layer("FORMULA", ["value": "1000"])]).texts("text").contains("1k"))
  }

  @Test func `an event is a line across, with its name where that is asked for`() throws {
    let page = page([layer("EVENT", ["showLabel": true, "opacity": "opacityMedium"])], record)
    let events = page.elements("path", kind: "event")
    // The other one is beyond the axis.
    #expect(events.count == 1)
    #expect(events[0].text("stroke-opacity") == "0.5")
    let line = places(events[0].text("d"))
    let series = places(try #require(page.elements("path", kind: "mark").first).text("d"))
    #expect(Set(line.map(\.x)) == [series[3].x])
    #expect(page.texts("text").contains("Note - Sale"))
    #expect(!self.page([layer("EVENT")], record).texts("text").contains("Note - Sale"))
  }

  @Test func `an interval lies behind the series, from its begin to its end`() throws {
    let page = page([layer("INTERVAL", ["showLabel": true])], record)
    let span = try #require(page.elements("rect", kind: "span").first)
    let series = places(try #require(page.elements("path", kind: "mark").first).text("d"))
    #expect(abs(span("x") - series[3].x) < 0.02)
    #expect(abs(span("x") + span("width") - series[6].x) < 0.02)
    #expect(page.elements("rect", kind: "span").count == 1)
    let behind = try #require(page.html.firstRange(of: "class=\"span\""))
    let front = try #require(page.html.firstRange(of: "class=\"mark\""))
    #expect(behind.lowerBound < front.lowerBound)
    #expect(page.texts("text").contains("Note - Sale"))
  }

  @Test func `rows of a table are read by the columns that the layer names`() {
    let answer: JSONValue = [
      "Note": ["records": [["when": "1970-01-03T12:00:00", "what": "Launch"]]]
    ]
    let page = page(
      [
        layer(
          "EVENT",
          [
            "sourceType": "table", "timeColumn": "when", "titleColumn": "what", "showLabel": true,
          ])
      ], answer)
    #expect(page.elements("path", kind: "event").count == 1)
    #expect(page.texts("text").contains("Note - Launch"))
  }

  @Test func `another chart's series are lines`() {
    let points: JSONValue = [["x": 0, "y": 5], ["x": .double(Self.day), "y": 25]]
    let page = page(
      [layer("TIME_SERIES", ["sourceType": "line", "showMarkers": true])],
      ["Note": [["key": ["other"], "values": points]]])
    #expect(page.elements("path", kind: "formula").count == 1)
    #expect(page.elements("circle").filter { $0("r") == 3 }.count == 2)
  }

  @Test(arguments: ["echarts_timeseries_bar", "echarts_area", "mixed_timeseries"])
  func `other charts over an axis of times have them too`(_ viz: String) {
    let page = page(
      [layer("FORMULA", ["value": .string("x / \(Self.day)")]), layer("EVENT")], record, viz)
    #expect(page.elements("path", kind: "formula").count == 1)
    #expect(page.elements("path", kind: "event").count == 1)
  }

  @Test func `what is hidden, broken or of another kind costs nobody the chart`() {
    let page = page(
      [
        layer("FORMULA", ["value": "50", "show": false]), layer("FORMULA", ["value": "alert(1)"]),
        layer("FORMULA", ["value": ["x"]]), layer("EVENT"), layer("OTHER"), 7, nil,
      ])
    #expect(page.elements("path", kind: "formula").isEmpty)
    #expect(page.elements("path", kind: "mark").count == 1)
  }

  @Test func `no name of a layer or a note becomes a tag`() {
    for text in InjectionTests.hostile {
      let answer: JSONValue = .object([
        text: ["records": [["start_dttm": 0, "end_dttm": 1, "short_descr": .string(text)]]]
      ])
      let layers = ["EVENT", "INTERVAL", "FORMULA"].map { type in
        layer(
          .string(type),
          [
            "name": .string(text), "value": "7", "color": .string(text), "style": .string(text),
            "showLabel": true,
          ])
      }
      let html = page(layers, answer).html
      #expect(InjectionTests.strangers(in: html) == [], "\(text.prefix(40))")
    }
  }
}

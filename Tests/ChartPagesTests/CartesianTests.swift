// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import ChartPages

/// Charts over two axes, by where their shapes stand.
struct CartesianTests {
  private func series(_ count: Int, step: Double = 86_400_000) -> JSONValue {
    Sample.document(
      (0..<count).map { index in
        [
          "ds": .double(1_704_067_200_000 + Double(index) * step),
          "a": .double(Double(index + 1) * 10), "b": .double(Double(index + 1) * 5),
        ]
      }, [("ds", 2), ("a", 0), ("b", 0)])
  }

  @Test func `bars are as high as their values`() {
    let page = Sample.page(
      "echarts_timeseries_bar", Sample.pairs([("x", 10), ("y", 20), ("z", 40)]))
    let bars = page.elements("rect", kind: "mark")
    #expect(bars.count == 3)
    let heights = bars.map { $0("height") }
    #expect(abs(heights[1] / heights[0] - 2) < 0.01)
    #expect(abs(heights[2] / heights[0] - 4) < 0.01)
    let feet = Set(bars.map { ($0("y") + $0("height")).rounded() })
    #expect(feet.count == 1)
  }

  @Test func `bars below zero hang from the axis`() {
    let page = Sample.page("echarts_timeseries_bar", Sample.pairs([("x", 10), ("y", -10)]))
    let bars = page.elements("rect", kind: "mark")
    #expect(abs(bars[0]("y") + bars[0]("height") - bars[1]("y")) < 0.02)
    #expect(abs(bars[0]("height") - bars[1]("height")) < 0.02)
  }

  @Test func `horizontal bars begin at the left and the first is at the bottom`() {
    let page = Sample.page(
      "echarts_timeseries_bar", Sample.pairs([("x", 10), ("y", 30)]),
      ["orientation": "horizontal"])
    let bars = page.elements("rect", kind: "mark")
    #expect(bars[0]("x") == bars[1]("x"))
    #expect(abs(bars[1]("width") / bars[0]("width") - 3) < 0.01)
    #expect(bars[0]("y") > bars[1]("y"))
  }

  @Test func `within a band of horizontal bars the first series is at the bottom, too`() {
    let page = Sample.page(
      "echarts_timeseries_bar", series(2),
      ["orientation": "horizontal", "xAxisForceCategorical": true])
    let bars = page.elements("rect", kind: "mark")
    #expect(bars.count == 4)
    // The first one of each series, the second one of each.
    #expect(bars[0]("y") > bars[2]("y") && bars[2]("y") > bars[1]("y"))
    #expect(abs(bars[0]("y") - bars[2]("y") - bars[1]("y") + bars[3]("y")) < 0.02)
  }

  @Test func `stacked bars stand upon each other`() {
    let page = Sample.page("echarts_timeseries_bar", series(4), ["stack": "Stack"])
    let bars = page.elements("rect", kind: "mark")
    #expect(bars.count == 8)
    for index in 0..<4 {
      #expect(abs(bars[index]("y") - bars[index + 4]("y") - bars[index + 4]("height")) < 0.02)
      #expect(bars[index]("x") == bars[index + 4]("x"))
    }
  }

  @Test func `layers of a stream lie upon each other around a middle, without edges`() {
    let layers = [1.0, 5, 3].map { [$0, $0 * 2, $0, $0 * 3] }
    let series = layers.enumerated().map {
      CartesianData.Series(name: "\($0.offset)", values: $0.element)
    }
    let spans = StackedValues(series, .stream).spans
    for index in 0..<4 {
      #expect(spans[0][index]?.to == spans[1][index]?.from)
      #expect(spans[1][index]?.to == spans[2][index]?.from)
    }
    // The first step is that of all layers from nothing: -(1 + 25 + 9) / 2 / (1 + 5 + 3).
    #expect(abs((spans[0][0]?.from ?? 0) + 35.0 / 18) < 1e-9)
    let page = Sample.page("echarts_area", self.series(4), ["stack": "Stream"])
    let shapes = page.elements("path", kind: "mark")
    #expect(shapes.count == 2 && shapes.allSatisfy { $0.text("stroke").isEmpty })
    #expect(page.texts("text").contains { $0.hasPrefix("-") || $0.hasPrefix("−") })
  }

  @Test func `a stream goes on where there is nothing`() {
    let series = [CartesianData.Series(name: "a", values: [1, 0, nil, 4])]
    let spans = StackedValues(series, .stream).spans[0]
    #expect(spans.allSatisfy { $0?.from.isFinite == true })
  }

  @Test func `a metric with dimensions behind it bears the name that its dataset gives it`() {
    let document = Sample.document(
      [["ds": 0, "sum__num, girl": 1, "cnt, girl": 2, "sum__number": 3]],
      [("ds", 2), ("sum__num, girl", 0), ("cnt, girl", 0), ("sum__number", 0)])
    let source = ChartSource(
      title: "", form: ["viz_type": "echarts_timeseries_bar", "metrics": ["sum__num", "cnt"]],
      document: document,
      names: DatasourceNames(["verbose_map": ["sum__num": "Births", "sum__number": "Number"]]))
    let page = Drawn(
      String(
        decoding: ChartPage(source, PageStyle(width: 800, height: 300)).bytes, as: UTF8.self))
    let names = ["Births, girl", "cnt, girl", "Number"]
    #expect(Set(page.texts("text")).isSuperset(of: names))
  }

  @Test func `shares of the whole reach the top`() {
    let page = Sample.page("echarts_area", series(3), ["stack": "Expand"])
    #expect(page.texts("text").contains("100%"))
  }

  @Test func `the greatest series comes first and has the first colour`() {
    let document = Sample.document(
      [["ds": 0, "small": 1, "large": 9], ["ds": 86_400_000, "small": 2, "large": 8]],
      [("ds", 2), ("small", 0), ("large", 0)])
    let page = Sample.page("echarts_timeseries_line", document)
    let lines = page.elements("path", kind: "mark")
    #expect(lines.map { $0.text("stroke") } == ["#1fa8c9", "#454e7c"])
    #expect(page.texts("text").filter { $0 == "small" || $0 == "large" } == ["large", "small"])
  }

  @Test func `a gap stays a gap`() {
    let document = Sample.document(
      [1, 2, nil, 4, 5].enumerated().map { index, value in
        ["ds": .integer(index * 86_400_000), "a": value.map { .integer($0) } ?? .null]
      }, [("ds", 2), ("a", 0)])
    let page = Sample.page("echarts_timeseries_line", document)
    #expect(page.elements("path", kind: "mark").count == 2)
  }

  @Test func `a point without neighbours is a dot`() {
    let page = Sample.page("echarts_timeseries_line", series(1))
    #expect(page.elements("circle").count >= 2)
  }

  @Test func `ten times is the same way up on an axis of powers`() {
    let document = Sample.document(
      [1, 10, 100].enumerated().map { index, value in
        ["ds": .integer(index * 86_400_000), "a": .integer(value)]
      }, [("ds", 2), ("a", 0)])
    let page = Sample.page(
      "echarts_timeseries_scatter", document, ["logAxis": true, "show_legend": false])
    let heights = page.elements("circle").map { $0("cy") }
    #expect(abs((heights[0] - heights[1]) - (heights[1] - heights[2])) < 0.02)
  }

  @Test func `rows with dimensions of their own become series`() {
    let rows: [JSONValue] = [
      ["ds": 0, "city": "A", "v": 1], ["ds": 0, "city": "B", "v": 2],
      ["ds": 86_400_000, "city": "A", "v": 3],
    ]
    let page = Sample.page(
      "echarts_timeseries_bar", Sample.document(rows, [("ds", 2), ("city", 1), ("v", 0)]))
    #expect(page.elements("rect", kind: "mark").count == 3)
    #expect(page.texts("text").contains("B"))
  }

  @Test func `labels stand apart from each other and within the page`() {
    for width in [300, 400, 800, 1200] {
      let page = Sample.page("echarts_timeseries_line", series(400), width: width, height: 300)
      let labels = page.elements("text").filter { $0.text("text-anchor") == "middle" }
      let places = labels.map { $0("x") }.sorted()
      #expect(places.count >= 2)
      for (left, right) in zip(places, places.dropFirst()) { #expect(right - left > 24) }
      #expect(places.allSatisfy { $0 > 0 && $0 < Double(width) })
    }
  }

  @Test func `ten thousand points make a small page`() {
    let line = Sample.page("echarts_timeseries_line", series(10_000, step: 3_600_000))
    #expect(line.html.utf8.count < 120_000)
    let bars = Sample.page("echarts_timeseries_bar", series(10_000, step: 3_600_000))
    #expect(bars.html.utf8.count < 400_000)
  }

  @Test func `a legacy answer is drawn like a new one`() {
    let document: JSONValue = [
      "form_data": ["viz_type": "dist_bar"],
      "data": [
        ["key": "A", "values": [["x": "n", "y": 1], ["x": "s", "y": 3]]],
        ["key": ["B", "C"], "values": [["x": "n", "y": 2]]],
      ],
    ]
    let page = Sample.page("dist_bar", document)
    #expect(page.elements("rect", kind: "mark").count == 3)
    #expect(page.texts("text").contains("B, C"))
  }

  @Test func `two queries share an axis of times, each with values of its own`() {
    let other = Sample.document(
      [["ds": 1_704_153_600_000, "c": 1000], ["ds": 1_704_240_000_000, "c": 2000]],
      [("ds", 2), ("c", 0)])
    let results = series(2)["result"].list + other["result"].list
    let page = Sample.page(
      "mixed_timeseries", ["result": .array(results)], ["seriesType": "bar", "yAxisIndexB": 1])
    #expect(page.elements("rect", kind: "mark").count == 4)
    #expect(page.elements("path", kind: "mark").count == 1)
    let texts = page.texts("text")
    #expect(texts.contains("20") && texts.contains("2k"))
    // By name from its end, as Superset orders the halves of a mixed chart.
    #expect(texts.filter { ["a", "b", "c"].contains($0) } == ["b", "a", "c"])
  }

  @Test(arguments: [(171.0, 7, 210.0), (171, 6, 180), (9, 2, 10), (0.9, 4, 1.2), (1, 30, 6)])
  func `a second axis has as many steps as the first`(
    _ greatest: Double, _ steps: Int, _ high: Double
  ) {
    let first = ValueScale.even(NiceScale(0, Double(steps), splits: steps))
    let second = ValueScale.even(NiceScale(0, greatest)).aligned(with: first)
    #expect(abs((second.ticks.last ?? 0) - high) < 1e-9)
    #expect(second.ticks.count == steps + 1)
  }

  @Test func `no area covers a line, and no line a ring`() {
    let page = Sample.page("echarts_area", series(5), ["markerEnabled": true])
    let kinds = page.html.split(separator: "<").compactMap { piece -> String? in
      if piece.hasPrefix("circle class=\"dot\"") && piece.contains("r=\"3\"") { return "dot" }
      guard piece.hasPrefix("path class=\"mark\"") else { return nil }
      return piece.contains("fill=\"none\"") ? "line" : "area"
    }
    #expect(kinds == ["area", "area", "line", "line"] + [String](repeating: "dot", count: 10))
  }

  @Test func `marks of time stand at the line of zero`() {
    let document = Sample.document(
      (0..<5).map { ["ds": .integer($0 * 86_400_000), "a": .integer($0 * 10 - 20)] },
      [("ds", 2), ("a", 0)])
    let page = Sample.page("echarts_timeseries_line", document)
    let zero = page.elements("line", kind: "axis")[0]("y1")
    let ticks = page.elements("line", kind: "tick")
    #expect(!ticks.isEmpty && ticks.allSatisfy { $0("y1") == zero })
    #expect(zero < 500)
  }
}

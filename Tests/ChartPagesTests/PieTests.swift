// SPDX-License-Identifier: MIT
import Glibc
import JSONValues
import Testing

@testable import ChartPages

/// Pies, by their angles.
struct PieTests {
  /// The ends of an arc as shares of the whole turn, read from its path.
  private func turns(_ path: String, _ middle: (x: Double, y: Double)) -> (Double, Double) {
    let numbers = path.split { !"0123456789.-".contains($0) }.compactMap { Double($0) }
    let turn = { (x: Double, y: Double) in
      let angle = atan2(x - middle.x, middle.y - y) / (2 * .pi)
      return angle < -0.001 ? angle + 1 : max(0, angle)
    }
    return (turn(numbers[0], numbers[1]), turn(numbers[7], numbers[8]))
  }

  @Test func `pieces turn clockwise from the top, each by its share`() {
    let page = Sample.page(
      "pie", Sample.pairs([("a", 50), ("b", 30), ("c", 20)]), ["show_legend": false])
    let paths = page.elements("path", kind: "mark").map { $0.text("d") }
    let ends = paths.map { turns($0, (392, 292)) }
    let expected = [(0.0, 0.5), (0.5, 0.8), (0.8, 1.0)]
    for (end, wanted) in zip(ends, expected) {
      #expect(abs(end.0 - wanted.0) < 0.01)
      #expect(abs(end.1 - wanted.1).truncatingRemainder(dividingBy: 1) < 0.01)
    }
    #expect(paths.count == 3)
  }

  @Test(arguments: [
    ("key", "a"), ("value", "1.5k"), ("percent", "75.00%"), ("key_value", "a: 1.5k"),
    ("key_percent", "a: 75.00%"), ("key_value_percent", "a: 1.5k (75.00%)"),
    ("value_percent", "1.5k (75.00%)"),
  ])
  func `a label says what the form asks for`(_ type: String, _ label: String) {
    let page = Sample.page(
      "pie", Sample.pairs([("a", 1500), ("b", 500)]),
      ["label_type": .string(type), "show_legend": false])
    #expect(page.texts("text").contains(label))
  }

  @Test func `small pieces have no label`() {
    let page = Sample.page(
      "pie", Sample.pairs([("large", 97), ("small", 3)]), ["show_legend": false])
    #expect(page.texts("text") == ["large"])
  }

  @Test func `labels of many pieces stand apart`() {
    let pieces = (0..<60).map { ("name \($0)", 1.0) }
    let page = Sample.page(
      "pie", Sample.pairs(pieces), ["show_labels_threshold": 0, "show_legend": false])
    let labels = page.elements("text")
    for side in ["", "end"] {
      let heights = labels.filter { $0.text("text-anchor") == side }.map { $0("y") }.sorted()
      for (upper, lower) in zip(heights, heights.dropFirst()) { #expect(lower - upper > 13.9) }
    }
    #expect(labels.count > 20)
  }

  @Test func `a ring shows the whole in its middle`() {
    let page = Sample.page(
      "pie", Sample.pairs([("a", 1), ("b", 2)]), ["donut": true, "show_total": true])
    #expect(page.texts("text").contains("Total: 3"))
    #expect(page.elements("path").allSatisfy { $0.text("d").filter { $0 == "A" }.count == 2 })
  }

  @Test func `a piece that is everything is a whole circle`() {
    let page = Sample.page("pie", Sample.pairs([("all", 5), ("none", 0)]))
    #expect(page.elements("path")[0].text("d").filter { $0 == "A" }.count == 2)
  }

  @Test func `a label has the colour that the dashboard gave it`() {
    let source = ChartSource(
      title: "", form: ["viz_type": "pie"], document: Sample.pairs([("a", 1), ("b", 2)]),
      labelColours: ["b": "#ABCDEF", "a": "url(http://x)"])
    let page = ChartPage(source, PageStyle(width: 400, height: 300))
    let drawn = Drawn(String(decoding: page.bytes, as: UTF8.self))
    #expect(
      drawn.elements("path", kind: "mark").map { $0.text("fill") } == ["#1fa8c9", "#abcdef"])
  }
}

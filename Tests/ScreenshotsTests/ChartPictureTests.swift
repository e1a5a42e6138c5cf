// SPDX-License-Identifier: MIT
import ChartPages
import JSONValues
import Testing

@testable import Screenshots

/// Charts as they are seen: shapes and texts of pages of ours, by the pixels of their pictures.
@Suite(.serialized)
struct ChartPictureTests {
  private let studio: Studio
  private static let colours = ["#1fa8c9", "#454e7c", "#5ac189"]

  init() throws { studio = try Studio() }

  private func bytes(
    _ viz: String, _ values: [(String, Double)], _ form: JSONObject = [:], theme: Theme = .light
  ) throws -> [UInt8] {
    let rows = values.map { JSONValue.object(["name": .string($0.0), "value": .double($0.1)]) }
    let document: JSONValue = [
      "result": [["data": .array(rows), "colnames": ["name", "value"], "coltypes": [1, 0]]]
    ]
    let source = ChartSource(
      title: "", form: .object(form.merging(["viz_type": .string(viz)]) { $1 }), document: document)
    let page = ChartPage(source, PageStyle(width: 800, height: 600, theme: theme))
    let web = WebPage(.html(page.bytes), readiness: .own)
    return try studio.browser.picture(of: web, as: Shot()).bytes
  }

  private func picture(
    _ viz: String, _ values: [(String, Double)], _ form: JSONObject = [:]
  ) throws -> Pixels { try Pixels(png: bytes(viz, values, form)) }

  @Test func `a pie's pieces are as large as their values, and turn from the top`() throws {
    let pie = try picture(
      "pie", [("a", 6), ("b", 3), ("c", 1)], ["show_legend": false, "show_labels": false])
    let counts = Self.colours.map { pie.places(of: $0).count }
    let sum = Double(counts.reduce(0, +))
    for (count, share) in zip(counts, [0.6, 0.3, 0.1]) {
      #expect(abs(Double(count) / sum - share) < 0.01)
    }
    let all = Self.colours.flatMap { pie.places(of: $0) }
    let middle = (
      x: (all.map(\.x).min() ?? 0) / 2 + (all.map(\.x).max() ?? 0) / 2,
      y: (all.map(\.y).min() ?? 0) / 2 + (all.map(\.y).max() ?? 0) / 2
    )
    #expect(abs(middle.x - 400) < 4 && abs(middle.y - 300) < 4)
    #expect(pie.colour(middle.x + 60, middle.y) == Self.colours[0])
    #expect(pie.colour(middle.x - 60, middle.y + 10) == Self.colours[1])
    #expect(pie.colour(middle.x - 10, middle.y - 60) == Self.colours[2])
  }

  @Test func `bars stand on one line, as high as their values`() throws {
    let bars = try picture(
      "echarts_timeseries_bar", [("x", 10), ("y", 20), ("z", 40)], ["show_legend": false])
    let columns = Dictionary(grouping: bars.places(of: Self.colours[0]), by: \.x)
    let heights = Set(columns.values.map(\.count)).sorted()
    // The edges of bars are mixed with what lies beside them.
    let found = [heights.first ?? 0, heights[heights.count / 2], heights.last ?? 0]
    #expect(abs(Double(found[1]) / Double(found[0]) - 2) < 0.05, "\(heights)")
    #expect(abs(Double(found[2]) / Double(found[0]) - 4) < 0.05, "\(heights)")
    #expect(Set(columns.values.compactMap { $0.map(\.y).max() }).count == 1)
  }

  @Test func `a treemap fills its room in the shares of its values`() throws {
    let map = try picture(
      "treemap_v2", [("a", 3), ("b", 1)], ["show_labels": false, "groupby": ["name"]])
    let counts = Set(
      (0..<600).flatMap { y in (0..<800).map { map.colour($0, y) } }
    ).map { map.places(of: $0).count }.sorted()
    let (large, small) = (counts[counts.count - 1], counts[counts.count - 2])
    #expect(abs(Double(large) / Double(small) - 3) < 0.15, "\(counts)")
    #expect(large + small > 800 * 600 * 9 / 10)
  }

  @Test func `the texts of a table stand in their rows and columns`() throws {
    let table = try picture("table", [("Ada", 12), ("Grace", 7)], ["query_mode": "raw"])
    // Each row is 28 pixels high, and begins below the head's.
    for (text, row) in [("Ada", 1), ("Grace", 2)] {
      let place = try #require(table.place(of: try letters(text)), "\(text)")
      #expect((16...18).contains(place.x), "\(text) at \(place)")
      #expect((8 + row * 28...8 + row * 28 + 20).contains(place.y), "\(text) at \(place)")
    }
    #expect(table.place(of: try letters("Alan")) == nil)
    // Numbers end at the right edge of their column.
    let dark = (0..<600).flatMap { y in (400..<800).map { ($0, y) } }.filter {
      table.colour($0.0, $0.1) == "#333333"
    }
    #expect((776...784).contains(dark.map(\.0).max() ?? 0))
  }

  /// A text's pixels where they are dark, as the same browser draws it elsewhere.
  private func letters(_ text: String) throws -> Pixels {
    try studio.picture(
      "<body style=\"margin:0;color:#333333;font:12px 'DejaVu Sans'\"><span id=a>\(text)</span>"
    ) { $0.area = .element("#a") }
  }

  @Test(arguments: ["table", "pie", "echarts_timeseries_bar", "treemap_v2", "pivot_table_v2"])
  func `a chart is the same bytes in another browser, and never blank`(_ viz: String) throws {
    let values = [("Ελλάδα", 3.0), ("مرحبا", 2), ("北京 報告", 1)]
    let first = try bytes(viz, values)
    studio.browser.close()
    #expect(try bytes(viz, values) == first)
    #expect(try Pixels(png: first).shades > 10)
    let dark = try bytes(viz, values, theme: .dark)
    #expect(try Pixels(png: dark).colour(0, 0) == "#1f1f1f")
    #expect(try Pixels(png: dark).shades > 10)
  }

  @Test func `letters of all scripts have shapes of their own`() throws {
    for pair in [("北", "京"), ("日", "本"), ("한", "국"), ("ש", "ל"), ("م", "ر"), ("Ж", "Щ")] {
      #expect(try letters(pair.0) != letters(pair.1), "\(pair) are boxes")
    }
  }
}

extension Pixels {
  fileprivate func places(of colour: String) -> [(x: Int, y: Int)] {
    let wanted = (0..<3).compactMap { index in
      UInt8(colour.dropFirst(1 + index * 2).prefix(2), radix: 16)
    }
    return (0..<width * height).filter { place in
      (0..<3).allSatisfy { bytes[place * Self.channels + $0] == wanted[$0] }
    }.map { ($0 % width, $0 / width) }
  }

  /// How many colours there are.
  fileprivate var shades: Int {
    Set(stride(from: 0, to: bytes.count, by: 3).map { Array(bytes[$0..<$0 + 3]) }).count
  }

  /// Where another picture, its white edges left out, is part of this one.
  fileprivate func place(of other: Pixels) -> (x: Int, y: Int)? {
    let ink = (0..<other.width * other.height).filter { other.bytes[$0 * 3] < 200 }
      .map { (x: $0 % other.width, y: $0 / other.width) }
    guard let first = ink.first else { return nil }
    for y in first.y..<height - other.height {
      for x in first.x..<width - other.width {
        let isThere = ink.allSatisfy { dot in
          let here = ((y - first.y + dot.y) * width + x - first.x + dot.x) * 3
          let there = (dot.y * other.width + dot.x) * 3
          return bytes[here] == other.bytes[there]
        }
        if isThere { return (x - first.x, y - first.y) }
      }
    }
    return nil
  }
}

// SPDX-License-Identifier: MIT
import JSONValues

/// Boxes from the first quartile to the third, with median, whiskers and outliers.
enum BoxPlotPicture: Picture {
  /// Of all boxes together.
  private static let mostOutliers = 5000

  private struct Item {
    let label: String
    /// Lower whisker, first quartile, median, third quartile, upper whisker.
    let marks: [Double]
    let outliers: [Double]
  }

  static func drawn(_ chart: Chart, in box: Box) throws(ChartFault) -> Markup {
    let items = Array((chart.tables.isEmpty ? legacy(chart) : try read(chart)).prefix(500))
    guard !items.isEmpty else { throw .empty }
    let pen = Pen(theme: chart.theme)
    var scale = chart.colours
    let values = ValueScale(
      of: items.flatMap { $0.marks + $0.outliers }, isLogarithmic: false, isZeroed: false)
    let axes = CartesianAxes(
      chart, CartesianStyle(chart, kind: .bar), in: box,
      positions: PositionAxis(.labels(items.map(\.label)), isBanded: true), values: values,
      number: chart.format(nil, chart.text("number_format") ?? "SMART_NUMBER"))
    var output = axes.drawn
    for (index, item) in items.enumerated() {
      let colour = scale.colour(of: item.label).css
      let shown = max(5, mostOutliers / items.count)
      output += drawn(item, shown, at: axes.positions.share(index), axes, colour, pen)
    }
    return pen.canvas(box.width, box.height, label: chart.title, output)
  }

  private static func drawn(
    _ item: Item, _ shown: Int, at share: Double, _ axes: CartesianAxes, _ colour: String,
    _ pen: Pen
  ) -> Markup {
    let marks = item.marks.map { axes.values.share($0) ?? 0 }
    let width = min(50, max(3, axes.positions.band * axes.frame.length * 0.6))
    let body = axes.frame.bar(
      share, offset: -width / 2, thickness: width, from: marks[1], to: marks[3])
    var output = pen.rectangle(body, fill: colour, opacity: 0.6, stroke: colour)
    let middle = axes.frame.point(share, 0).x
    func across(_ mark: Double, _ half: Double) -> Markup {
      let y = axes.frame.point(share, mark).y
      return pen.line((middle - half, y), (middle + half, y), stroke: colour, width: 1.5)
    }
    output += across(marks[2], width / 2)
    for (end, quartile) in [(marks[0], marks[1]), (marks[4], marks[3])] {
      output += across(end, width / 2)
      output += pen.line(
        axes.frame.point(share, end), axes.frame.point(share, quartile), stroke: colour)
    }
    for outlier in item.outliers.prefix(shown) {
      guard let place = axes.values.share(outlier) else { continue }
      output += pen.dot(middle, axes.frame.point(share, place).y, radius: 3, fill: colour)
    }
    return output
  }

  private static func read(_ chart: Chart) throws(ChartFault) -> [Item] {
    let table = try chart.table()
    let suffix = "__median"
    let metrics = table.columns.map(\.name).filter { $0.hasSuffix(suffix) }
      .map { String($0.dropLast(suffix.count)) }
    guard !metrics.isEmpty else { throw .unfit("There are no quartiles in these data.") }
    let named = FormLabels.columns(chart.form["groupby"]).filter { table[$0] != nil }
    let labels = table.labels.filter { !$0.hasSuffix("__outliers") }
    let dimensions = named.isEmpty ? labels : named
    let time = TimeFormat(chart.text("date_format"))
    return metrics.flatMap { metric in
      table.rows.compactMap { row in
        var label = SeriesName.text(of: row, dimensions, in: table, time: time)
        if metrics.count > 1 || label.isEmpty {
          label = label.isEmpty ? metric : "\(label), \(metric)"
        }
        let names = ["min", "q1", "median", "q3", "max"].map { "\(metric)__\($0)" }
        return item(label, names.map { row[$0] }, row["\(metric)__outliers"])
      }
    }
  }

  private static func legacy(_ chart: Chart) -> [Item] {
    (chart.legacy?.arrayValue ?? []).compactMap { part in
      let names = ["whisker_low", "Q1", "Q2", "Q3", "whisker_high"]
      let values = part["values"]
      return item(
        SeriesName.text(part["label"], time: .detailed), names.map { values?[$0] },
        values?["outliers"])
    }
  }

  private static func item(
    _ label: String, _ marks: [JSONValue?], _ outliers: JSONValue?
  ) -> Item? {
    let marks = marks.compactMap { $0?.plotted }
    guard marks.count == 5 else { return nil }
    let outliers = outliers.list.compactMap(\.plotted)
    return Item(label: label, marks: marks, outliers: outliers)
  }
}

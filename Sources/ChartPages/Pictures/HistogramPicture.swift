// SPDX-License-Identifier: MIT
import JSONValues

/// How many values lie between one bound and the next.
enum HistogramPicture: Picture {
  static func drawn(_ chart: Chart, in box: Box) throws(ChartFault) -> Markup {
    let data = chart.tables.isEmpty ? legacy(chart) : try counted(chart)
    guard data.positions.count > 0, !data.series.isEmpty else { throw .empty }
    let pen = Pen(theme: chart.theme)
    var scale = chart.colours
    let colours = data.series.map { scale.colour(of: $0.name).css }
    let entries = zip(data.series, colours).map { Legend.Entry(label: $0.name, colour: $1) }
    let (legend, rest) = Legend(chart, entries.count > 1 ? entries : []).laid(in: box)
    let style = CartesianStyle(chart, kind: .bar)
    let stacked = StackedValues(data.series, .sum)
    let number = NumberText()
    let axes = CartesianAxes(
      chart, style, in: rest, positions: PositionAxis(data.positions, isBanded: true),
      values: ValueScale(of: stacked.bounds, isLogarithmic: false, isZeroed: true), number: number)
    var marks = Markup()
    for (spans, colour) in zip(stacked.spans, colours) {
      for (index, span) in spans.enumerated() {
        guard let span, let from = axes.values.share(span.from), let to = axes.values.share(span.to)
        else { continue }
        let width = axes.positions.band * axes.frame.length
        let bar = axes.frame.bar(
          axes.positions.share(index), offset: -width / 2 + 0.5, thickness: width - 1, from: from,
          to: to)
        marks += pen.rectangle(bar, fill: colour)
      }
    }
    return pen.canvas(
      box.width, box.height, label: chart.title, legend + axes.drawn + marks)
  }

  /// A row for each group, a column for each bin.
  private static func counted(_ chart: Chart) throws(ChartFault) -> CartesianData {
    let table = try chart.table()
    let bins = table.numbers.prefix(400)
    let dimensions = table.labels
    let series = table.rows.prefix(CartesianData.mostSeries).map { row in
      CartesianData.Series(
        name: dimensions.isEmpty
          ? chart.text("column") ?? ""
          : SeriesName.text(of: row, dimensions, in: table, time: .detailed),
        values: bins.map { row[$0]?.plotted })
    }
    return CartesianData(positions: .labels(Array(bins)), series: Array(series))
  }

  /// The values themselves, to be counted here.
  private static func legacy(_ chart: Chart) -> CartesianData {
    let parts = (chart.legacy?.arrayValue ?? []).prefix(CartesianData.mostSeries)
    let values = parts.map { $0["values"].list.compactMap(\.plotted) }
    let count = Int(chart.number("link_length", 1...200, else: 10))
    guard let low = values.joined().min(), let high = values.joined().max() else {
      return CartesianData(positions: .labels([]), series: [])
    }
    let width = high > low ? (high - low) / Double(count) : 1
    guard width.isFinite, width > 0 else {
      return CartesianData(positions: .labels([]), series: [])
    }
    let labels = (0..<count).map { ValueFormat(nil).text(low + (Double($0) + 0.5) * width) }
    let series = zip(parts, values).map { part, values in
      var counts = [Double](repeating: 0, count: count)
      for value in values { counts[min(count - 1, max(0, Int((value - low) / width)))] += 1 }
      return CartesianData.Series(
        name: SeriesName.text(part["key"], time: .detailed), values: counts)
    }
    return CartesianData(positions: .labels(labels), series: series)
  }
}

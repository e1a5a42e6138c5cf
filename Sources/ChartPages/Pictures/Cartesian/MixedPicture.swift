// SPDX-License-Identifier: MIT
import JSONValues

/// The series of two queries over one axis of positions, each query with its own kind and, if asked, its own axis of values.
struct MixedPicture: Picture {
  private struct Half {
    let style: CartesianStyle
    var series: [CartesianData.Series]
    let isSecond: Bool
  }

  private static let labelGap = 8.0

  static func drawn(_ chart: Chart, in box: Box) throws(ChartFault) -> Markup {
    var halves: [Half] = []
    var positions: [CartesianData.Positions] = []
    for (table, suffix) in zip(chart.tables, ["", "B"]) where !table.rows.isEmpty {
      let kind = PictureKind.kind(named: chart.text("seriesType" + suffix))
      let data = try CartesianData(chart, isBar: false, table: table, order: "name")
      let isArea = chart.form["area" + suffix].isTrue
      halves.append(
        Half(
          style: CartesianStyle(chart, kind: kind, isArea: isArea),
          series: data.series,
          isSecond: chart.form["yAxisIndex" + suffix]?.integerValue == 1))
      positions.append(data.positions)
    }
    guard !halves.isEmpty else { throw .empty }
    let joined = MixedPositions(positions)
    for index in halves.indices {
      halves[index].series = joined.spread(halves[index].series, of: index)
    }
    return MixedPicture(chart, halves, joined.positions).drawn(in: box)
  }

  private let chart: Chart
  private let halves: [Half]
  private let positions: CartesianData.Positions
  private let pen: Pen

  private init(_ chart: Chart, _ halves: [Half], _ positions: CartesianData.Positions) {
    (self.chart, self.halves, self.positions) = (chart, halves, positions)
    pen = Pen(theme: chart.theme)
  }

  private func drawn(in box: Box) -> Markup {
    var scale = chart.colours
    let colours = halves.map { half in half.series.map { scale.colour(of: $0.name).css } }
    let notes = Annotations(chart, over: positions, &scale)
    let entries = zip(halves, colours).flatMap { half, colours in
      zip(half.series, colours).map {
        Legend.Entry(
          label: chart.title(ofSeries: $0.name), colour: $1, isLine: !half.style.kind.isBar)
      }
    }
    var (output, rest) = Legend(chart, entries + notes.entries).laid(in: box)
    let number = chart.format(nil, chart.text("y_axis_format_secondary") ?? "SMART_NUMBER")
    let first = values(halves.filter { !$0.isSecond }, notes.values)
    let second = values(halves.filter(\.isSecond), [])?.aligned(with: first)
    let labels = (second?.ticks ?? []).map { ($0, PlainText.cleaned(number.text($0), limit: 60)) }
    let widest = labels.map { AxisLabels.fit.width(of: $0.1) }.max() ?? 0
    if second != nil { rest = rest.inset(right: widest) }
    let axes = CartesianAxes(
      chart, halves[0].style, in: rest,
      positions: PositionAxis(positions, isBanded: halves.contains { $0.style.kind.isBar }),
      values: first ?? second ?? .even(NiceScale(0, 1)),
      number: chart.format(nil, chart.text("y_axis_format") ?? "SMART_NUMBER"))
    output += axes.drawn
    let other = second.map { axes.sharing($0, pen) } ?? axes
    for (value, label) in labels where first != nil {
      guard let share = second?.share(value) else { continue }
      let place = axes.frame.point(1, share)
      output += pen.text(
        label, place.x + Self.labelGap, place.y + 4, Pen.Letters(colour: pen.theme.faint))
    }
    let others = AnnotationMarks(annotations: notes, axes: axes, pen: pen)
    output += others.below
    // Lines lie upon bars.
    for isBar in [true, false] {
      for (half, colours) in zip(halves, colours) where half.style.kind.isBar == isBar {
        output += marks(half, colours, half.isSecond ? other : axes)
      }
    }
    return pen.canvas(box.width, box.height, label: chart.title, output + others.above)
  }

  private func values(_ halves: [Half], _ others: [Double]) -> ValueScale? {
    guard !halves.isEmpty else { return nil }
    let bounds = halves.flatMap { Array(StackedValues($0.series, $0.style.stack).bounds) } + others
    return ValueScale(of: bounds, isLogarithmic: halves[0].style.isLogarithmic, isZeroed: true)
  }

  private func marks(_ half: Half, _ colours: [String], _ axes: CartesianAxes) -> Markup {
    let spans = StackedValues(half.series, half.style.stack).spans
    if half.style.kind.isBar {
      return BarMarks(axes: axes, style: half.style, pen: pen).drawn(
        spans, colours: colours, number: NumberText())
    }
    let lines = LineMarks(axes: axes, style: half.style, pen: pen, series: spans.count)
    return LineMarks.joined(zip(spans, colours).map { lines.drawn($0, colour: $1) })
  }
}

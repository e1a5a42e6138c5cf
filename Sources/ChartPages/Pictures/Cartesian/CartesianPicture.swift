// SPDX-License-Identifier: MIT

/// Lines, bars, areas and dots over two axes.
enum CartesianPicture {
  static func drawn(
    _ chart: Chart, in box: Box, _ kind: CartesianStyle.Kind, isArea: Bool = false
  ) throws(ChartFault) -> Markup {
    let data = try CartesianData(chart, isBar: kind.isBar)
    let style = CartesianStyle(chart, kind: kind, isArea: isArea)
    let pen = Pen(theme: chart.theme)
    var scale = chart.colours
    let colours = data.series.map { scale.colour(of: $0.name).css }
    let notes = Annotations(chart, over: data.positions, &scale)
    let isLine = !kind.isBar && kind != .scatter
    let entries = zip(data.series, colours).map { series, colour in
      Legend.Entry(
        label: chart.title(ofSeries: series.name), colour: colour, isLine: isLine,
        isDot: kind == .scatter)
    }
    let (legend, rest) = Legend(chart, entries + notes.entries).laid(in: box)
    let stacked = StackedValues(data.series, style.stack)
    let number = number(chart, data, style)
    let axes = CartesianAxes(
      chart, style, in: rest, positions: PositionAxis(data.positions, isBanded: kind.isBar),
      values: values(stacked, style, notes.values), number: number)
    let marks =
      kind.isBar
      ? BarMarks(axes: axes, style: style, pen: pen).drawn(
        stacked.spans, colours: colours, number: number)
      : lines(
        LineMarks(axes: axes, style: style, pen: pen, series: data.series.count), stacked.spans,
        colours)
    let others = AnnotationMarks(annotations: notes, axes: axes, pen: pen)
    return pen.canvas(
      box.width, box.height, label: chart.title,
      legend + axes.drawn + others.below + marks + others.above)
  }

  private static func lines(
    _ marks: LineMarks, _ spans: [[StackedValues.Span?]], _ colours: [String]
  ) -> Markup {
    LineMarks.joined(zip(spans, colours).map { marks.drawn($0, colour: $1) })
  }

  private static func values(
    _ stacked: StackedValues, _ style: CartesianStyle, _ others: [Double]
  ) -> ValueScale {
    let isZeroed = style.isZeroed || style.stack != .none
    let values = isZeroed ? Array(stacked.bounds) : Array(stacked.ends)
    var scale = ValueScale(
      of: values + others, isLogarithmic: style.isLogarithmic, isZeroed: isZeroed)
    if style.stack == .share {
      scale = .even(NiceScale(0, 1))
    }
    scale.bound(low: style.bounds.low, high: style.bounds.high)
    return scale
  }

  private static func number(
    _ chart: Chart, _ data: CartesianData, _ style: CartesianStyle
  ) -> NumberText {
    let isShare = style.stack == .share || chart.text("contributionMode") != nil
    if isShare { return NumberText(",.0%") }
    let metrics = FormLabels.metrics(chart.form["metrics"])
    return chart.format(
      metrics.count == 1 ? metrics[0] : nil, chart.text("y_axis_format") ?? "SMART_NUMBER")
  }
}

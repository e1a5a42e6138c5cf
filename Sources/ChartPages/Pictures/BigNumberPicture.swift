// SPDX-License-Identifier: MIT
import JSONValues

/// One number in large letters, and with it, where there are times, a line of what went before.
enum BigNumberPicture: Picture {
  /// Superset's own choice for the line.
  private static let usual = Colour(0x007A87)

  static func drawn(_ chart: Chart, in box: Box) throws(ChartFault) -> Markup {
    let table = try chart.table()
    guard let metric = chart.metrics(of: table).first ?? table.columns.first?.name else {
      throw .empty
    }
    let trend = chart.viz == "big_number" ? trend(chart, table, metric) : []
    let value =
      chart.viz == "big_number" && !trend.isEmpty
      ? trend.last { $0.value != nil }?.value.map(JSONValue.double) : table.rows[0][metric]
    let header = text(value, chart, table[metric])
    let subheader = change(chart, trend) ?? chart.text("subheader") ?? ""
    let pen = Pen(theme: chart.theme)
    let line = trend.count > 1 ? box.inset(top: box.height * 0.68) : nil
    let place = line.map { box.inset(bottom: $0.height) } ?? box
    var output = words(header, subheader, chart, in: place, pen)
    if let line, chart.form["show_trend_line"].map(\.isTrue) ?? true {
      output += drawn(trend, chart, in: line.inset(bottom: 4), pen)
    }
    return pen.canvas(box.width, box.height, label: chart.title, output)
  }

  private typealias Point = (time: Double, value: Double?)

  private static func trend(_ chart: Chart, _ table: DataTable, _ metric: String) -> [Point] {
    let named = FormLabels.columns(chart.form["x_axis"]) + ["__timestamp"] + table.times
    guard let axis = named.first(where: { table[$0]?.kind == .time }) ?? table.times.first else {
      return []
    }
    return table.rows.compactMap { row -> Point? in
      row[axis]?.plotted.map { ($0, row[metric]?.plotted) }
    }.sorted { $0.time < $1.time }
  }

  private static func text(_ value: JSONValue?, _ chart: Chart, _ column: DataTable.Column?)
    -> String
  {
    guard let value, !value.isNull else { return "No data" }
    let isTime = column?.kind == .time || chart.form["force_timestamp_formatting"].isTrue
    if isTime, let time = value.plotted { return TimeFormat(chart.text("time_format")).text(time) }
    guard let number = value.plotted else {
      return SeriesName.text(value, time: TimeFormat(chart.text("time_format")))
    }
    return chart.format(column?.name, chart.text("y_axis_format") ?? "SMART_NUMBER").text(number)
  }

  /// How much the last value differs from one `compare_lag` before it.
  private static func change(_ chart: Chart, _ trend: [Point]) -> String? {
    let lag = Int(chart.number("compare_lag", 0...100_000, else: 0))
    guard lag > 0, trend.count > lag, let now = trend.last?.value,
      let then = trend[trend.count - 1 - lag].value, then != 0
    else { return nil }
    let share = ValueFormat("+,.1%").text((now - then) / abs(then))
    return "\(share) \(chart.text("compare_suffix") ?? "")"
  }

  private static func words(
    _ header: String, _ subheader: String, _ chart: Chart, in box: Box, _ pen: Pen
  ) -> Markup {
    let (header, subheader) = (PlainText.cleaned(header), PlainText.cleaned(subheader))
    // Superset takes its sizes of what is left within a padding.
    let whole = box.height - min(32, box.height * 0.2)
    let room = box.inset(left: 4, right: 4)
    let large = TextFit.size(
      of: header, width: room.width,
      atMost: max(12, whole * chart.number("header_font_size", 0.1...0.8, else: 0.4)))
    let small = TextFit.size(
      of: subheader, width: room.width,
      atMost: max(10, whole * chart.number("subheader_font_size", 0.05...0.5, else: 0.15)))
    let isAlone = subheader.isEmpty
    let height = large * 1.05 + (isAlone ? 0 : small * 1.2)
    let top = box.middleY - height / 2
    let shown = TextFit(size: large).fitted(header, into: room.width)
    var output = pen.text(
      shown, room.left, top + large * 0.8,
      Pen.Letters(size: large, colour: pen.theme.strong))
    if !isAlone {
      let fit = TextFit(size: max(10, small))
      let shown = fit.fitted(subheader, into: room.width)
      output += pen.text(
        shown, room.left, top + large * 1.05 + small * 0.9, Pen.Letters(size: fit.size))
    }
    return output
  }

  private static func drawn(_ trend: [Point], _ chart: Chart, in box: Box, _ pen: Pen) -> Markup {
    let colour = colour(chart).css
    let isZeroed = chart.form["start_y_axis_at_zero"].map(\.isTrue) ?? true
    let scale = ValueScale(
      of: trend.compactMap(\.value), isLogarithmic: false, isZeroed: isZeroed)
    let series = CartesianData.Series(name: "", values: trend.map(\.value))
    let style = CartesianStyle(chart, kind: .smooth, isArea: true)
    let frame = PlotFrame(area: box.inset(bottom: 2), isHorizontal: false)
    let axes = CartesianAxes(
      frame: frame, positions: PositionAxis(.times(trend.map(\.time)), isBanded: false),
      values: scale, pen: pen)
    let spans = StackedValues([series], .none).spans[0]
    let marks = LineMarks(axes: axes, style: style, pen: pen, isFading: true)
    return LineMarks.joined([marks.drawn(spans, colour: colour)])
  }

  private static func colour(_ chart: Chart) -> Colour {
    guard let picker = chart.form["color_picker"], let red = picker["r"]?.plotted,
      let green = picker["g"]?.plotted, let blue = picker["b"]?.plotted
    else { return usual }
    return Colour(red: red, green: green, blue: blue)
  }
}

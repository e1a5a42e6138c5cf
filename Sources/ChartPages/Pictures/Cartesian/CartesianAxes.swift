// SPDX-License-Identifier: MIT

/// The frame of a chart with two axes: where its area is, its marks, lines and labels.
struct CartesianAxes {
  let frame: PlotFrame
  let positions: PositionAxis
  let values: ValueScale
  private let labels: AxisLabels
  private let valueLabels: [(value: Double, label: String)]
  private let titles: (x: String, y: String)
  private let pen: Pen

  init(
    _ chart: Chart, _ style: CartesianStyle, in box: Box, positions: PositionAxis,
    values: ValueScale, number: NumberText
  ) {
    pen = Pen(theme: chart.theme)
    self.positions = positions
    self.values = values
    titles = style.axisTitles
    let title = (x: titles.x.isEmpty ? 0.0 : 20, y: titles.y.isEmpty ? 0.0 : 20)
    let named = values.ticks.map { (value: $0, label: PlainText.cleaned(number.text($0))) }
    let widest = named.map { AxisLabels.fit.width(of: $0.label) }.max() ?? 0
    let time = chart.text("x_axis_time_format").flatMap {
      $0 == "smart_date" ? nil : TimeFormat($0)
    }
    let format = chart.format(nil, chart.text("x_axis_number_format") ?? "SMART_NUMBER")
    if style.isHorizontal {
      let inner = box.inset(top: 10, right: widest / 2 + 8, bottom: 24 + title.x)
      let ticks = positions.ticks(length: inner.height, time: time, number: format)
      labels = AxisLabels(positions, ticks, beside: inner)
      let area = inner.inset(left: labels.depth + title.y + 4)
      frame = PlotFrame(area: area, isHorizontal: true)
      valueLabels = Self.spaced(named, widest + 10, length: area.width)
    } else {
      var area = box.inset(
        left: widest + 14 + title.y, top: 14, right: 20, bottom: 22 + title.x)
      let ticks = positions.ticks(length: area.width, time: time, number: format)
      labels = AxisLabels(positions, ticks, below: area, rotation: style.rotation)
      area = area.inset(bottom: labels.depth - 22)
      area = area.inset(left: max(0, min(area.width / 3, labels.overhang(area))))
      frame = PlotFrame(area: area, isHorizontal: false)
      valueLabels = Self.spaced(named, 15, length: area.height)
    }
  }

  /// A frame without marks and labels.
  init(frame: PlotFrame, positions: PositionAxis, values: ValueScale, pen: Pen) {
    (self.frame, self.positions, self.values, self.pen) = (frame, positions, values, pen)
    labels = AxisLabels(positions, [], beside: frame.area)
    (valueLabels, titles) = ([], ("", ""))
  }

  /// The same frame with other values.
  func sharing(_ values: ValueScale, _ pen: Pen) -> CartesianAxes {
    CartesianAxes(frame: frame, positions: positions, values: values, pen: pen)
  }

  /// Every second or third value, where all would touch.
  private static func spaced(
    _ labels: [(value: Double, label: String)], _ size: Double, length: Double
  ) -> [(value: Double, label: String)] {
    let step = max(1, Int((Double(labels.count) * size / max(1, length)).rounded(.up)))
    return labels.enumerated().filter { $0.offset % step == 0 }.map(\.element)
  }

  var drawn: Markup {
    var output = Markup()
    for (value, label) in valueLabels {
      guard let share = values.share(value) else { continue }
      let (from, to) = (frame.point(0, share), frame.point(1, share))
      output += pen.line(from, to, stroke: pen.theme.grid, kind: "grid")
      output +=
        frame.isHorizontal
        ? self.label(label, from.x, frame.area.bottom + 16, .middle)
        : self.label(label, frame.area.left - 8, from.y + 4, .end)
    }
    let base = values.base
    output += pen.line(
      frame.point(0, base), frame.point(1, base), stroke: pen.theme.faint, kind: "axis")
    for tick in labels.ticks { output += drawn(tick) }
    return output + drawnTitles
  }

  /// Names stand in the middle of their bands and need none.
  private var hasMarks: Bool {
    if case .labels = positions.positions { false } else { true }
  }

  private func drawn(_ tick: PositionAxis.Tick) -> Markup {
    let place = frame.point(tick.share, 0)
    if frame.isHorizontal { return label(tick.label, place.x - 8, place.y + 4, .end) }
    let foot = frame.point(tick.share, values.base)
    let mark =
      hasMarks
      ? pen.line(foot, (foot.x, foot.y + 5), stroke: pen.theme.faint, kind: "tick") : Markup()
    switch labels.lie {
    case .flat:
      let letters = Pen.Letters(
        colour: pen.theme.faint, anchor: .middle, isBold: tick.isMajor)
      return mark + pen.text(tick.label, place.x, place.y + 17, letters)
    case .turned(let angle):
      let letters = Pen.Letters(colour: pen.theme.faint, anchor: .end, turn: -angle)
      return mark + pen.text(tick.label, place.x + 4, place.y + 14, letters)
    }
  }

  private func label(_ text: String, _ x: Double, _ y: Double, _ anchor: Pen.Anchor) -> Markup {
    pen.text(text, x, y, Pen.Letters(colour: pen.theme.faint, anchor: anchor))
  }

  private var drawnTitles: Markup {
    let area = frame.area
    var output = Markup()
    if !titles.x.isEmpty {
      let title = AxisLabels.fit.fitted(PlainText.cleaned(titles.x), into: area.width)
      let below = frame.isHorizontal ? 38 : labels.depth + 14
      output += label(title, area.middleX, area.bottom + below, .middle)
    }
    if !titles.y.isEmpty {
      let title = AxisLabels.fit.fitted(PlainText.cleaned(titles.y), into: area.height)
      let letters = Pen.Letters(colour: pen.theme.faint, anchor: .middle, turn: -90)
      output += pen.text(title, 14, area.middleY, letters)
    }
    return output
  }
}

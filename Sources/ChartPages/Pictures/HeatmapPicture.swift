// SPDX-License-Identifier: MIT

/// A cell for each pair of names, coloured by its value.
struct HeatmapPicture: Picture {
  private let data: HeatmapData
  private let chart: Chart
  private let pen: Pen
  private let number: NumberText
  private let scheme: String?
  private let low: Double
  private let high: Double

  static func drawn(_ chart: Chart, in box: Box) throws(ChartFault) -> Markup {
    let picture = HeatmapPicture(chart, try HeatmapData(chart))
    return picture.pen.canvas(
      box.width, box.height, label: chart.title, picture.drawn(in: box))
  }

  private init(_ chart: Chart, _ data: HeatmapData) {
    (self.chart, self.data) = (chart, data)
    pen = Pen(theme: chart.theme)
    scheme = chart.text("linear_color_scheme")
    number = chart.format(
      data.metric == "v" ? nil : data.metric, chart.text("y_axis_format") ?? "SMART_NUMBER")
    let bounds = (chart.form["value_bounds"] ?? chart.form["y_axis_bounds"]).list.map(\.plotted)
    let values = data.cells.map(\.value)
    low = (bounds.count == 2 ? bounds[0] : nil) ?? values.min() ?? 0
    high = (bounds.count == 2 ? bounds[1] : nil) ?? values.max() ?? 1
  }

  private func share(_ value: Double) -> Double {
    high > low ? max(0, min(1, (value - low) / (high - low))) : 0.5
  }

  private func drawn(in box: Box) -> Markup {
    let hasLegend = chart.form["show_legend"].map(\.isTrue) ?? true
    let key = hasLegend ? 24.0 : 0
    let inner = box.inset(top: key + 8, right: 14, bottom: 22)
    let down = PositionAxis(.labels(data.rows), isBanded: true)
    let across = PositionAxis(.labels(data.columns), isBanded: true)
    let names = AxisLabels(
      down, down.ticks(length: inner.height, time: nil, number: number), beside: inner)
    var area = inner.inset(left: names.depth + 4)
    let below = AxisLabels(
      across, across.ticks(length: area.width, time: nil, number: number), below: area,
      rotation: chart.number("xAxisLabelRotation", -90...90, else: 0))
    area = area.inset(bottom: below.depth - 22)
    area = area.inset(left: max(0, min(area.width / 3, below.overhang(area))))
    var output = hasLegend ? legend(Box(area.left, box.top + 2, area.width, key)) : Markup()
    output += cells(in: area)
    for tick in names.ticks {
      // Rows go upwards, as on any axis of values.
      let y = area.bottom - tick.share * area.height
      output += label(tick.label, area.left - 8, y + 4, .end)
    }
    for tick in below.ticks { output += label(tick, below.lie, area) }
    return output
  }

  private func cells(in area: Box) -> Markup {
    let width = area.width / Double(data.columns.count)
    let height = area.height / Double(data.rows.count)
    let showsValues = (chart.form["show_values"] ?? chart.form["show_value"]).isTrue
    let fit = TextFit(size: 11)
    var output = Markup()
    for cell in data.cells {
      let colour = SequentialScheme.colour(share(cell.value), in: scheme)
      let box = Box(
        area.left + Double(cell.column) * width, area.bottom - Double(cell.row + 1) * height, width,
        height)
      output += pen.rectangle(box, fill: colour.css)
      guard showsValues else { continue }
      let text = number.text(cell.value)
      guard fit.width(of: text) < width - 2, height > 12 else { continue }
      let letters = Pen.Letters(size: 11, colour: colour.ink, anchor: .middle)
      output += pen.text(text, box.middleX, box.middleY + 4, letters)
    }
    return output
  }

  private func label(_ tick: PositionAxis.Tick, _ lie: AxisLabels.Lie, _ area: Box) -> Markup {
    let x = area.left + tick.share * area.width
    switch lie {
    case .flat: return label(tick.label, x, area.bottom + 17, .middle)
    case .turned(let angle):
      let letters = Pen.Letters(colour: pen.theme.faint, anchor: .end, turn: -angle)
      return pen.text(tick.label, x + 4, area.bottom + 14, letters)
    }
  }

  /// The colours from the lowest value to the highest.
  private func legend(_ box: Box) -> Markup {
    let steps = 40
    let width = min(200, box.width * 0.5)
    let (first, last) = (number.text(low), number.text(high))
    let fit = TextFit(size: 11)
    let left = box.right - width - fit.width(of: last) - 6
    var output = label(first, left - 6, box.top + 14, .end)
    for index in 0..<steps {
      let size = width / Double(steps)
      let colour = SequentialScheme.colour(Double(index) / Double(steps - 1), in: scheme)
      output += pen.rectangle(
        Box(left + Double(index) * size, box.top + 4, size + 0.5, 12), fill: colour.css,
        kind: "ramp")
    }
    return output + label(last, box.right, box.top + 14, .end)
  }

  private func label(_ text: String, _ x: Double, _ y: Double, _ anchor: Pen.Anchor) -> Markup {
    pen.text(text, x, y, Pen.Letters(colour: pen.theme.faint, anchor: anchor))
  }
}

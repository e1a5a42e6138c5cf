// SPDX-License-Identifier: MIT

/// Values on a scale that is bent around their numbers.
enum GaugePicture: Picture {
  /// From where to where the scale goes, in turns from the top: a quarter of the circle stays open.
  private static let turn = (from: -0.375, to: 0.375)

  static func drawn(_ chart: Chart, in box: Box) throws(ChartFault) -> Markup {
    let parts = try Slices(chart)
    let slices = Array(parts.slices.prefix(10))
    let pen = Pen(theme: chart.theme)
    let number = chart.format(parts.metric, chart.text("number_format") ?? "SMART_NUMBER")
    let (low, high) = bounds(chart, slices)
    var scale = chart.colours
    let radius = min(box.width, box.height) / 2 - 24
    let thickness = max(4, min(18, radius / Double(slices.count + 3)))
    var output = Markup()
    for (index, slice) in slices.enumerated() {
      let outer = radius - Double(index) * (thickness + 3)
      let ring = Ring(
        middle: (box.middleX, box.middleY), inner: max(1, outer - thickness), outer: outer)
      let share = high > low ? max(0, min(1, (slice.value - low) / (high - low))) : 0
      let end = turn.from + (turn.to - turn.from) * share
      output += pen.shape(
        ring.path(turn.from, turn.to, outer: outer), fill: pen.theme.grid, opacity: 0.8)
      output += pen.shape(
        ring.path(turn.from, max(end, turn.from + 0.001), outer: outer),
        fill: scale.colour(of: slice.name).css)
    }
    output += words(slices, number, radius - Double(slices.count) * (thickness + 3), box, pen)
    output += ends(number.text(low), number.text(high), radius, box, pen)
    return pen.canvas(box.width, box.height, label: chart.title, output)
  }

  private static func bounds(_ chart: Chart, _ slices: [Slices.Slice]) -> (Double, Double) {
    let greatest = slices.map(\.value).max() ?? 1
    let low = chart.form["min_val"]?.plotted ?? 0
    let high = chart.form["max_val"]?.plotted ?? NiceScale(0, greatest).high
    return (low, high)
  }

  private static func words(
    _ slices: [Slices.Slice], _ number: NumberText, _ room: Double, _ box: Box, _ pen: Pen
  ) -> Markup {
    let size = slices.count == 1 ? max(12, min(48, room / 2)) : 12
    let line = size * 1.3
    var output = Markup()
    for (index, slice) in slices.enumerated() {
      let text =
        slices.count == 1
        ? number.text(slice.value)
        : "\(PlainText.cleaned(slice.name, limit: 100)): \(number.text(slice.value))"
      let y = box.middleY + (Double(index) - Double(slices.count - 1) / 2) * line + size / 3
      let shown = TextFit(size: size).fitted(text, into: max(40, room * 1.7))
      output += pen.text(shown, box.middleX, y, Pen.Letters(size: size, anchor: .middle))
    }
    return output
  }

  private static func ends(
    _ low: String, _ high: String, _ radius: Double, _ box: Box, _ pen: Pen
  ) -> Markup {
    let ring = Ring(middle: (box.middleX, box.middleY), inner: 0, outer: radius)
    let (left, right) = (ring.point(turn.from, radius), ring.point(turn.to, radius))
    let letters = Pen.Letters(size: 11, colour: pen.theme.faint, anchor: .middle)
    return pen.text(low, left.x, left.y + 16, letters)
      + pen.text(high, right.x, right.y + 16, letters)
  }
}

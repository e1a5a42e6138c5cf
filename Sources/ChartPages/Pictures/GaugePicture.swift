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
    let radius = min(box.width, box.height) / 2 * 0.75
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
    let inner = radius - Double(slices.count) * (thickness + 3)
    if slices.count == 1 {
      let share = high > low ? max(0, min(1, (slices[0].value - low) / (high - low))) : 0
      output += hand(
        number.text(slices[0].value), turn.from + (turn.to - turn.from) * share, inner, box, pen,
        scale.colour(of: slices[0].name).css,
        isShown: chart.form["show_pointer"].map(\.isTrue) ?? true)
    } else {
      output += words(slices, number, inner, box, pen)
    }
    let steps = Int(chart.number("split_number", 1...30, else: 10))
    let values = (0...steps).map { low + (high - low) * Double($0) / Double(steps) }
    output += labels(values.map(number.text), radius, box, pen)
    return pen.canvas(box.width, box.height, label: chart.title, output)
  }

  private static func bounds(_ chart: Chart, _ slices: [Slices.Slice]) -> (Double, Double) {
    // As in Superset the greatest value stands in the middle.
    let greatest = slices.map(\.value).max() ?? 0
    let low = chart.form["min_val"]?.plotted ?? 0
    return (low, chart.form["max_val"]?.plotted ?? max(greatest * 2, low + 1))
  }

  /// The pointer, and below it the value.
  private static func hand(
    _ value: String, _ turn: Double, _ radius: Double, _ box: Box, _ pen: Pen, _ colour: String,
    isShown: Bool
  ) -> Markup {
    let ring = Ring(middle: (box.middleX, box.middleY), inner: 0, outer: radius)
    let size = max(10, min(24, radius / 9))
    let text = pen.text(
      TextFit(size: size, isBold: true).fitted(value, into: radius * 1.6), box.middleX,
      box.middleY + radius * 0.36 + size / 3,
      Pen.Letters(size: size, colour: colour, anchor: .middle, isBold: true))
    guard isShown else { return text }
    let (tip, tail) = (ring.point(turn, radius * 0.65), ring.point(turn + 0.5, radius * 0.06))
    let (left, right) = (
      ring.point(turn - 0.25, radius * 0.03), ring.point(turn + 0.25, radius * 0.03)
    )
    let corners = [tip, right, tail, left].map { "\($0.x.css) \($0.y.css)" }
    return pen.shape("M" + corners.joined(separator: "L") + "Z", fill: colour) + text
  }

  private static func words(
    _ slices: [Slices.Slice], _ number: NumberText, _ room: Double, _ box: Box, _ pen: Pen
  ) -> Markup {
    let size = 12.0
    let line = size * 1.3
    var output = Markup()
    for (index, slice) in slices.enumerated() {
      let text = "\(PlainText.cleaned(slice.name, limit: 100)): \(number.text(slice.value))"
      let y = box.middleY + (Double(index) - Double(slices.count - 1) / 2) * line + size / 3
      let shown = TextFit(size: size).fitted(text, into: max(40, room * 1.7))
      output += pen.text(shown, box.middleX, y, Pen.Letters(size: size, anchor: .middle))
    }
    return output
  }

  /// The numbers around the scale, as many as there is room for.
  private static func labels(
    _ texts: [String], _ radius: Double, _ box: Box, _ pen: Pen
  ) -> Markup {
    let ring = Ring(middle: (box.middleX, box.middleY), inner: 0, outer: radius)
    let fit = TextFit(size: 11)
    let texts = texts.map { fit.fitted(PlainText.cleaned($0, limit: 60), into: radius / 2) }
    let widest = texts.map { fit.width(of: $0) }.max() ?? 0
    let apart = radius * 2 * .pi * (turn.to - turn.from) / Double(max(1, texts.count - 1))
    let step = max(1, Int(((widest + 6) / max(1, apart)).rounded(.up)))
    var output = Markup()
    for (index, text) in texts.enumerated() where index % step == 0 || index == texts.count - 1 {
      let share = Double(index) / Double(max(1, texts.count - 1))
      let place = ring.point(turn.from + (turn.to - turn.from) * share, radius + 10)
      let side = share < 0.49 ? Pen.Anchor.end : share > 0.51 ? .start : .middle
      output += pen.text(
        text, place.x, place.y + (side == .middle ? -2 : 4),
        Pen.Letters(size: 11, colour: pen.theme.faint, anchor: side))
    }
    return output
  }
}

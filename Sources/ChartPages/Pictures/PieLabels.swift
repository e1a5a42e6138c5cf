// SPDX-License-Identifier: MIT

/// What stands beside or upon the pieces of a pie.
struct PieLabels {
  private static let fit = TextFit(size: 12)
  private static let line = 14.0

  private let chart: Chart
  private let ring: Ring
  private let box: Box
  private let isOutside: Bool
  private let threshold: Double
  private let isShown: Bool
  private let number: NumberText
  /// Where the last label stands, at the right and at the left: the next one must not cover it.
  private var heights: (right: Double, left: Double)

  init(_ chart: Chart, _ parts: Slices, _ ring: Ring, in box: Box) {
    (self.chart, self.ring, self.box) = (chart, ring, box)
    isOutside = chart.form["labels_outside"].map(\.isTrue) ?? true
    threshold = chart.number("show_labels_threshold", 0...100, else: 5) / 100
    isShown = chart.form["show_labels"].map(\.isTrue) ?? true
    number = chart.format(parts.metric, chart.text("number_format") ?? "SMART_NUMBER")
    heights = (box.top, box.bottom + Self.line)
  }

  /// Clockwise the labels go down at the right and up at the left.
  private mutating func height(_ wished: Double, isRight: Bool) -> Double? {
    let y =
      isRight
      ? max(wished, heights.right + Self.line)
      : min(wished, heights.left - Self.line)
    guard y > box.top + 8, y < box.bottom - 2 else { return nil }
    if isRight { heights.right = y } else { heights.left = y }
    return y
  }

  mutating func drawn(
    _ slice: Slices.Slice, share: Double, from: Double, to: Double, _ colour: String, _ pen: Pen
  ) -> Markup {
    guard isShown, share >= threshold, share > 0 else { return Markup() }
    let middle = (from + to) / 2
    let label = PlainText.cleaned(text(slice, share), limit: 300)
    guard isOutside else {
      let place = ring.point(middle, (ring.inner + ring.outer) / 2 + ring.outer * 0.1)
      let shown = Self.fit.fitted(label, into: ring.outer)
      let letters = Pen.Letters(colour: Colour(colour)?.ink, anchor: .middle)
      return pen.text(shown, place.x, place.y + 4, letters)
    }
    let place = ring.point(middle, ring.outer + 35)
    let isRight = middle <= 0.5
    let room = isRight ? box.right - place.x - 4 : place.x - box.left - 4
    let near = room < Self.fit.width(of: label) ? ring.point(middle, ring.outer + 10) : place
    let wide = isRight ? box.right - near.x - 4 : near.x - box.left - 4
    let shown = Self.fit.fitted(label, into: wide)
    let anchor: Pen.Anchor = isRight ? .start : .end
    let line =
      chart.form["label_line"].isTrue
      ? pen.line(ring.point(middle, ring.outer), near, stroke: colour, kind: "lead") : Markup()
    let wished = max(box.top + 12, min(box.bottom - 6, near.y + 4))
    guard let y = height(wished, isRight: isRight) else { return Markup() }
    return line + pen.text(shown, near.x, y, Pen.Letters(anchor: anchor))
  }

  private func text(_ slice: Slices.Slice, _ share: Double) -> String {
    let value = number.text(slice.value)
    let percent = ValueFormat.percent.text(share)
    switch chart.text("label_type") {
    case "value": return value
    case "percent": return percent
    case "key_value": return "\(slice.name): \(value)"
    case "key_percent": return "\(slice.name): \(percent)"
    case "key_value_percent": return "\(slice.name): \(value) (\(percent))"
    case "value_percent": return "\(value) (\(percent))"
    case "template": return filled(slice.name, value, percent)
    default: return slice.name
    }
  }

  private func filled(_ name: String, _ value: String, _ percent: String) -> String {
    (chart.text("label_template") ?? "{name}").replacing("{name}", with: name)
      .replacing("{value}", with: value).replacing("{percent}", with: percent)
  }

  /// In the hole of a ring, or upon a pie.
  func total(_ total: Double, _ pen: Pen) -> Markup {
    guard chart.form["show_total"].isTrue else { return Markup() }
    let text = "Total: \(number.text(total))"
    let width = ring.inner > 0 ? ring.inner * 1.8 : ring.outer * 1.6
    let size = TextFit.size(of: text, width: width, atMost: 16)
    let letters = Pen.Letters(size: size, anchor: .middle, isBold: true)
    return pen.text(text, ring.middle.x, ring.middle.y + size / 3, letters)
  }
}

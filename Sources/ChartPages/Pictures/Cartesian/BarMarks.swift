// SPDX-License-Identifier: MIT

/// Bars, beside each other or one upon the other.
struct BarMarks {
  let axes: CartesianAxes
  let style: CartesianStyle
  let pen: Pen

  /// As ECharts: the more bars in a band, the less room around them.
  private func layout(_ count: Int) -> (thickness: Double, step: Double, first: Double) {
    let band = axes.positions.band * axes.frame.length
    let share = 1 - Double(max(35 - count * 4, 15)) / 100
    let gap = 0.3
    let units = Double(count) + Double(count - 1) * gap
    // Thinner ones cannot be seen; of those that fall upon each other only the greatest is drawn.
    let thickness = max(min(1, axes.frame.length), band * share / units)
    let step = thickness * (1 + gap)
    return (thickness, step, -(step * Double(count - 1) + thickness) / 2)
  }

  func drawn(_ spans: [[StackedValues.Span?]], colours: [String], number: NumberText) -> Markup {
    guard !spans.isEmpty else { return Markup() }
    let isStacked = style.stack != .none
    let layout = layout(isStacked ? 1 : spans.count)
    let length = Int(axes.frame.length)
    // Some hundred are always drawn, and never more than can be seen.
    let most = max(200, min(length, isStacked ? 12_000 / spans.count : length / spans.count))
    var output = Markup()
    for (index, spans) in spans.enumerated() {
      let offset = layout.first + (isStacked ? 0 : Double(index) * layout.step)
      for place in chosen(spans, most: most) {
        guard let span = spans[place], let from = share(span.from), let to = share(span.to)
        else { continue }
        let box = axes.frame.bar(
          axes.positions.share(place), offset: offset, thickness: layout.thickness, from: from,
          to: to)
        output += pen.rectangle(box, fill: colours[index])
        if style.showsValues {
          output += value(number.text(span.to - span.from), box, isStacked, colours[index])
        }
      }
    }
    return output
  }

  /// What begins at zero begins at the axis, which on a scale of powers is its lower end.
  private func share(_ value: Double) -> Double? {
    value == 0 ? axes.values.base : axes.values.share(value)
  }

  private func chosen(_ spans: [StackedValues.Span?], most: Int) -> [Int] {
    guard spans.count > most else { return Array(spans.indices) }
    let size = (spans.count + most - 1) / most
    return stride(from: 0, to: spans.count, by: size).map { start in
      let bucket = start..<min(spans.count, start + size)
      return bucket.max {
        abs(spans[$0]?.to ?? 0) < abs(spans[$1]?.to ?? 0)
      } ?? start
    }
  }

  private func value(_ text: String, _ box: Box, _ isInside: Bool, _ colour: String) -> Markup {
    let fit = TextFit(size: 11)
    let width = fit.width(of: text)
    let area = axes.frame.area
    if isInside {
      guard box.width > width + 2, box.height > 12 else { return Markup() }
      let ink = Colour(colour)?.ink ?? pen.theme.text
      let letters = Pen.Letters(size: 11, colour: ink, anchor: .middle)
      return pen.text(text, box.middleX, box.middleY + 4, letters)
    }
    if axes.frame.isHorizontal {
      guard box.height > 10 else { return Markup() }
      let isFree = box.right + width + 6 < area.right + 20
      let place = isFree ? box.right + 4 : box.right - width - 4
      return pen.text(text, place, box.middleY + 4, Pen.Letters(size: 11))
    }
    guard box.width * 1.3 > width else { return Markup() }
    let letters = Pen.Letters(size: 11, anchor: .middle)
    return pen.text(text, box.middleX, max(area.top - 2, box.top - 4), letters)
  }
}

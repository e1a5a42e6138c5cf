// SPDX-License-Identifier: MIT

/// The shapes of annotations in the frame of a chart.
struct AnnotationMarks {
  private static let fit = TextFit(size: 12, isBold: true)

  let annotations: Annotations
  let axes: CartesianAxes
  let pen: Pen

  /// Behind the series.
  var below: Markup {
    var output = Markup()
    for note in annotations.notes {
      guard let end = note.record.end, let span = span(note.record.begin, end) else { continue }
      let (from, to) = (axes.frame.point(span.from, 1), axes.frame.point(span.to, 0))
      let box = Box(
        min(from.x, to.x), min(from.y, to.y), max(1, abs(to.x - from.x)), max(1, abs(to.y - from.y))
      )
      output += pen.rectangle(
        box, fill: note.stroke.colour, kind: "span", opacity: note.stroke.opacity)
      if note.isNamed { output += name(note, above: box) }
    }
    return output
  }

  /// Upon the series.
  var above: Markup {
    var output = Markup()
    for line in annotations.lines { output += drawn(line) }
    for note in annotations.notes where note.record.end == nil {
      guard let share = share(note.record.begin) else { continue }
      let (low, high) = (axes.frame.point(share, 0), axes.frame.point(share, 1))
      let path = "M\(low.x.css) \(low.y.css)L\(high.x.css) \(high.y.css)"
      output += pen.outline(path, note.stroke, kind: "event")
      if note.isNamed { output += name(note, along: high) }
    }
    return output
  }

  /// Nil beyond the axis.
  private func share(_ place: Double) -> Double? {
    let share = axes.positions.share(at: place)
    return (0...1).contains(share) ? share : nil
  }

  /// The part that is to be seen.
  private func span(_ begin: Double, _ end: Double) -> (from: Double, to: Double)? {
    let shares = [begin, end].map { axes.positions.share(at: $0) }.sorted()
    guard shares.allSatisfy(\.isFinite), shares[1] >= 0, shares[0] <= 1 else { return nil }
    return (max(0, shares[0]), min(1, shares[1]))
  }

  private func drawn(_ line: Annotations.Line) -> Markup {
    let places = line.points.compactMap { point -> (x: Double, y: Double)? in
      guard let position = share(point.x), let value = axes.values.share(point.y) else {
        return nil
      }
      return axes.frame.point(position, value)
    }
    guard !places.isEmpty else { return Markup() }
    var output = Markup()
    if line.stroke.width > 0 {
      output += pen.outline(LinePath.text(places, .line), line.stroke, kind: "formula")
    }
    guard let radius = line.dots else { return output }
    for place in places {
      output += pen.dot(place.x, place.y, radius: radius, fill: line.stroke.colour)
    }
    return output
  }

  /// In the middle of a span's upper edge, within the chart.
  private func name(_ note: Annotations.Note, above box: Box) -> Markup {
    let area = axes.frame.area
    let title = Self.fit.fitted(
      PlainText.cleaned(note.record.title, limit: 200), into: min(area.width, max(box.width, 160)))
    let half = Self.fit.width(of: title) / 2
    let middle = min(max(box.middleX, area.left + half), max(area.left + half, area.right - half))
    return pen.text(title, middle, box.top + 14, Pen.Letters(anchor: .middle, isBold: true))
  }

  /// Upwards beside the end of its line.
  private func name(_ note: Annotations.Note, along place: (x: Double, y: Double)) -> Markup {
    let frame = axes.frame
    let title = PlainText.cleaned(note.record.title, limit: 200)
    guard !frame.isHorizontal else {
      let shown = Self.fit.fitted(title, into: frame.area.width)
      return pen.text(shown, place.x - 4, place.y - 4, Pen.Letters(anchor: .end, isBold: true))
    }
    let shown = Self.fit.fitted(title, into: frame.area.height - 8)
    // At the left edge there is room only on the other side.
    let x = place.x - frame.area.left < 18 ? place.x + 14 : place.x - 4
    return pen.text(
      shown, x, place.y + 4, Pen.Letters(anchor: .end, isBold: true, turn: -90))
  }
}

// SPDX-License-Identifier: MIT

/// Lines, areas below them, and dots.
struct LineMarks {
  typealias Point = (x: Double, y: Double)

  let axes: CartesianAxes
  let style: CartesianStyle
  let pen: Pen
  /// A line of more points is thinned: of a bunch of neighbours its first, lowest, highest and last one stay.
  let mostPoints: Int
  /// Areas go over into the page's colour downwards.
  private let isFading: Bool

  init(
    axes: CartesianAxes, style: CartesianStyle, pen: Pen, series: Int = 1, isFading: Bool = false
  ) {
    (self.axes, self.style, self.pen, self.isFading) = (axes, style, pen, isFading)
    // Of many lines none is followed point by point.
    mostPoints = max(200, min(2000, 30_000 / max(1, series)))
  }

  /// Of one series, apart from each other.
  struct Layers {
    var area = Markup()
    var lines = Markup()
    var dots = Markup()
  }

  /// No area covers a line, and no line a dot, whichever series they belong to.
  static func joined(_ series: [Layers]) -> Markup {
    Markup.joined(series.map(\.area) + series.map(\.lines) + series.map(\.dots))
  }

  func drawn(_ spans: [StackedValues.Span?], colour: String) -> Layers {
    var layers = Layers()
    for run in runs(of: thinned(spans)) {
      let top = run.map { point($0.index, $0.span.to) }
      if style.kind != .scatter, top.count > 1 {
        let path = LinePath.text(top, style.kind)
        if style.hasLines { layers.lines += pen.outline(path, Pen.Stroke(colour)) }
        if style.areaOpacity > 0 { layers.area += filled(run, path, colour) }
      }
      // A point without neighbours would not be seen.
      if style.hasMarkers || top.count == 1 {
        let radius = top.count == 1 ? max(3, style.markerRadius) : style.markerRadius
        for place in top { layers.dots += dot(place, radius, colour) }
      }
    }
    return layers
  }

  /// Full where there are no lines, else a ring.
  private func dot(_ place: Point, _ radius: Double, _ colour: String) -> Markup {
    style.kind == .scatter
      ? pen.dot(place.x, place.y, radius: radius, fill: colour)
      : pen.dot(place.x, place.y, radius: radius, fill: pen.theme.card, stroke: Pen.Stroke(colour))
  }

  private typealias Place = (index: Int, span: StackedValues.Span)

  private func point(_ index: Int, _ value: Double) -> Point {
    let share = value == 0 ? axes.values.base : axes.values.share(value) ?? axes.values.base
    return axes.frame.point(axes.positions.share(index), share)
  }

  private func filled(_ run: [Place], _ path: String, _ colour: String) -> Markup {
    let bottom = run.map { point($0.index, $0.span.from) }
    let isFlat = run.allSatisfy { $0.span.from == 0 }
    let back =
      isFlat
      ? [bottom[bottom.count - 1], bottom[0]].map { "L\($0.x.css) \($0.y.css)" }.joined()
      : "L" + LinePath.text(bottom.reversed(), style.kind.reversed).dropFirst()
    return isFading
      ? pen.fading(path + back + "Z", from: colour)
      : pen.shape(path + back + "Z", fill: colour, opacity: style.areaOpacity)
  }

  /// Pieces without a gap; a value that has no place is a gap as well.
  private func runs(of places: [Place?]) -> [[Place]] {
    var runs: [[Place]] = [[]]
    for place in places {
      if let place {
        runs[runs.count - 1].append(place)
      } else if runs.last?.isEmpty == false {
        runs.append([])
      }
    }
    return runs.filter { !$0.isEmpty }
  }

  private func thinned(_ spans: [StackedValues.Span?]) -> [Place?] {
    let places: [Place?] = spans.enumerated().map { index, span in
      guard let span, axes.values.share(span.to) != nil else { return nil }
      return (index, span)
    }
    guard places.count > mostPoints else { return places }
    if style.stack != .none {
      // What is stacked must be thinned alike.
      let step = (places.count + mostPoints - 1) / mostPoints
      return stride(from: 0, to: places.count, by: step).map { places[$0] }
    }
    let size = (places.count * 4 + mostPoints - 1) / mostPoints
    return stride(from: 0, to: places.count, by: size).flatMap { start in
      Self.outline(of: places[start..<min(places.count, start + size)])
    }
  }

  private static func outline(of bunch: ArraySlice<Place?>) -> [Place?] {
    let present = bunch.compactMap(\.self)
    guard let first = present.first, let last = present.last,
      let low = present.min(by: { $0.span.to < $1.span.to }),
      let high = present.max(by: { $0.span.to < $1.span.to })
    else { return [nil] }
    var output: [Place?] = []
    for place in [first, low, high, last].sorted(by: { $0.index < $1.index })
    where (output.last ?? nil)?.index != place.index {
      output.append(place)
    }
    // A gap at the end of a bunch stays one.
    if bunch.last.flatMap(\.self) == nil { output.append(nil) }
    return output
  }
}

extension CartesianStyle.Kind {
  /// The same line from its end.
  fileprivate var reversed: CartesianStyle.Kind {
    switch self {
    case .step(.start): .step(.end)
    case .step(.end): .step(.start)
    default: self
    }
  }
}

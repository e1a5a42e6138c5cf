// SPDX-License-Identifier: MIT

/// From where to where each value of each series reaches.
struct StackedValues {
  struct Span: Hashable {
    let from: Double
    let to: Double
  }

  /// By series, then by position; nil where nothing is drawn.
  private(set) var spans: [[Span?]]

  init(_ series: [CartesianData.Series], _ stack: CartesianStyle.Stack) {
    guard stack != .none else {
      spans = series.map { $0.values.map { $0.map { Span(from: 0, to: $0) } } }
      return
    }
    let count = series.first?.values.count ?? 0
    let totals = stack == .share ? Self.totals(series, count) : []
    var above =
      stack == .stream
      ? StreamBaseline.values(series, count) : [Double](repeating: 0, count: count)
    var below = above
    spans = series.map { series in
      series.values.enumerated().map { index, value in
        var value = value ?? 0
        if stack == .share { value = totals[index] > 0 ? value / totals[index] : 0 }
        // What is below zero hangs from the axis, but there is none in a stream.
        let isBelow = value < 0 && stack != .stream
        let from = isBelow ? below[index] : above[index]
        let to = from + value
        guard to.isFinite else { return nil }
        if isBelow { below[index] = to } else { above[index] = to }
        return Span(from: from, to: to)
      }
    }
  }

  private static func totals(_ series: [CartesianData.Series], _ count: Int) -> [Double] {
    (0..<count).map { index in series.reduce(0) { $0 + abs($1.values[index] ?? 0) } }
  }

  var bounds: some Sequence<Double> {
    spans.joined().lazy.compactMap(\.self).flatMap { [$0.from, $0.to] }
  }

  /// Without where they begin, which is drawn for bars and areas alone.
  var ends: some Sequence<Double> { spans.joined().lazy.compactMap { $0?.to } }
}

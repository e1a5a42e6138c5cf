// SPDX-License-Identifier: MIT

/// The path of a line through points: straight, rounded or in steps.
enum LinePath {
  static func text(_ points: [(x: Double, y: Double)], _ kind: CartesianStyle.Kind) -> String {
    guard let first = points.first else { return "" }
    var path = "M\(first.x.css) \(first.y.css)"
    for index in points.indices.dropFirst() {
      let (from, to) = (points[index - 1], points[index])
      switch kind {
      case .smooth: path += curve(points, index)
      case .step(.start): path += "V\(to.y.css)H\(to.x.css)"
      case .step(.end): path += "H\(to.x.css)V\(to.y.css)"
      case .step(.middle):
        path += "H\(((from.x + to.x) / 2).css)V\(to.y.css)H\(to.x.css)"
      case .line, .bar, .scatter: path += "L\(to.x.css) \(to.y.css)"
      }
    }
    return path
  }

  /// A curve that never overshoots its points: flat where the line turns.
  private static func curve(_ points: [(x: Double, y: Double)], _ index: Int) -> String {
    let (from, to) = (points[index - 1], points[index])
    let third = (to.x - from.x) / 3
    let (out, into) = (slope(points, index - 1) * third, slope(points, index) * third)
    return "C\((from.x + third).css) \((from.y + out).css) "
      + "\((to.x - third).css) \((to.y - into).css) \(to.x.css) \(to.y.css)"
  }

  private static func slope(_ points: [(x: Double, y: Double)], _ index: Int) -> Double {
    guard index > 0, index < points.count - 1 else { return 0 }
    let (before, here, after) = (points[index - 1], points[index], points[index + 1])
    let rise = ((here.y - before.y) / (here.x - before.x), (after.y - here.y) / (after.x - here.x))
    guard rise.0.isFinite, rise.1.isFinite, rise.0 * rise.1 > 0 else { return 0 }
    return 2 * rise.0 * rise.1 / (rise.0 + rise.1)
  }
}

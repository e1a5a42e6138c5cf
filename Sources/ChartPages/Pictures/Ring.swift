// SPDX-License-Identifier: MIT
import Glibc

/// Pieces of a disc, clockwise from its top; angles are shares of the whole turn.
struct Ring {
  let middle: (x: Double, y: Double)
  let inner: Double
  let outer: Double
  private let isRose: Bool

  init(_ chart: Chart, in box: Box) {
    middle = (box.middleX, box.middleY)
    let half = min(box.width, box.height) / 2
    outer = half * chart.number("outerRadius", 10...100, else: 70) / 100
    let share = chart.number("innerRadius", 0...95, else: 30) / 100
    inner = chart.form["donut"].isTrue ? min(outer * 0.95, half * share) : 0
    isRose = chart.text("roseType") != nil
  }

  init(middle: (x: Double, y: Double), inner: Double, outer: Double) {
    (self.middle, self.inner, self.outer, isRose) = (middle, inner, outer, false)
  }

  func outer(_ share: Double) -> Double {
    isRose ? inner + (outer - inner) * share : outer
  }

  func point(_ turn: Double, _ radius: Double) -> (x: Double, y: Double) {
    let angle = turn * 2 * .pi
    return (middle.x + sin(angle) * radius, middle.y - cos(angle) * radius)
  }

  func path(_ from: Double, _ to: Double, outer radius: Double) -> String {
    if to - from > 0.999_9 {
      return circle(radius, 1) + (inner > 0 ? circle(inner, 0) : "")
    }
    let (start, end) = (point(from, radius), point(to, radius))
    let large = to - from > 0.5 ? 1 : 0
    let arc =
      "M\(start.x.css) \(start.y.css)A\(radius.css) \(radius.css) 0 \(large) 1 "
      + "\(end.x.css) \(end.y.css)"
    guard inner > 0 else { return arc + "L\(middle.x.css) \(middle.y.css)Z" }
    let (back, close) = (point(to, inner), point(from, inner))
    return arc + "L\(back.x.css) \(back.y.css)A\(inner.css) \(inner.css) 0 \(large) 0 "
      + "\(close.x.css) \(close.y.css)Z"
  }

  /// Two half turns: one arc cannot end where it began.
  private func circle(_ radius: Double, _ sweep: Int) -> String {
    let (top, bottom) = (point(0, radius), point(0.5, radius))
    let size = "A\(radius.css) \(radius.css) 0 1 \(sweep)"
    return "M\(top.x.css) \(top.y.css)\(size) \(bottom.x.css) \(bottom.y.css)"
      + "\(size) \(top.x.css) \(top.y.css)Z"
  }
}

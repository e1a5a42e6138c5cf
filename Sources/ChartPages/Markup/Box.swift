// SPDX-License-Identifier: MIT

/// A rectangle of the page, in pixels.
struct Box: Hashable, Sendable {
  var left: Double
  var top: Double
  var width: Double
  var height: Double

  init(_ left: Double, _ top: Double, _ width: Double, _ height: Double) {
    self.left = left.finite
    self.top = top.finite
    self.width = max(0, width.finite)
    self.height = max(0, height.finite)
  }

  var right: Double { left + width }
  var bottom: Double { top + height }
  var middleX: Double { left + width / 2 }
  var middleY: Double { top + height / 2 }

  func inset(left: Double = 0, top: Double = 0, right: Double = 0, bottom: Double = 0) -> Box {
    Box(self.left + left, self.top + top, width - left - right, height - top - bottom)
  }
}

extension Double {
  /// Sums of huge values may be no numbers any more; a box has its place all the same.
  fileprivate var finite: Double { isFinite ? Swift.min(1e9, Swift.max(-1e9, self)) : 0 }
}

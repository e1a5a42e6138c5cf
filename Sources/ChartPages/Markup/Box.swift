// SPDX-License-Identifier: MIT

/// A rectangle of the page, in pixels.
struct Box: Hashable, Sendable {
  var left: Double
  var top: Double
  var width: Double
  var height: Double

  init(_ left: Double, _ top: Double, _ width: Double, _ height: Double) {
    self.left = left
    self.top = top
    self.width = max(0, width)
    self.height = max(0, height)
  }

  var right: Double { left + width }
  var bottom: Double { top + height }
  var middleX: Double { left + width / 2 }
  var middleY: Double { top + height / 2 }

  func inset(left: Double = 0, top: Double = 0, right: Double = 0, bottom: Double = 0) -> Box {
    Box(self.left + left, self.top + top, width - left - right, height - top - bottom)
  }
}

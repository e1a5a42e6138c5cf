// SPDX-License-Identifier: MIT

/// Rectangles whose areas are values, each as near to a square as can be (Bruls, Huizing and van Wijk).
enum TreemapLayout {
  /// Parts in the given order, which is best from the greatest on; those of no size get none.
  static func boxes(_ values: [Double], in box: Box) -> [Box] {
    let total = values.reduce(0, +)
    guard total > 0, total.isFinite, box.width > 0, box.height > 0 else {
      return values.map { _ in Box(box.left, box.top, 0, 0) }
    }
    let scale = box.width * box.height / total
    var boxes: [Box] = []
    var rest = box
    var start = 0
    while start < values.count {
      let side = min(rest.width, rest.height)
      var end = start + 1
      var sum = values[start] * scale
      var worst = ratio(values[start..<end], sum, scale, side)
      while end < values.count {
        let next = sum + values[end] * scale
        let ratio = ratio(values[start...end], next, scale, side)
        guard ratio <= worst else { break }
        (worst, sum) = (ratio, next)
        end += 1
      }
      boxes += row(values[start..<end].map { $0 * scale }, sum, &rest)
      start = end
    }
    return boxes
  }

  private static func ratio(
    _ values: ArraySlice<Double>, _ sum: Double, _ scale: Double, _ side: Double
  ) -> Double {
    guard sum > 0, side > 0, let low = values.min(), let high = values.max(), low > 0 else {
      return .infinity
    }
    let square = side * side
    return max(square * high * scale / (sum * sum), sum * sum / (square * low * scale))
  }

  private static func row(_ areas: [Double], _ sum: Double, _ rest: inout Box) -> [Box] {
    var boxes: [Box] = []
    if rest.width >= rest.height {
      let width = rest.height > 0 ? min(rest.width, sum / rest.height) : 0
      var top = rest.top
      for area in areas {
        let height = width > 0 ? area / width : 0
        boxes.append(Box(rest.left, top, width, height))
        top += height
      }
      rest = rest.inset(left: width)
    } else {
      let height = rest.width > 0 ? min(rest.height, sum / rest.width) : 0
      var left = rest.left
      for area in areas {
        let width = height > 0 ? area / height : 0
        boxes.append(Box(left, rest.top, width, height))
        left += width
      }
      rest = rest.inset(top: height)
    }
    return boxes
  }
}

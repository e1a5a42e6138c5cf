// SPDX-License-Identifier: MIT

/// Where positions and values, both as shares of their axes, stand on the page.
struct PlotFrame {
  let area: Box
  /// Values to the right and positions upwards, as ECharts has them.
  let isHorizontal: Bool

  func point(_ position: Double, _ value: Double) -> (x: Double, y: Double) {
    isHorizontal
      ? (area.left + value * area.width, area.bottom - position * area.height)
      : (area.left + position * area.width, area.bottom - value * area.height)
  }

  /// How long the axis of positions is.
  var length: Double { isHorizontal ? area.height : area.width }

  /// A bar around a position, all in shares but for its thickness.
  func bar(_ position: Double, offset: Double, thickness: Double, from: Double, to: Double) -> Box {
    let (low, high) = (min(from, to), max(from, to))
    if isHorizontal {
      let middle = area.bottom - position * area.height
      return Box(
        area.left + low * area.width, middle - offset - thickness, (high - low) * area.width,
        thickness)
    }
    let middle = area.left + position * area.width
    return Box(
      middle + offset, area.bottom - high * area.height, thickness, (high - low) * area.height)
  }
}

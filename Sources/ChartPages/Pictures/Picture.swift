// SPDX-License-Identifier: MIT

/// A viz type's way to fill a rectangle: one element of HTML or SVG of just this size.
protocol Picture {
  static func drawn(_ chart: Chart, in box: Box) throws(ChartFault) -> Markup
}

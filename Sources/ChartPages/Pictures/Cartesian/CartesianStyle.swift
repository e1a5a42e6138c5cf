// SPDX-License-Identifier: MIT
import JSONValues

/// What a form says of how a chart with two axes looks.
struct CartesianStyle {
  enum Kind: Hashable {
    case line, bar, scatter, smooth, step(Step)

    var isBar: Bool { self == .bar }
  }

  enum Step: Hashable {
    case start, middle, end
  }

  enum Stack: Hashable {
    case none, sum, share, stream
  }

  let kind: Kind
  let stack: Stack
  let areaOpacity: Double
  /// The layers of a stream have no edges.
  let hasLines: Bool
  let hasMarkers: Bool
  let markerRadius: Double
  let isHorizontal: Bool
  let isLogarithmic: Bool
  let isZeroed: Bool
  let showsValues: Bool
  let bounds: (low: Double?, high: Double?)
  let axisTitles: (x: String, y: String)
  let rotation: Double

  init(_ chart: Chart, kind: Kind, isArea: Bool = false) {
    let form = chart.form
    self.kind = kind
    stack = Self.stack(form, kind)
    areaOpacity =
      isArea || form["area"].isTrue ? chart.number("opacity", 0...1, else: 0.2) : 0
    hasLines = kind != .scatter && (stack != .stream || areaOpacity == 0)
    hasMarkers = form["markerEnabled"].isTrue || kind == .scatter
    markerRadius =
      chart.number("markerSize", 1...30, else: kind == .scatter ? 8 : 6) / 2
    isHorizontal = kind.isBar && form["orientation"]?.stringValue == "horizontal"
    isLogarithmic = (form["logAxis"] ?? form["y_log_scale"]).isTrue
    isZeroed = !form["truncateYAxis"].isTrue
    showsValues = (form["show_value"] ?? form["show_bar_value"]).isTrue
    let limits = (form["y_axis_bounds"]).list.map(\.plotted)
    bounds = limits.count == 2 ? (limits[0], limits[1]) : (nil, nil)
    axisTitles = (
      chart.text("x_axis_title") ?? chart.text("x_axis_label") ?? "",
      chart.text("y_axis_title") ?? chart.text("y_axis_label") ?? ""
    )
    rotation = chart.number("xAxisLabelRotation", -90...90, else: 0)
  }

  private static func stack(_ form: JSONValue, _ kind: Kind) -> Stack {
    let choice = form["stack"] ?? form["bar_stacked"] ?? form["stacked_style"]
    switch choice?.stringValue?.lowercased() {
    case "expand": return .share
    case "stack": return .sum
    case "stream": return .stream
    default: return choice.isTrue ? .sum : .none
    }
  }
}

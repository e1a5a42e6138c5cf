// SPDX-License-Identifier: MIT
import JSONValues

/// Where on a dashboard its charts stand: in which rows and tabs.
struct DashboardLayout {
  /// The page's own names for the root and what fills it where there are no tabs.
  private static let root = "ROOT_ID"
  private static let grid = "GRID_ID"

  private let components: JSONObject
  private var ancestors: [String: [String]] = [:]

  /// - Parameter position: `position_json`; nil or empty for a dashboard that nobody has arranged.
  init(_ position: JSONObject?) {
    let position = position ?? [:]
    components = position.isEmpty ? Self.empty : position
    for (name, component) in components {
      ancestors[name] = component["parents"]?.arrayValue?.compactMap(\.stringValue)
    }
    // The page trusts what is noted of ancestors only where it is noted for everything; the
    // version's mark alone has none.
    if components.contains(where: {
      $0.value["id"]?.stringValue != Self.root && ancestors[$0.key] == nil
    }) {
      note(childrenOf: Self.root, depth: 0)
    }
  }

  private static let empty: JSONObject = [
    root: ["type": "ROOT", "id": .string(root), "children": [.string(grid)]],
    grid: ["type": "GRID", "id": .string(grid), "children": [], "parents": [.string(root)]],
  ]

  private mutating func note(childrenOf name: String, depth: Int) {
    let path = (ancestors[name] ?? []) + [name]
    // Nobody builds that deep; a ring of components would never end.
    guard depth < 64 else { return }
    for child in (components[name]?["children"]).list.compactMap(\.stringValue)
    where components[child] != nil {
      ancestors[child] = path
      note(childrenOf: child, depth: depth + 1)
    }
  }

  /// All components that hold a chart, from the outermost on.
  func ancestors(ofChart id: Int) -> [String] {
    for (name, component) in components
    where component["type"] == "CHART" && component["meta"]?["chartId"] == .integer(id) {
      return ancestors[name] ?? []
    }
    return ancestorsOfNewChart
  }

  /// A chart that nobody has placed yet goes into a new row at the end of the first tab, or of the
  /// whole.
  private var ancestorsOfNewChart: [String] {
    var home = (components[Self.root]?["children"]).list.first?.stringValue ?? Self.grid
    if components[home]?["type"] == "TABS" {
      home = (components[home]?["children"]).list.first?.stringValue ?? home
    }
    return (ancestors[home] ?? []) + [home]
  }
}

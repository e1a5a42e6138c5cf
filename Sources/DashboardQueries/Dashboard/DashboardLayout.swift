// SPDX-License-Identifier: MIT
import JSONValues

/// Where on a dashboard its charts stand: in which rows and tabs.
struct DashboardLayout {
  /// The page's own names for the root and what fills it where there are no tabs.
  private static let root = "ROOT_ID"
  private static let grid = "GRID_ID"

  private let components: JSONObject
  private var ancestors: [String: [String]] = [:]
  /// The component of each chart, the first of several.
  private var places: [Int: String] = [:]

  /// - Parameter position: `position_json`; nil or empty for a dashboard that nobody has arranged.
  init(_ position: JSONObject?) {
    let position = position ?? [:]
    components = position.isEmpty ? Self.empty : position
    for (name, component) in components {
      ancestors[name] = component["parents"]?.arrayValue?.compactMap(\.stringValue)
      if component["type"] == "CHART", let id = component["meta"]?["chartId"]?.integerValue {
        places[id] = places[id] ?? name
      }
    }
    // The page trusts what is noted of ancestors only where it is noted for everything; the
    // version's mark alone has none.
    if components.contains(where: {
      $0.value["id"]?.stringValue != Self.root && ancestors[$0.key] == nil
    }) {
      var seen: Set = [Self.root]
      note(childrenOf: Self.root, depth: 0, &seen)
    }
  }

  private static let empty: JSONObject = [
    root: ["type": "ROOT", "id": .string(root), "children": [.string(grid)]],
    grid: ["type": "GRID", "id": .string(grid), "children": [], "parents": [.string(root)]],
  ]

  private mutating func note(childrenOf name: String, depth: Int, _ seen: inout Set<String>) {
    let path = (ancestors[name] ?? []) + [name]
    // Nobody builds that deep.
    guard depth < 64 else { return }
    let children = (components[name]?["children"]).list.compactMap(\.stringValue)
    // Of a component in several places the last one counts: from the end on it is the first, and each is looked at once. A
    // ring would never end otherwise, and what stands twice in what stands twice not in our time.
    for child in children.reversed() where components[child] != nil && seen.insert(child).inserted {
      ancestors[child] = path
      note(childrenOf: child, depth: depth + 1, &seen)
    }
  }

  /// All components that hold a chart, from the outermost on.
  func ancestors(ofChart id: Int) -> [String] {
    guard let place = places[id] else { return ancestorsOfNewChart }
    return ancestors[place] ?? []
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

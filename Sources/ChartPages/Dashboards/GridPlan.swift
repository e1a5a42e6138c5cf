// SPDX-License-Identifier: MIT
import JSONValues

/// Where everything of a dashboard stands: twelve columns, heights in units of eight pixels, as in Superset.
struct GridPlan {
  private static let unit = 8.0
  private static let gutter = 16.0
  private static let columns = 12.0
  /// Nobody builds deeper or more.
  private static let deepest = 40
  private static let mostItems = 300

  private let components: JSONObject
  private let activeTabs: Set<String>
  private(set) var items: [GridItem] = []
  private(set) var height = 0.0
  private var seen: Set<String> = []

  init(_ layout: JSONValue, activeTabs: Set<String>, in box: Box) {
    components = layout.objectValue ?? [:]
    self.activeTabs = activeTabs
    let root = components["ROOT_ID"] == nil ? "GRID_ID" : "ROOT_ID"
    height = stack(children(of: root), box, depth: 0)
  }

  private func children(of name: String) -> [String] {
    (components[name]?["children"]).list.compactMap(\.stringValue)
  }

  /// One under the other.
  private mutating func stack(_ names: [String], _ box: Box, depth: Int) -> Double {
    var top = box.top
    for name in names {
      let height = place(name, Box(box.left, top, box.width, 0), depth: depth)
      if height > 0 { top += height + Self.gutter }
    }
    return max(0, top - box.top - Self.gutter)
  }

  /// Puts a component below the top of a box, and says how high it is.
  private mutating func place(_ name: String, _ box: Box, depth: Int) -> Double {
    // A component within itself would never end.
    guard depth < Self.deepest, items.count < Self.mostItems, let component = components[name],
      seen.insert(name).inserted
    else { return 0 }
    let meta = component["meta"] ?? .null
    switch component["type"]?.stringValue {
    case "GRID", "ROOT", "TAB": return stack(children(of: name), box, depth: depth + 1)
    case "ROW": return row(name, meta, box, depth)
    case "COLUMN": return column(name, meta, box, depth)
    case "TABS": return tabs(name, box, depth)
    case "CHART":
      let title = meta["sliceNameOverride"]?.stringValue ?? meta["sliceName"]?.stringValue ?? ""
      guard let id = meta["chartId"]?.integerValue else { return 0 }
      return put(.chart(id, title: title), box, height(meta))
    case "MARKDOWN": return put(.words(meta["code"]?.stringValue ?? ""), box, height(meta))
    case "HEADER": return header(meta, box)
    case "DIVIDER":
      _ = put(.rule, box.inset(top: Self.gutter), 1)
      return Self.gutter * 2 + 1
    default: return 0
    }
  }

  private mutating func put(_ content: GridItem.Content, _ box: Box, _ height: Double) -> Double {
    items.append(
      GridItem(content: content, box: Box(box.left, box.top, box.width, height)))
    return height
  }

  private func height(_ meta: JSONValue) -> Double {
    let units = meta["height"]?.plotted ?? 50
    return max(5, min(500, units)) * Self.unit
  }

  private func span(_ name: String, in total: Double) -> Double {
    let component = components[name]
    // What has no width of its own takes all that is left.
    let usual: Double = component?["type"] == "CHART" ? 4 : total
    return max(1, min(Self.columns, component?["meta"]?["width"]?.plotted ?? usual))
  }

  /// Children side by side; where they are wider than the row, all of them narrower.
  private mutating func row(_ name: String, _ meta: JSONValue, _ box: Box, _ depth: Int) -> Double {
    let names = children(of: name).filter { components[$0] != nil }
    guard !names.isEmpty else { return 0 }
    let total = Self.columns
    let spans = names.map { span($0, in: total) }
    let sum = max(spans.reduce(0, +), total)
    let column = (box.width + Self.gutter) / sum - Self.gutter
    let start = items.count
    if meta["background"] == "BACKGROUND_WHITE" { _ = put(.backdrop, box, 0) }
    var (left, height) = (box.left, 0.0)
    for (name, span) in zip(names, spans) {
      let width = span * column + (span - 1) * Self.gutter
      let used = place(name, Box(left, box.top, width, 0), depth: depth + 1)
      height = max(height, used)
      left += width + Self.gutter
    }
    stretch(start, height)
    return height
  }

  private mutating func column(
    _ name: String, _ meta: JSONValue, _ box: Box, _ depth: Int
  ) -> Double {
    let start = items.count
    if meta["background"] == "BACKGROUND_WHITE" { _ = put(.backdrop, box, 0) }
    let height = stack(children(of: name), box, depth: depth + 1)
    stretch(start, height)
    return height
  }

  /// A backdrop is as high as what stands before it.
  private mutating func stretch(_ index: Int, _ height: Double) {
    guard index < items.count, items[index].content == .backdrop else { return }
    let box = items[index].box
    items[index] = GridItem(
      content: .backdrop, box: Box(box.left, box.top, box.width, height))
  }

  private mutating func header(_ meta: JSONValue, _ box: Box) -> Double {
    let size: Double =
      switch meta["headerSize"]?.stringValue {
      case "SMALL_HEADER": 16
      case "LARGE_HEADER": 32
      default: 24
      }
    let height = size * 1.3 + Self.gutter
    return put(.header(meta["text"]?.stringValue ?? "", size: size), box, height)
  }

  private mutating func tabs(_ name: String, _ box: Box, _ depth: Int) -> Double {
    let names = children(of: name).filter { components[$0]?["type"] == "TAB" }
    guard !names.isEmpty else { return 0 }
    let active = names.firstIndex(where: activeTabs.contains) ?? 0
    let titles = names.prefix(50).map { name in
      let meta = components[name]?["meta"]
      return meta?["text"]?.stringValue ?? meta?["defaultText"]?.stringValue ?? "Tab"
    }
    let bar = put(.tabs(titles, active: active), box, 47)
    let body = Box(box.left, box.top + bar + Self.gutter, box.width, 0)
    let height = stack([names[active]], body, depth: depth + 1)
    return bar + (height > 0 ? Self.gutter + height : 0)
  }
}

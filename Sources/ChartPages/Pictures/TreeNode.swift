// SPDX-License-Identifier: MIT
import JSONValues

/// A part of a whole, and its own parts.
struct TreeNode {
  /// Deeper nobody sees anything.
  private static let deepest = 8

  let name: String
  var value: Double
  var children: [TreeNode]

  /// Rows under the values of one column after another.
  static func forest(
    _ rows: [JSONObject], _ columns: ArraySlice<String>, _ metric: String, in table: DataTable,
    time: TimeFormat
  ) -> [TreeNode] {
    guard let column = columns.first else { return [] }
    var places: [String: Int] = [:]
    var groups: [(name: String, rows: [JSONObject])] = []
    for row in rows {
      let name = SeriesName.text(row[column], table[column]?.kind, time: time)
      if let place = places[name] {
        groups[place].rows.append(row)
      } else {
        places[name] = groups.count
        groups.append((name, [row]))
      }
    }
    return groups.map { name, rows in
      let sum = rows.reduce(0) { $0 + max(0, $1[metric]?.plotted ?? 0) }
      let children = forest(
        rows, columns.dropFirst().prefix(deepest), metric, in: table, time: time)
      return TreeNode(name: name, value: sum.isFinite ? sum : 0, children: children)
    }
  }

  /// As legacy charts get it: `{"name": ..., "val" or "value": ..., "children": [...]}`.
  static func forest(_ value: JSONValue?, depth: Int = 0) -> [TreeNode] {
    guard depth < deepest else { return [] }
    return value.list.prefix(2000).compactMap { part in
      guard part.objectValue != nil else { return nil }
      let children = forest(part["children"], depth: depth + 1)
      let own = (part["val"] ?? part["value"])?.plotted
      let sum = children.reduce(0) { $0 + $1.value }
      // Deeper names hold their whole way.
      let name = part["name"]?.arrayValue?.last ?? part["name"]
      return TreeNode(
        name: SeriesName.text(name, time: .detailed), value: max(0, own ?? sum),
        children: children)
    }
  }
}

extension ColourScale {
  /// In Superset's order: the whole first, then each part before its own, as they come.
  mutating func give(to nodes: [TreeNode], of metric: String) {
    _ = colour(of: metric)
    func visit(_ nodes: [TreeNode]) {
      for node in nodes {
        _ = colour(of: node.name)
        visit(node.children)
      }
    }
    visit(nodes)
  }
}

// SPDX-License-Identifier: MIT
import JSONValues

/// The controls of a type of chart, as far as they decide what it asks for.
struct ControlPanel {
  /// Those whose values become columns, metrics and an order, from top to bottom: so they are asked
  /// for.
  let names: [String]
  /// What a form says that leaves a control out.
  let defaults: JSONObject

  /// Nil for a type of which no controls are known.
  init?(ofType type: String) {
    let text = Self.modern[type] ?? Self.legacy1[type] ?? Self.legacy2[type]
    guard let text, let panel = try? JSONValue(parsing: text) else { return nil }
    names = panel["names"].list.compactMap(\.stringValue)
    defaults = panel["defaults"]?.objectValue ?? [:]
  }

  /// Types that are drawn from the answers of `/superset/explore_json`.
  static func isLegacy(_ type: String) -> Bool { legacy1[type] != nil || legacy2[type] != nil }
}

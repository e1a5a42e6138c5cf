// SPDX-License-Identifier: MIT

/// What may stand behind a `|`.
enum Filters {
  static let table: [String: BuiltIn] =
    [texts, escapes, numbers, lists, orders, selections].reduce(into: [:]) { table, part in
      table.merge(part) { one, _ in one }
    }

  /// Jinja's own that are for HTML or chance.
  static let unsupported: Set = ["random", "urlize", "xmlattr"]
}

// SPDX-License-Identifier: MIT

/// Rows that stand in the message itself; columns and rows have names of one level or of several, as pandas has them.
package struct NotificationTable: Hashable, Sendable {
  package let columns: [[String]]
  package let index: [[String]]
  /// Nil is NULL, and shown as nothing.
  package let rows: [[String?]]

  /// What is missing in a row or in its names is empty, what has no column is left out.
  package init(levels columns: [[String]], index: [[String]], rows: [[String?]]) {
    let depth = max(1, columns.map(\.count).max() ?? 1)
    self.columns = columns.map { Self.filled($0, to: depth, with: "") }
    let width = max(1, index.map(\.count).max() ?? 1)
    self.index = rows.indices.map { row in
      Self.filled(row < index.count ? index[row] : ["\(row)"], to: width, with: "")
    }
    self.rows = rows.map { Self.filled($0, to: columns.count, with: nil) }
  }

  /// - Parameter index: nil for the numbers of the rows.
  package init(columns: [String], index: [String]? = nil, rows: [[String?]]) {
    let numbers = index ?? rows.indices.map(String.init)
    self.init(levels: columns.map { [$0] }, index: numbers.map { [$0] }, rows: rows)
  }

  private static func filled<Item>(_ items: [Item], to count: Int, with item: Item) -> [Item] {
    items.prefix(count) + [Item](repeating: item, count: max(0, count - items.count))
  }
}

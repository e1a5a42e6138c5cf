// SPDX-License-Identifier: MIT
import SQLDatabases
import SupersetMetadata

/// What the rows turned out to hold, column by column.
struct ResultColumns: Sendable {
  private(set) var names: [String] = []
  private(set) var kinds: [Set<SQLKind>] = []

  mutating func begin(_ names: [String]) {
    self.names = names
    kinds = names.map { _ in [] }
  }

  mutating func note(_ kind: SQLKind, at index: Int) {
    if kind != .null { kinds[index].insert(kind) }
  }

  /// Columns of numbers and texts at once: Superset answers them as texts.
  var mixed: Set<Int> {
    Set(
      kinds.indices.filter {
        kinds[$0].contains(.text) && !kinds[$0].isDisjoint(with: [.integer, .real])
      })
  }

  /// `coltypes`: what the values show, unless the dataset says it is a time.
  func types(in dataset: Dataset, times: [String: String?]) -> [GenericType] {
    zip(names, kinds).map { name, kinds in
      if times[name] != nil || dataset.column(named: name)?.isTemporal == true { return .temporal }
      return !kinds.isEmpty && kinds.isSubset(of: [.integer, .real]) ? .numeric : .string
    }
  }
}

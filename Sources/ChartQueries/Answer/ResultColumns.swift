// SPDX-License-Identifier: MIT
import SQLDatabases
import SupersetMetadata

/// Kinds of cells, one bit each: noted for every cell, so it has to be cheap.
struct KindSet: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init(_ kind: SQLKind) { self.init(rawValue: kind == .null ? 0 : 1 << kind.rawValue) }

  static let numbers: KindSet = [KindSet(.integer), KindSet(.real), KindSet(.decimal)]
  static let texts = KindSet(.text)
}

/// What the rows turned out to hold, column by column.
struct ResultColumns: Sendable {
  private(set) var names: [String] = []
  private(set) var kinds: [KindSet] = []
  /// Columns with a null.
  private(set) var nulls: Set<Int> = []

  mutating func begin(_ names: [String]) {
    self.names = names
    kinds = names.map { _ in [] }
    nulls = []
  }

  mutating func note(_ kind: SQLKind, at index: Int) {
    kinds[index].formUnion(KindSet(kind))
    if kind == .null { nulls.insert(index) }
  }

  /// Columns of numbers and texts at once: Superset answers them as texts.
  var mixed: Set<Int> {
    Set(
      kinds.indices.filter {
        kinds[$0].contains(.texts) && !kinds[$0].isDisjoint(with: .numbers)
      })
  }

  /// `coltypes`: what the values show, unless the dataset says it is a time.
  func types(in dataset: Dataset, times: TimeColumns) -> [GenericType] {
    zip(names, kinds).map { name, kinds in
      if times.has(name) || dataset.column(named: name)?.isTemporal == true { return .temporal }
      guard !kinds.isEmpty else { return .string }
      if kinds.isSubset(of: .numbers) { return .numeric }
      if kinds == KindSet(.boolean) { return .boolean }
      return kinds == KindSet(.time) ? .temporal : .string
    }
  }
}

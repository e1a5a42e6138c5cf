// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

/// The numbers of a partition: of everything, of the first groups, of these in their second groups, and so on.
struct PartitionLevels {
  private let groups: [String]
  private let metrics: [String]
  /// Of each level the rows, by their groups; the first has one row.
  private let levels: [[(key: [Cell], cells: [String: Cell])]]

  init(_ table: DataTable, _ groups: [String], _ reduction: DataTable.Reduction) {
    self.groups = groups
    metrics = Self.metrics(of: table)
    let total = Dictionary(
      table.columns.filter(\.isNumeric).map { column in
        (column.label[0].text, Self.total(column.cells, reduction))
      }
    ) { $1 }
    levels =
      [[([], total)]]
      + groups.indices.map { level in
        Self.rows(of: table.grouped(by: Array(groups[...level]), reduction), groups[...level])
      }
  }

  /// What has changed from the first moment to the last.
  ///
  /// - Parameter kind: how the change is told.
  init(
    _ table: DataTable, _ groups: [String], changeOf kind: String
  ) throws(ChartQueryError) {
    self.groups = groups
    metrics = Self.metrics(of: table)
    let times = Set(try table.legacyCells(SeriesShaper.time)).subtracting([.null])
      .sorted(by: Cell.precedes)
    guard let since = times.first, let until = times.last else {
      levels = []
      return
    }
    levels = (0...groups.count).map { level in
      let names = Array(groups.prefix(level))
      let grouped = table.grouped(by: [SeriesShaper.time] + names, .sum)
      let rows = Self.rows(of: grouped, ([SeriesShaper.time] + names)[...])
      return Self.changes(rows, from: since, to: until, kind)
    }
  }

  /// Numbers of all kinds are metrics to pandas, also those that are grouped by.
  private static func metrics(of table: DataTable) -> [String] {
    table.columns.filter(\.isNumeric).map { $0.label[0].text }
  }

  private static func total(_ cells: [Cell], _ reduction: DataTable.Reduction) -> Cell {
    // A gap keeps its place among the numbers that are added up.
    let sum = Statistics.pairwiseSum(cells.map { $0.number ?? 0 }[...])
    let count = cells.count { $0.number != nil }
    switch reduction {
    case .sum: return Cell(sum, isWhole: cells.allSatisfy(\.isInteger))
    case .mean: return count == 0 ? .null : .real(sum / Double(count))
    }
  }

  private static func rows(
    of table: DataTable, _ groups: ArraySlice<String>
  ) -> [(key: [Cell], cells: [String: Cell])] {
    let keys = groups.compactMap { table.cells(of: $0) }
    return (0..<table.rowCount).map { row in
      let cells = table.columns.dropFirst(groups.count).map { ($0.label[0].text, $0.cells[row]) }
      return (keys.map { $0[row] }, Dictionary(cells) { $1 })
    }
  }

  /// What is missing at one of the two moments counts as nothing there.
  private static func changes(
    _ rows: [(key: [Cell], cells: [String: Cell])], from since: Cell, to until: Cell,
    _ kind: String
  ) -> [(key: [Cell], cells: [String: Cell])] {
    var pairs: [[Cell]: (before: [String: Cell], after: [String: Cell])] = [:]
    for row in rows {
      let key = Array(row.key.dropFirst())
      if row.key[0] == since { pairs[key, default: ([:], [:])].before = row.cells }
      if row.key[0] == until { pairs[key, default: ([:], [:])].after = row.cells }
    }
    return pairs.sorted { precedes($0.key, $1.key) }.map { key, pair in
      let names = Set(pair.before.keys).union(pair.after.keys)
      let cells = names.map { name -> (String, Cell) in
        let (before, after) = (pair.before[name] ?? .integer(0), pair.after[name] ?? .integer(0))
        return (name, change(before, after, kind))
      }
      return (key, Dictionary(cells) { $1 })
    }
  }

  private static func change(_ before: Cell, _ after: Cell, _ kind: String) -> Cell {
    guard let old = before.number, let new = after.number else { return .null }
    switch kind {
    case "point_diff": return Cell(new - old, isWhole: before.isInteger && after.isInteger)
    case "point_factor": return .real(new / old)
    default: return .real(new / old - 1)
    }
  }

  func nested() throws(ChartQueryError) -> JSONValue {
    let grouped = Set(groups)
    if let name = metrics.first(where: grouped.contains) {
      throw .breaksOff(reason: PythonText.quoted(name))
    }
    let total = levels.first?.first?.cells ?? [:]
    guard nodeCount * Double(metrics.count) <= Self.mostNodes else {
      throw .chart(reason: "The partition would have more than \(Int(Self.mostNodes)) parts")
    }
    return .array(
      metrics.map { metric in
        ["name": .string(metric), "val": (total[metric] ?? .null).json, "children": top(metric)]
      })
  }

  /// Parts that a browser could still draw, and more.
  private static let mostNodes = 1_000_000.0

  /// Of one metric: below the first level each row has all rows of the next below it that share its first group.
  private var nodeCount: Double {
    var below: [Cell: Double] = [:]
    for level in levels.dropFirst(2).reversed() {
      let counts = Dictionary(level.map { ($0.key[0], 1.0) }, uniquingKeysWith: +)
      below = Dictionary(
        uniqueKeysWithValues: counts.map { ($0, $1 * (1 + below[$0, default: 0])) })
    }
    return (levels.dropFirst().first ?? []).reduce(1) { $0 + 1 + below[$1.key[0], default: 0] }
  }

  private func top(_ metric: String) -> JSONValue {
    .array(
      (levels.dropFirst().first ?? []).map { row in
        [
          "name": row.key[0].json, "val": (row.cells[metric] ?? .null).json,
          "children": below(2, metric, row.key[0]),
        ]
      })
  }

  /// From the second level on Superset looks at the first group alone, and names rows by all of theirs.
  private func below(_ level: Int, _ metric: String, _ first: Cell) -> JSONValue {
    guard level < levels.count else { return [] }
    return .array(
      levels[level].filter { $0.key[0] == first }.map { row in
        [
          "name": .array(row.key.map(\.json)), "val": (row.cells[metric] ?? .null).json,
          "children": below(level + 1, metric, first),
        ]
      })
  }
}

/// The numbers of a partition at every moment, worked up as a time series is.
struct PartitionByTime {
  /// By how many groups the columns are divided.
  private let levels: [DataTable]
  /// Of each level the columns, by all parts of their labels but the last.
  private let parts: [[DataTable.Label: [DataTable.Column]]]
  /// Of each level the rows, by their times.
  private let places: [[DataTable.Label: Int]]

  init(_ result: LegacyResult, _ groups: [String]) throws(ChartQueryError) {
    let shaper = try SeriesShaper(result.form, sortsSeries: false, fill: nil)
    levels = try (0...groups.count).map { level throws(ChartQueryError) in
      try shaper.shaped(result.table, by: Array(groups.prefix(level)), addingUp: true)
    }
    parts = levels.map { Dictionary(grouping: $0.columns) { Array($0.label.dropLast()) } }
    places = levels.map { level in
      Dictionary(level.index.rows.enumerated().map { ($1, $0) }) { first, _ in first }
    }
  }

  func nested() throws(ChartQueryError) -> JSONValue {
    .array(
      levels[0].columns.map { column in
        let moments = levels[0].index.rows.indices.map { row -> JSONValue in
          [
            "name": levels[0].index.rows[row][0].json, "val": column.cells[row].json,
            "children": below(1, column.label, row),
          ]
        }
        return ["name": column.label[0].json, "children": .array(moments)]
      })
  }

  private func below(_ level: Int, _ label: DataTable.Label, _ row: Int) -> JSONValue {
    guard level < levels.count else { return [] }
    let time = levels[0].index.rows[row]
    let place = places[level][time]
    return .array(
      (parts[level][label] ?? []).map { column in
        [
          "name": (column.label.last ?? .null).json,
          "val": place.map { column.cells[$0].json } ?? .null,
          "children": below(level + 1, column.label, row),
        ]
      })
  }
}

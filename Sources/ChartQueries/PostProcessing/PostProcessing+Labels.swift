// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

/// Operations that change what columns are called, which there are, and the order of rows.
extension PostProcessing {
  /// Labels of several parts become one text, and the first level of what rows are called becomes a column again.
  static func flatten(
    _ table: DataTable, _ options: OperationOptions
  ) throws(ChartQueryError) -> DataTable {
    var table = table
    if table.hasLevels {
      let dropped = Set((options["drop_levels"]?.arrayValue ?? []).compactMap(\.integerValue))
      for position in table.columns.indices {
        let parts = table.columns[position].label.enumerated()
          .filter { !dropped.contains($0.offset) && !$0.element.isNull }
        let text = parts.map { escapedSeparator($0.element.text) }.joined(separator: ", ")
        table.columns[position].label = [.text(text)]
      }
    }
    guard options.flag("reset_index", true), let names = table.index.names,
      let name = names.first
    else { return table }
    let level = DataTable.Column(
      label: [.text(name)], cells: table.index.rows.compactMap(\.first))
    // Further levels stay what rows are called.
    let rest =
      names.count == 1
      ? DataTable.Index.numbered(table.rowCount)
      : DataTable.Index(
        names: Array(names.dropFirst()), rows: table.index.rows.map { Array($0.dropFirst()) })
    return DataTable([level] + table.columns, index: rest)
  }

  private static func escapedSeparator(_ text: String) -> String {
    text.replacing(",", with: "\\,")
  }

  /// Meant for names, but pandas takes it for cells: those that are nothing but a separator.
  static func separators(
    _ table: DataTable, _ options: OperationOptions, _ from: String, _ to: String, _ name: String
  ) throws(ChartQueryError) -> DataTable {
    if let option = options.first {
      throw .breaksOff(
        reason: "\(name)() got an unexpected keyword argument \(PythonText.quoted(option))")
    }
    var table = table
    for position in table.columns.indices {
      table.columns[position].cells = table.columns[position].cells.map {
        $0 == .text(from) ? .text(to) : $0
      }
    }
    return table
  }

  static func rename(
    _ table: DataTable, _ options: OperationOptions
  ) throws(ChartQueryError) -> DataTable {
    let renames = options.renames("columns")
    guard !renames.isEmpty else { return table }
    try table.require(renames.map(\.from))
    let levels = try levels(options, of: table)
    let parts = Set(
      table.columns.flatMap { column in
        levels.compactMap { $0 < column.label.count ? column.label[$0] : nil }
      })
    let isTaken = renames.allSatisfy { rename in
      rename.to.stringValue.map { parts.contains(.text($0)) } ?? false
    }
    guard !isTaken else { throw .postProcessing(reason: "Label already exists") }
    let new = Dictionary(
      renames.map { (Cell.text($0.from), $0.to.stringValue.map { .text($0) } ?? Cell.null) },
      uniquingKeysWith: { $1 })
    var table = table
    for position in table.columns.indices {
      for level in levels where level < table.columns[position].label.count {
        guard let name = new[table.columns[position].label[level]] else { continue }
        table.columns[position].label[level] = name
      }
    }
    return table
  }

  /// The level of labels whose parts are renamed, by its number; all where none is named.
  private static func levels(
    _ options: OperationOptions, of table: DataTable
  ) throws(ChartQueryError) -> [Int] {
    let all = Array(0..<(table.columns.first?.label.count ?? 0))
    guard let level = options["level"]?.integerValue else { return all }
    guard all.contains(level) else {
      throw .postProcessing(reason: "there is no level \(level) of labels")
    }
    return [level]
  }

  static func select(
    _ table: DataTable, _ options: OperationOptions
  ) throws(ChartQueryError) -> DataTable {
    let (chosen, excluded) = (options.names("columns"), options.names("exclude"))
    let renames = options.renames("rename")
    try table.require(chosen + excluded + renames.map(\.from))
    var table = table
    if !chosen.isEmpty {
      let positions = Dictionary(grouping: table.columns.indices) { table.columns[$0].label.first }
      let count = chosen.reduce(0) { $0 + (positions[.text($1)]?.count ?? 0) }
      if count > table.columns.count { try DataTable.limit(count, table.rowCount, by: "Select") }
      table.columns = chosen.flatMap { positions[.text($0)] ?? [] }.map { table.columns[$0] }
    }
    table.columns.removeAll { column in excluded.contains { .text($0) == column.label.first } }
    for position in table.columns.indices {
      guard
        let rename = renames.first(where: { [.text($0.from)] == table.columns[position].label }),
        let name = rename.to.stringValue
      else { continue }
      table.columns[position].label = [.text(name)]
    }
    return table
  }

  /// By columns, or by what rows are called; equal rows keep their order.
  static func sort(
    _ table: DataTable, _ options: OperationOptions
  ) throws(ChartQueryError) -> DataTable {
    let names = options.names("by")
    let isByIndex = options.flag("is_sort_index", false)
    guard isByIndex || !names.isEmpty else { return table }
    if !isByIndex { try table.require(names) }
    let directions =
      options["ascending"]?.arrayValue.map { $0.map { $0.boolValue ?? true } }
      ?? Array(repeating: options.flag("ascending", true), count: max(1, names.count))
    guard isByIndex || directions.count == max(1, names.count) else {
      throw .breaksOff(
        reason: "Length of ascending (\(directions.count)) != length of by (\(names.count))")
    }
    let keys: [[Cell]] =
      isByIndex
      ? table.index.rows
      : (0..<table.rowCount).map { row in
        names.flatMap { table.positions(of: $0).prefix(1) }.map { table.columns[$0].cells[row] }
      }
    let order = keys.indices.sorted { left, right in
      for (level, (first, second)) in zip(keys[left], keys[right]).enumerated() {
        let isAscending = directions.isEmpty || directions[min(level, directions.count - 1)]
        // Nulls are last whichever way.
        if first.isNull != second.isNull { return second.isNull }
        if Cell.precedes(first, second) { return isAscending }
        if Cell.precedes(second, first) { return !isAscending }
      }
      return left < right
    }
    return table.rows(order)
  }
}

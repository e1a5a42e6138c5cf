// SPDX-License-Identifier: MIT
import JSONValues

/// Operations that make a column of a column, cell by cell.
extension PostProcessing {
  static func cum(
    _ table: DataTable, _ options: OperationOptions
  ) throws(ChartQueryError) -> DataTable {
    let name = options.text("operator") ?? ""
    guard let step = accumulators[name] else {
      throw .postProcessing(reason: "Invalid cumulative operator: \(name)")
    }
    return try appending(table, options) { cells throws(ChartQueryError) in
      let isWhole = cells.allSatisfy(\.isInteger)
      var total: Double?
      return cells.map { cell in
        let number = cell.number ?? 0
        let next = total.map { step($0, number) } ?? number
        total = next
        return Cell(next, isWhole: isWhole)
      }
    }
  }

  private static let accumulators: [String: @Sendable (Double, Double) -> Double] = [
    "sum": { $0 + $1 }, "prod": { $0 * $1 }, "min": { Swift.min($0, $1) },
    "max": { Swift.max($0, $1) },
  ]

  /// Each cell less the one some rows before it, or, across the table, some columns before.
  static func diff(
    _ table: DataTable, _ options: OperationOptions
  ) throws(ChartQueryError) -> DataTable {
    // Farther away than any row or column there is none; further numbers would only overflow.
    let periods = max(-1 << 40, min(options["periods"]?.integerValue ?? 1, 1 << 40))
    guard options["axis"]?.integerValue == 1 else {
      return try appending(table, options) { cells throws(ChartQueryError) in
        difference(
          cells,
          cells.indices.map { cells.indices.contains($0 - periods) ? cells[$0 - periods] : .null })
      }
    }
    let names = options.renames("columns").map(\.from)
    try table.require(names)
    let chosen = names.flatMap(table.positions).map { table.columns[$0].cells }
    var place = 0
    return try appending(table, options) { cells throws(ChartQueryError) in
      defer { place += 1 }
      let other = place - periods
      let others = chosen.indices.contains(other) ? chosen[other] : cells.map { _ in .null }
      return difference(cells, others)
    }
  }

  private static func difference(_ cells: [Cell], _ others: [Cell]) -> [Cell] {
    zip(cells, others).map { now, before in
      guard let now = now.number, let before = before.number else { return .null }
      return .real(now - before)
    }
  }

  static func rolling(
    _ table: DataTable, _ options: OperationOptions
  ) throws(ChartQueryError) -> DataTable {
    try table.require(options.renames("columns").map(\.from))
    let window = try RollingWindow(options)
    var result = try appending(table, options, keepsTypes: true) { cells throws(ChartQueryError) in
      window.values(of: cells)
    }
    if let least = options["min_periods"]?.integerValue, least > 1 {
      result = result.rows(Array((0..<result.rowCount).dropFirst(least - 1)))
    }
    return result
  }

  /// The table with what `body` makes of the columns named in `columns`, in their places where they keep their names, else
  /// behind all others.
  private static func appending(
    _ table: DataTable, _ options: OperationOptions, keepsTypes: Bool = false,
    _ body: ([Cell]) throws(ChartQueryError) -> [Cell]
  ) throws(ChartQueryError) -> DataTable {
    let renames = options.renames("columns")
    try table.require(renames.map(\.from))
    let keepsNames = renames.allSatisfy { $0.to.stringValue == $0.from }
    var table = table
    for (from, to) in renames {
      for position in table.positions(of: from) {
        var column = table.columns[position].with(try body(table.columns[position].cells))
        if !keepsTypes { column.holdsNumbers = true }
        if keepsNames {
          table.columns[position] = column
        } else {
          column.label[0] = .text(to.stringValue ?? from)
          table.columns.append(column)
        }
      }
    }
    return table
  }

  /// Pairs of columns, their difference, relative difference or ratio beside them.
  static func compare(
    _ table: DataTable, _ options: OperationOptions
  ) throws(ChartQueryError) -> DataTable {
    let (sources, others) = (options.names("source_columns"), options.names("compare_columns"))
    try table.require(sources + others)
    guard sources.count == others.count, !sources.isEmpty else {
      throw .postProcessing(
        reason: "`compare_columns` must have the same length as `source_columns`.")
    }
    let kind = options.text("compare_type") ?? ""
    guard ["difference", "percentage", "ratio"].contains(kind) else {
      throw .postProcessing(
        reason: "`compare_type` must be `difference`, `percentage` or `ratio`")
    }
    let precision = options["precision"]?.integerValue ?? 4
    var result = table
    for (source, other) in zip(sources, others) {
      for (rest, pairs) in table.pairs(source, other) {
        let cells = pairs.map { source, other -> Cell in
          guard let source = source.number, let other = other.number else { return .null }
          switch kind {
          case "difference": return .real(source - other)
          case "percentage": return .real(((source - other) / other).rounded(toDigits: precision))
          default: return .real((source / other).rounded(toDigits: precision))
          }
        }
        let label = [.text("\(kind)__\(source)__\(other)")] + rest
        result.columns.append(.init(label: label, cells: cells, holdsNumbers: true))
      }
    }
    if options.flag("drop_original_columns", false) {
      let dropped = Set((sources + others).map { Cell.text($0) })
      result.columns.removeAll { $0.label.first.map(dropped.contains) ?? false }
    }
    return result
  }
}

extension DataTable {
  /// What two names stand for, cell by cell: in a pivot the columns of each series, whose parts of the label come first.
  fileprivate func pairs(_ first: String, _ second: String) -> [(Label, [(Cell, Cell)])] {
    func columns(_ name: String) -> [Column] { positions(of: name).map { self.columns[$0] } }
    func rests(_ columns: [Column]) -> [Label] { columns.map { Array($0.label.dropFirst()) } }
    let (ours, theirs) = (columns(first), columns(second))
    let nothing = Array(repeating: Cell.null, count: rowCount)
    func cells(_ columns: [Column], _ rest: Label) -> [Cell] {
      columns.first { $0.label.dropFirst().elementsEqual(rest) }?.cells ?? nothing
    }
    // Of two names with different series all of them, in order.
    let labels =
      rests(ours) == rests(theirs)
      ? rests(ours) : Set(rests(ours) + rests(theirs)).sorted(by: precedes)
    return labels.map { ($0, Array(zip(cells(ours, $0), cells(theirs, $0)))) }
  }
}

extension Double {
  /// As numpy does it: by powers of ten, to even.
  fileprivate func rounded(toDigits digits: Int) -> Double {
    var scale = 1.0
    // There are no more powers.
    for _ in 0..<Swift.min(Swift.max(0, digits), 309) { scale *= 10 }
    return (self * scale).rounded(.toNearestOrEven) / scale
  }
}

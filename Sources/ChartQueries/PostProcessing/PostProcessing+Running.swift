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
    let periods = options["periods"]?.integerValue ?? 1
    guard (options["axis"]?.integerValue ?? 0) == 0 else {
      throw .unsupported("post_processing 'diff' across columns")
    }
    return try appending(table, options) { cells throws(ChartQueryError) in
      cells.indices.map { row in
        guard cells.indices.contains(row - periods), let now = cells[row].number,
          let before = cells[row - periods].number
        else { return .null }
        return .real(now - before)
      }
    }
  }

  static func rolling(
    _ table: DataTable, _ options: OperationOptions
  ) throws(ChartQueryError) -> DataTable {
    let window = try RollingWindow(options)
    var result = try appending(table, options) { cells throws(ChartQueryError) in
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
    _ table: DataTable, _ options: OperationOptions,
    _ body: ([Cell]) throws(ChartQueryError) -> [Cell]
  ) throws(ChartQueryError) -> DataTable {
    let renames = options.renames("columns")
    try table.require(renames.map(\.from))
    let keepsNames = renames.allSatisfy { $0.to.stringValue == $0.from }
    var table = table
    for (from, to) in renames {
      for position in table.positions(of: from) {
        let cells = try body(table.columns[position].cells)
        if keepsNames {
          table.columns[position].cells = cells
        } else {
          var label = table.columns[position].label
          label[0] = .text(to.stringValue ?? from)
          table.columns.append(.init(label: label, cells: cells))
        }
      }
    }
    return table
  }

  /// Each number's share of its column's or its row's sum.
  static func contribution(
    _ table: DataTable, _ options: OperationOptions
  ) throws(ChartQueryError) -> DataTable {
    guard options["time_shifts"]?.saysAnything != true else {
      throw .unsupported("post_processing 'contribution' with time_shifts")
    }
    let numeric = table.columns.indices.filter { position in
      let cells = table.columns[position].cells
      return cells.allSatisfy { $0.number != nil || $0.isNull } && !cells.allSatisfy(\.isNull)
    }
    let names = options.names("columns")
    var chosen = numeric
    if !names.isEmpty {
      chosen = []
      for name in names {
        let found = table.positions(of: name).filter(numeric.contains)
        guard !found.isEmpty else {
          throw .postProcessing(
            reason: "Column \"\(name)\" is not numeric or does not exists in the query results.")
        }
        chosen += found
      }
    }
    let renames = options.names("rename_columns")
    guard renames.isEmpty || renames.count == chosen.count else {
      throw .postProcessing(
        reason:
          "`rename_columns` must have the same length as `columns` + `time_shift_columns`.")
    }
    let isByRow = options.text("orientation") == "row"
    let numbers = chosen.map { table.columns[$0].cells.map { $0.number ?? 0 } }
    var result = table
    for (place, position) in chosen.enumerated() {
      let total = Statistics.sum(numbers[place])
      let cells = numbers[place].indices.map { row in
        let sum = isByRow ? Statistics.sum(numbers.map { $0[row] }) : total
        return Cell.real(numbers[place][row] / sum)
      }
      let label = renames.isEmpty ? table.columns[position].label : [.text(renames[place])]
      if let known = result.columns.firstIndex(where: { $0.label == label }) {
        result.columns[known].cells = cells
      } else {
        result.columns.append(.init(label: label, cells: cells))
      }
    }
    return result
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
      let pairs = zip(table.cells(of: source) ?? [], table.cells(of: other) ?? [])
      let cells = pairs.map { source, other -> Cell in
        guard let source = source.number, let other = other.number else { return .null }
        switch kind {
        case "difference": return .real(source - other)
        case "percentage": return .real(((source - other) / other).rounded(toDigits: precision))
        default: return .real((source / other).rounded(toDigits: precision))
        }
      }
      result.columns.append(.init(label: [.text("\(kind)__\(source)__\(other)")], cells: cells))
    }
    if options.flag("drop_original_columns", false) {
      let dropped = Set((sources + others).map { Cell.text($0) })
      result.columns.removeAll { $0.label.first.map(dropped.contains) ?? false }
    }
    return result
  }
}

extension Double {
  /// As numpy does it: by powers of ten, to even.
  fileprivate func rounded(toDigits digits: Int) -> Double {
    var scale = 1.0
    for _ in 0..<Swift.max(0, digits) { scale *= 10 }
    return (self * scale).rounded(.toNearestOrEven) / scale
  }
}

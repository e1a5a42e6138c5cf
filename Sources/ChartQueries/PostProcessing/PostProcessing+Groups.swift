// SPDX-License-Identifier: MIT
import JSONValues

/// Operations that make one row of many.
extension PostProcessing {
  static func aggregate(
    _ table: DataTable, _ options: OperationOptions
  ) throws(ChartQueryError) -> DataTable {
    let names = options.names("groupby")
    try table.require(names)
    let aggregates = try Aggregate.each(options["aggregates"], in: table)
    try table.requireSingle(names + aggregates.map(\.aggregate.column))
    let groups = groups(of: table, by: names)
    var columns = keyColumns(of: groups, names)
    for (name, aggregate) in aggregates {
      let source = table.cells(of: aggregate.column) ?? []
      columns.append(
        .init(
          label: [.text(name)],
          cells: groups.map { aggregate.value(of: $0.rows.map { source[$0] }) },
          holdsNumbers: true))
    }
    return DataTable(columns, index: .numbered(groups.count))
  }

  typealias Group = (key: [Cell], rows: [Int])

  /// Rows that have the same values, in the order of these; rows with a null among them belong to no group. By no names
  /// all rows are one group.
  static func groups(of table: DataTable, by names: [String]) -> [Group] {
    if names.isEmpty { return [([], Array(0..<table.rowCount))] }
    let nothing = Array(repeating: Cell.null, count: table.rowCount)
    let keys = names.map { table.cells(of: $0) ?? nothing }
    var groups: [[Cell]: [Int]] = [:]
    for row in 0..<table.rowCount {
      let key = keys.map { $0[row] }
      guard !key.contains(where: \.isNull) else { continue }
      groups[key, default: []].append(row)
    }
    return groups.sorted { precedes($0.key, $1.key) }.map { ($0.key, $0.value) }
  }

  /// What the groups have in common, a column for each name.
  static func keyColumns(of groups: [Group], _ names: [String]) -> [DataTable.Column] {
    names.enumerated().map { level, name in
      DataTable.Column(label: [.text(name)], cells: groups.map { $0.key[level] })
    }
  }

  /// Groups by the index, a column for each value of the pivoted columns and each aggregate.
  static func pivot(
    _ table: DataTable, _ options: OperationOptions
  ) throws(ChartQueryError) -> DataTable {
    try options.required("index", "aggregates", by: "pivot")
    var table = table
    let (index, pivoted) = (options.names("index"), options.names("columns"))
    try table.require(index + pivoted)
    guard !index.isEmpty else {
      throw .postProcessing(reason: "Pivot operation requires at least one index")
    }
    let aggregates = try Aggregate.each(options["aggregates"], in: table)
    guard !aggregates.isEmpty else {
      throw .postProcessing(reason: "Pivot operation must include at least one aggregate")
    }
    try table.requireSingle(index + pivoted + aggregates.map(\.aggregate.column))
    // Of several over one column the last counts.
    var functions: [String: Aggregate] = [:]
    for (_, aggregate) in aggregates { functions[aggregate.column] = aggregate }
    fill(&table, pivoted, options)
    let pivot = Pivot(
      table, index: index, columns: pivoted, functions: functions,
      dropsMissing: options.flag("drop_missing_columns", true),
      fill: options["metric_fill_value"].map(Cell.init))
    var marginalName: String?
    if options.flag("marginal_distributions", false) {
      marginalName = options.text("marginal_distribution_name")
      guard marginalName != nil else {
        throw .breaksOff(reason: "margins_name argument must be a string")
      }
    }
    let result = try pivot.table(marginalName: marginalName)
    return options.flag("combine_value_with_metric", false) ? result.combined : result
  }

  /// Nulls of the pivoted columns get a name.
  private static func fill(
    _ table: inout DataTable, _ names: [String], _ options: OperationOptions
  ) {
    let name = options.has("column_fill_value") ? options.text("column_fill_value") : "<NULL>"
    guard let name, !name.isEmpty else { return }
    for position in names.flatMap(table.positions) {
      table.columns[position].cells = table.columns[position].cells.map {
        $0.isNull ? .text(name) : $0
      }
    }
  }
}

extension Cell {
  /// A value of an option.
  init(_ value: JSONValue) {
    switch value {
    case .integer(let number): self = .integer(number)
    case .double(let number): self = .real(number)
    case .string(let text): self = .text(text)
    case .null: self = .null
    default: self = .json(value)
    }
  }
}

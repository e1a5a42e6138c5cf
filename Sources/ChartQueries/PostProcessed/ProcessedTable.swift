// SPDX-License-Identifier: MIT
import JSONValues

/// Rows as their chart shows them: what a report is sent with.
struct ProcessedTable {
  private let table: TypedTable
  /// Labels of a pivot table are lists of their levels; rows of a plain table are only numbered.
  private let isPivoted: Bool

  /// - Parameter isRead: whether the rows were read from CSV, where nothing is always no number.
  /// - Throws: an error for a form over which Superset breaks off.
  init(
    _ rows: DataTable, _ chart: ProcessedChart, titles: [String: String], isRead: Bool
  ) throws(ChartQueryError) {
    let source = TypedTable(rows, titles: titles)
    switch chart.type {
    case .pivot:
      isPivoted = true
      table = try PivotTable(try PivotForm(chart.form, titles: titles)).table(of: source)
    case .table:
      isPivoted = false
      table = try FormattedTable(chart.form, isRead: isRead).table(of: source)
    }
  }

  var rowCount: Int { table.rows.count }

  var columnNames: JSONValue { .array(table.columns.map { json($0.label) }) }

  var rowNames: JSONValue { .array(table.rows.map(json)) }

  private func json(_ label: [Cell]) -> JSONValue {
    isPivoted ? .array(label.map(\.json)) : label.first?.json ?? .null
  }

  /// By what the cells are; `isTemporal` says which columns of a plain table are times whatever
  /// they hold.
  func types(isTemporal: (String) -> Bool) -> [GenericType] {
    table.columns.map { column in
      if !isPivoted, isTemporal(column.label[0].text) { return .temporal }
      return Self.type(of: column)
    }
  }

  private static func type(of column: TypedTable.Column) -> GenericType {
    switch column.kind {
    case .integer, .real: return .numeric
    case .boolean: return .boolean
    case .time: return .temporal
    case .object: break
    }
    // Of cells of any type those count that are something.
    switch CellKind(of: column.cells.filter { !$0.isNull }) {
    case .integer, .real: return .numeric
    case .boolean: return .boolean
    case .time: return .temporal
    case .object: return .string
    }
  }

  private var names: (columns: [String], rows: [String]) {
    (names(of: table.columns.map(\.label)), names(of: table.rows))
  }

  /// Levels with a blank between them.
  private func names(of labels: [[Cell]]) -> [String] {
    guard isPivoted else { return labels.map { $0[0].pandasText } }
    // Among times nothing is no time, among all else no number.
    let gaps = (0..<(labels.first?.count ?? 0)).map { level in
      CellKind(of: labels.map { $0[level] }) == .time ? "NaT" : "nan"
    }
    return labels.map { label in
      zip(label, gaps).map { $0.isNull ? $1 : $0.pandasText }.joined(separator: " ")
        .trimmingBlanks
    }
  }

  /// A member for each column: an object with a member for each row.
  var data: JSONValue {
    let names = names
    let members = zip(names.columns, table.columns).map { name, column in
      let cells = zip(names.rows, column.cells).map { ($0, $1.json) }
      return (name, JSONValue.object(JSONObject(cells, uniquingKeysWith: { $1 })))
    }
    return .object(JSONObject(members, uniquingKeysWith: { $1 }))
  }

  /// The same with a row for each row, whose name stands in front, under no name.
  var rows: DataTable {
    let names = names
    let columns = zip(names.columns, table.columns).map { name, column in
      DataTable.Column(label: [.text(name)], cells: column.cells)
    }
    guard isPivoted else { return DataTable(columns) }
    let front = DataTable.Column(label: [.text("")], cells: names.rows.map { .text($0) })
    return DataTable([front] + columns)
  }

  /// As pandas writes it, with the names of rows in front, also of those that are only numbered.
  var csv: [UInt8] {
    var bytes: [UInt8] = []
    let names = names
    CSVText.append([""] + names.columns, .pandas, to: &bytes)
    let fields = table.columns.map { CSVColumn($0.cells, isTyped: $0.kind != .object) }
    for (row, name) in names.rows.enumerated() {
      let cells = zip(fields, table.columns).map { $0.field($1.cells[row], escaping: false) }
      CSVText.append([name] + cells, .pandas, to: &bytes)
    }
    return bytes
  }
}

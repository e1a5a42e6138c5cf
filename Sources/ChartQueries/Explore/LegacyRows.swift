// SPDX-License-Identifier: MIT
import SQLDatabases
import SupersetMetadata

/// The rows of a legacy chart's query, as a pandas frame would hold them.
struct LegacyRows: Sendable {
  let statement: SelectStatement
  let table: DataTable
  let types: [GenericType]

  init(
    _ statement: SelectStatement, _ query: LegacyQuery, _ form: ExploreForm, _ dataset: Dataset,
    _ database: any SQLDatabase
  ) throws(ChartQueryError) {
    // Only the time of a time series is read as one: all others stay the texts that they are.
    var times = TimeColumns(adding: dataset.hourOffset)
    if query.isTimeseries { try times.add(QueryObject.timestampLabel, format: nil) }
    let reader = try RowsWriter.table(of: statement, times, from: database)
    let metrics = Set(try form.metricLabels)
    var table = reader.table
    for position in table.columns.indices {
      let name = table.columns[position].label[0].text
      let cells = table.columns[position].cells
      table.columns[position].cells =
        (metrics.contains(name) ? cells.map(\.asNumber) : cells).asOneKind
    }
    if let shift = form.text("time_shift"), query.isTimeseries {
      table = table.moved(by: try LookBack(shift, now: query.now).forward)
    }
    self.statement = statement
    self.table = table
    types = table.columns.map { column in
      Self.type(of: column, isMetric: metrics.contains(column.label[0].text), dataset)
    }
  }

  private static func type(
    of column: DataTable.Column, isMetric: Bool, _ dataset: Dataset
  ) -> GenericType {
    let name = column.label[0].text
    if name == QueryObject.timestampLabel || dataset.column(named: name)?.isTemporal == true {
      return .temporal
    }
    let isNumeric = column.isNumeric && (isMetric || column.cells.contains { !$0.isNull })
    return isNumeric ? .numeric : .string
  }
}

extension Cell {
  /// A metric is a number, or nothing.
  fileprivate var asNumber: Cell {
    guard case .text(let text) = self else { return self }
    let trimmed = text.trimmed(where: \.isWhitespace)
    if let number = Int(trimmed) { return .integer(number) }
    return Double(trimmed).map { .real($0) } ?? .null
  }
}

extension DataTable {
  /// With other times in the column of the time series.
  func moved(by microseconds: Int) -> DataTable {
    var table = self
    for position in positions(of: QueryObject.timestampLabel) {
      table.columns[position].cells = columns[position].cells.map { cell in
        guard case .time(let time) = cell else { return cell }
        return .time(time.shifted(by: microseconds))
      }
    }
    return table
  }
}

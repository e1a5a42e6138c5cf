// SPDX-License-Identifier: MIT
import JSONValues

/// Values by the keys of rows and columns, with totals.
struct PivotTable {
  /// A row's or column's place: its key, or the beginning of one, of which it is the sum.
  struct Header: Hashable {
    let key: [JSONValue]
    let isTotal: Bool
  }

  /// Records that are taken in; more cells nobody sees.
  private static let mostRecords = 200_000
  static let metric = "Metric"

  private struct Place: Hashable {
    let row: [JSONValue]
    let column: [JSONValue]
  }

  let rowNames: [String]
  let columnNames: [String]
  private(set) var rows: [Header] = []
  private(set) var columns: [Header] = []
  let aggregate: PivotAggregate
  private let form: JSONValue
  private let metrics: [String]
  private var values: [Place: [Double]] = [:]

  init(_ chart: Chart, _ table: DataTable) throws(ChartFault) {
    form = chart.form
    let metrics = chart.metrics(of: table)
    self.metrics = metrics
    let named = Set(metrics)
    let dimensions = chart.dimensions(of: table).filter { !named.contains($0) }
    aggregate = chart.text("aggregateFunction").flatMap(PivotAggregate.init) ?? .sum
    var rowNames = FormLabels.columns(form["groupbyRows"]).filter { table[$0] != nil }
    var columnNames = FormLabels.columns(form["groupbyColumns"]).filter { table[$0] != nil }
    if rowNames.isEmpty, columnNames.isEmpty {
      rowNames = dimensions
    }
    let isInRows = form["metricsLayout"]?.stringValue == "ROWS"
    let isLast = form["combineMetric"].isTrue
    func joined(_ names: [String]) -> [String] {
      isLast ? names + [Self.metric] : [Self.metric] + names
    }
    if isInRows { rowNames = joined(rowNames) } else { columnNames = joined(columnNames) }
    if form["transposePivot"].isTrue { (rowNames, columnNames) = (columnNames, rowNames) }
    (self.rowNames, self.columnNames) = (rowNames, columnNames)
    fill(table)
    guard !values.isEmpty else { throw .empty }
    rows = headers(\.row, rowNames, order: "rowOrder", subtotals: "rowSubTotals")
    columns = headers(\.column, columnNames, order: "colOrder", subtotals: "colSubTotals")
  }

  private mutating func fill(_ table: DataTable) {
    let limit = Self.mostRecords / max(1, metrics.count)
    for row in table.rows.prefix(limit) {
      for metric in metrics {
        guard let value = row[metric]?.plotted else { continue }
        let key = { (names: [String]) in
          names.map { $0 == Self.metric ? .string(metric) : row[$0] ?? .null }
        }
        let (down, across) = (key(rowNames), key(columnNames))
        for row in beginnings(down, "rowSubTotals") {
          for column in beginnings(across, "colSubTotals") {
            values[Place(row: row, column: column), default: []].append(value)
          }
        }
      }
    }
  }

  /// The key itself, nothing for the total, and between them what has a subtotal.
  private func beginnings(_ key: [JSONValue], _ subtotals: String) -> [[JSONValue]] {
    guard !key.isEmpty else { return [[]] }
    guard form[subtotals].isTrue, key.count > 1 else { return [key, []] }
    return (0...key.count).map { Array(key.prefix($0)) }
  }

  private func headers(
    _ side: KeyPath<Place, [JSONValue]>, _ names: [String], order: String, subtotals: String
  ) -> [Header] {
    let keys = Set(values.keys.map { $0[keyPath: side] })
    let full = keys.filter { $0.count == names.count }
    let kind = form[order]?.stringValue ?? "key_a_to_z"
    let sums: [[JSONValue]: Double] =
      kind.hasPrefix("value")
      ? full.reduce(into: [:]) { sums, key in
        let place =
          side == \.row ? Place(row: key, column: []) : Place(row: [], column: key)
        sums[key] = aggregate.value(of: values[place] ?? []) ?? 0
      } : [:]
    let sorted = full.sorted { left, right in
      if kind.hasPrefix("value"), let a = sums[left], let b = sums[right], a != b { return a < b }
      return precedes(left, right, names)
    }
    let ordered = kind.hasSuffix("z_to_a") ? sorted.reversed() : sorted
    var output: [Header] = []
    let hasParts = form[subtotals].isTrue && names.count > 1
    for (index, key) in ordered.enumerated() {
      output.append(Header(key: key, isTotal: false))
      guard hasParts else { continue }
      let next = index + 1 < ordered.count ? ordered[index + 1] : []
      for count in stride(from: names.count - 1, to: 0, by: -1)
      where Array(next.prefix(count)) != Array(key.prefix(count)) {
        output.append(Header(key: Array(key.prefix(count)), isTotal: true))
      }
    }
    return output
  }

  /// Metrics stand in the order of the form, everything else by its value.
  private func precedes(_ left: [JSONValue], _ right: [JSONValue], _ names: [String]) -> Bool {
    for (index, name) in names.enumerated() where left[index] != right[index] {
      guard name == Self.metric else {
        // There as here nothing comes before everything, elsewhere it comes last.
        guard !left[index].isNull, !right[index].isNull else { return left[index].isNull }
        return left[index].precedes(right[index])
      }
      let place = { (value: JSONValue) in
        metrics.firstIndex { .string($0) == value } ?? metrics.count
      }
      return place(left[index]) < place(right[index])
    }
    return false
  }

  /// An empty key stands for all.
  func value(row: [JSONValue], column: [JSONValue]) -> Double? {
    let own = aggregate.value(of: values[Place(row: row, column: column)] ?? [])
    let whole: Place
    switch aggregate.whole {
    case .none: return own
    case .table: whole = Place(row: [], column: [])
    case .row: whole = Place(row: row, column: [])
    case .column: whole = Place(row: [], column: column)
    }
    guard let own, let all = aggregate.value(of: values[whole] ?? []), all != 0 else { return nil }
    return own / all
  }

  /// The metric that a cell belongs to; nil where several are summed up.
  func metric(row: [JSONValue], column: [JSONValue]) -> String? {
    let pairs = zip(rowNames, row).map { $0 } + zip(columnNames, column).map { $0 }
    return pairs.first { $0.0 == Self.metric }?.1.stringValue
      ?? (metrics.count == 1 ? metrics[0] : nil)
  }
}

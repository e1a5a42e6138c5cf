// SPDX-License-Identifier: MIT
import JSONValues

/// Values by column and row.
struct HeatmapData {
  struct Cell {
    let column: Int
    let row: Int
    let value: Double
  }

  /// Names along a side; cells between more of them are too small to be told apart.
  private static let mostLabels = 120

  private(set) var columns: [String] = []
  private(set) var rows: [String] = []
  private(set) var cells: [Cell] = []
  let metric: String?

  init(_ chart: Chart) throws(ChartFault) {
    let table = try chart.table()
    let isLegacy = chart.legacy?["records"] != nil
    let across: String?
    let down: String?
    if isLegacy {
      (across, down, metric) = ("x", "y", "v")
    } else {
      let metrics = chart.metrics(of: table)
      let named =
        FormLabels.columns(chart.form["x_axis"]) + FormLabels.columns(chart.form["groupby"])
      let others = table.columns.map(\.name).filter { !metrics.contains($0) }
      let names = FormLabels.unique(named.filter { table[$0] != nil } + others)
      (across, down, metric) = (names.first, names.dropFirst().first, metrics.first)
    }
    guard let across, let down, let metric else {
      throw .unfit("A heat map needs two dimensions and a metric.")
    }
    read(table, across, down, metric, chart)
    guard !cells.isEmpty else { throw .empty }
  }

  private mutating func read(
    _ table: DataTable, _ across: String, _ down: String, _ metric: String, _ chart: Chart
  ) {
    let time = TimeFormat(chart.text("x_axis_time_format"))
    var found: [(x: JSONValue, y: JSONValue, value: Double)] = []
    for row in table.rows {
      guard let value = row[metric]?.plotted else { continue }
      found.append((row[across] ?? .null, row[down] ?? .null, value))
    }
    let xs = Self.ordered(
      found.map { ($0.x, $0.value) }, chart.text("sort_x_axis") ?? chart.text("sort_x"))
    let ys = Self.ordered(
      found.map { ($0.y, $0.value) }, chart.text("sort_y_axis") ?? chart.text("sort_y"))
    columns = xs.map { SeriesName.text($0, table[across]?.kind, time: time) }
    rows = ys.map { SeriesName.text($0, table[down]?.kind, time: time) }
    let places = (Self.places(xs), Self.places(ys))
    cells = found.compactMap { item in
      guard let column = places.0[item.x], let row = places.1[item.y] else { return nil }
      return Cell(column: column, row: row, value: item.value)
    }
  }

  private static func places(_ values: [JSONValue]) -> [JSONValue: Int] {
    Dictionary(values.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { $1 })
  }

  /// By name or by sum, upwards or downwards.
  private static func ordered(_ items: [(JSONValue, Double)], _ order: String?) -> [JSONValue] {
    var sums: [JSONValue: Double] = [:]
    for (value, number) in items { sums[value, default: 0] += number }
    var seen: Set<JSONValue> = []
    let values = items.map(\.0).filter { seen.insert($0).inserted }
    let order = order ?? "alpha_asc"
    let sorted = values.sorted { left, right in
      if order.hasPrefix("value") {
        let (a, b) = (sums[left] ?? 0, sums[right] ?? 0)
        if a != b { return a < b }
      }
      // Superset compares what it shows: "<NULL>" stands before all letters.
      if left.isNull || right.isNull { return left.isNull && !right.isNull }
      return left.precedes(right)
    }
    return Array((order.hasSuffix("desc") ? sorted.reversed() : sorted).prefix(mostLabels))
  }
}

extension JSONValue {
  /// Numbers by size, then texts by their letters; nothing is last.
  func precedes(_ other: JSONValue) -> Bool {
    switch (self, other) {
    case (.null, _): false
    case (_, .null): true
    case (.string(let left), .string(let right)): left < right
    default:
      if let left = doubleValue, let right = other.doubleValue {
        left < right
      } else {
        doubleValue != nil && other.doubleValue == nil
          || (doubleValue == nil) == (other.doubleValue == nil) && text < other.text
      }
    }
  }
}

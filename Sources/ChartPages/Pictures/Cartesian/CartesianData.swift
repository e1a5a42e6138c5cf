// SPDX-License-Identifier: MIT
import JSONValues

/// Series of values over common positions.
struct CartesianData {
  enum Positions {
    case times([Double])
    case values([Double])
    case labels([String])

    var count: Int {
      switch self {
      case .times(let places), .values(let places): places.count
      case .labels(let labels): labels.count
      }
    }
  }

  struct Series {
    let name: String
    var values: [Double?]
  }

  var positions: Positions
  var series: [Series]

  /// More lines than these nobody tells apart.
  static let mostSeries = 60
  /// Categories beyond these are not drawn.
  static let mostLabels = 500

  init(positions: Positions, series: [Series]) {
    self.positions = positions
    self.series = series
  }

  /// - Parameter table: another one than that of the first query.
  /// - Parameter order: how series are ordered where the form does not say.
  init(
    _ chart: Chart, isBar: Bool, table: DataTable? = nil, order usual: String = "sum"
  ) throws(ChartFault) {
    if chart.tables.isEmpty, let legacy = Self.legacy(chart) {
      self = legacy
    } else {
      let table = if let table { table } else { try chart.table() }
      guard let axis = Self.axis(of: table, chart) else {
        throw .unfit("There is no column for the horizontal axis.")
      }
      self = Self.read(table, axis, chart, isBar: isBar)
    }
    guard positions.count > 0, !series.isEmpty else { throw .empty }
    order(chart, usual)
    limit()
  }

  private static func axis(of table: DataTable, _ chart: Chart) -> DataTable.Column? {
    let named = FormLabels.columns(chart.form["x_axis"]) + ["__timestamp"]
    if let name = named.first(where: { table[$0] != nil }) { return table[name] }
    let others = table.times + table.labels
    return others.first.flatMap { table[$0] } ?? table.columns.first
  }

  private static func read(
    _ table: DataTable, _ axis: DataTable.Column, _ chart: Chart, isBar: Bool
  ) -> CartesianData {
    let dimensions = table.labels.filter { $0 != axis.name }
    if !dimensions.isEmpty, let spread = spread(table, axis, dimensions, chart) { return spread }
    let names = table.columns.filter { $0.name != axis.name && $0.kind == .number }.map(\.name)
    let rows = placed(table.rows, axis)
    return CartesianData(
      positions: positions(rows.map { $0[axis.name] ?? .null }, axis, chart, isBar: isBar),
      series: names.map { name in
        Series(name: name, values: rows.map { $0[name]?.plotted })
      })
  }

  /// Of an axis of times only rows that have one.
  private static func placed(_ rows: [JSONObject], _ axis: DataTable.Column) -> [JSONObject] {
    guard axis.kind == .time else { return rows }
    return rows.filter { $0[axis.name]?.plotted != nil }
  }

  private static func positions(
    _ values: [JSONValue], _ axis: DataTable.Column, _ chart: Chart, isBar: Bool
  ) -> Positions {
    let numbers = values.compactMap(\.plotted)
    let isWhole = numbers.count == values.count
    if axis.kind == .time, isWhole, !chart.form["xAxisForceCategorical"].isTrue {
      return .times(numbers)
    }
    if axis.kind == .number, isWhole, !isBar { return .values(numbers) }
    let time = TimeFormat(chart.text("x_axis_time_format"))
    return .labels(values.map { SeriesName.text($0, axis.kind, time: time) })
  }

  /// Rows with dimensions in columns of their own become one series for each of their values.
  private static func spread(
    _ table: DataTable, _ axis: DataTable.Column, _ dimensions: [String], _ chart: Chart
  ) -> CartesianData? {
    let metrics = table.numbers.filter { $0 != axis.name }
    guard !metrics.isEmpty else { return nil }
    var places: [JSONValue: Int] = [:]
    var order: [JSONValue] = []
    var found: [String: Int] = [:]
    var series: [Series] = []
    for row in placed(table.rows, axis) {
      let place = row[axis.name] ?? .null
      if places[place] == nil {
        places[place] = order.count
        order.append(place)
      }
      let label = SeriesName.text(of: row, dimensions, in: table, time: .detailed)
      for metric in metrics {
        let name = metrics.count > 1 ? "\(metric), \(label)" : label
        if found[name] == nil {
          guard series.count < mostSeries * 4 else { continue }
          found[name] = series.count
          series.append(Series(name: name, values: []))
        }
        guard let index = found[name], let at = places[place] else { continue }
        let missing = at + 1 - series[index].values.count
        if missing > 0 { series[index].values += [Double?](repeating: nil, count: missing) }
        series[index].values[at] = row[metric]?.plotted
      }
    }
    for index in series.indices {
      let missing = order.count - series[index].values.count
      series[index].values += [Double?](repeating: nil, count: missing)
    }
    return CartesianData(
      positions: positions(order, axis, chart, isBar: true), series: series)
  }

  /// The greatest sums first, or as `sort_series_type` has it.
  private mutating func order(_ chart: Chart, _ usual: String) {
    let isAscending = chart.form["sort_series_ascending"].isTrue
    let kind = chart.text("sort_series_type") ?? usual
    let keys = series.map { SeriesOrder.key($0, kind) }
    let indices = series.indices.sorted { left, right in
      let names = (series[left].name.lowercased(), series[right].name.lowercased())
      if kind == "name", names.0 != names.1 { return (names.0 < names.1) == isAscending }
      guard keys[left] != keys[right] else { return left < right }
      return (keys[left] < keys[right]) == isAscending
    }
    series = indices.map { series[$0] }
  }

  private mutating func limit() {
    series = Array(series.prefix(Self.mostSeries))
    guard case .labels(let labels) = positions, labels.count > Self.mostLabels else { return }
    positions = .labels(Array(labels.prefix(Self.mostLabels)))
    for index in series.indices {
      series[index].values = Array(series[index].values.prefix(Self.mostLabels))
    }
  }
}

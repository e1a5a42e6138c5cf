// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

/// A chart of the old kind: the server, not the browser, brings its data into shape.
protocol LegacyChart: Sendable {
  /// Its `viz_type` in forms.
  static var name: String { get }
  /// Whether it groups by time.
  static var isTimeseries: Bool { get }
  init()
  /// Makes of the query of any form the one of this type.
  func edit(_ query: inout LegacyQuery, _ form: ExploreForm) throws(ChartQueryError)
  /// The `data` of the answer.
  func data(_ result: LegacyResult) throws(ChartQueryError) -> LegacyData
}

extension LegacyChart {
  static var isTimeseries: Bool { false }

  func edit(_ query: inout LegacyQuery, _ form: ExploreForm) throws(ChartQueryError) {}

  func data(_ result: LegacyResult) throws(ChartQueryError) -> LegacyData {
    LegacyData(result.table.legacyRecords)
  }
}

/// What a legacy chart makes its data of.
struct LegacyResult: Sendable {
  let form: ExploreForm
  /// The rows as they came, metrics as numbers.
  let table: DataTable
  /// The rows of the same query at other times, moved to the chart's own.
  let shifted: [(shift: LookBack, table: DataTable)]
  let now: CivilTime

  var isEmpty: Bool { table.rowCount == 0 }
}

struct LegacyData: Sendable {
  let json: JSONValue
  /// Names of the columns, where the chart has changed them on its way.
  let columnNames: [String]?

  init(_ json: JSONValue, columnNames: [String]? = nil) {
    self.json = json
    self.columnNames = columnNames
  }

  /// Of a result without rows most charts make nothing.
  static let none = LegacyData(.null)
}

enum LegacyCharts {
  private static let types: [any LegacyChart.Type] = [
    AreaChart.self, BarChart.self, BubbleChart.self, BulletChart.self, CalendarHeatmapChart.self,
    ChordChart.self, CompareChart.self, CountryMapChart.self, DistributionBarChart.self,
    EventFlowChart.self, HeatmapChart.self, HistogramChart.self, HorizonChart.self,
    LineChart.self, PairedTTestChart.self, ParallelCoordinatesChart.self, PartitionChart.self,
    RoseChart.self, SankeyChart.self, TimePivotChart.self, TimeTableChart.self,
    WorldMapChart.self,
  ]

  private static let byName = Dictionary(uniqueKeysWithValues: types.map { ($0.name, $0) })

  static var names: Set<String> { Set(byName.keys) }

  /// - Throws: an error that names the type, where we do not draw it.
  static func chart(named name: String) throws(ChartQueryError) -> any LegacyChart {
    guard let type = byName[name] else { throw .unsupported("the viz_type '\(name)'") }
    return type.init()
  }
}

extension DataTable {
  /// A JSON object for each row.
  var legacyRecords: JSONValue {
    .array(
      (0..<rowCount).map { row in
        .object(
          JSONObject(
            columns.map { ($0.label[0].text, $0.cells[row].json) }, uniquingKeysWith: { $1 }))
      })
  }

  /// - Throws: what Python says of a column that a frame does not have.
  func legacyCells(_ name: String) throws(ChartQueryError) -> [Cell] {
    guard let cells = cells(of: name) else { throw .breaksOff(reason: PythonText.quoted(name)) }
    return cells
  }

  /// The columns of these names, under other ones.
  func legacyColumns(
    _ names: [String], as new: [String]
  ) throws(ChartQueryError) -> DataTable {
    var columns: [Column] = []
    for (name, label) in zip(names, new) {
      columns.append(Column(label: [.text(label)], cells: try legacyCells(name)))
    }
    return DataTable(columns, index: index)
  }
}

// SPDX-License-Identifier: MIT
import JSONValues

/// The parts of a whole: names and values that are not below zero.
struct Slices {
  struct Slice: Hashable {
    let name: String
    let value: Double
  }

  /// Of more the rest is drawn as one.
  private static let most = 200

  let slices: [Slice]
  let metric: String?

  init(_ chart: Chart) throws(ChartFault) {
    if chart.tables.isEmpty, let points = chart.legacy?.arrayValue, !points.isEmpty {
      metric = nil
      slices = Self.gathered(
        points.compactMap { point in
          point["y"]?.plotted.map {
            Slice(name: SeriesName.text(point["x"], time: .detailed), value: $0)
          }
        })
    } else {
      let table = try chart.table()
      let metric = chart.metrics(of: table).first
      self.metric = metric
      let dimensions = chart.dimensions(of: table).filter { $0 != metric }
      let time = TimeFormat(chart.text("date_format"))
      slices = Self.gathered(
        table.rows.compactMap { row in
          metric.flatMap { row[$0]?.plotted }.map {
            Slice(
              name: dimensions.isEmpty
                ? metric ?? "" : SeriesName.text(of: row, dimensions, in: table, time: time),
              value: $0)
          }
        })
    }
    guard !slices.isEmpty else { throw .empty }
  }

  private static func gathered(_ slices: [Slice]) -> [Slice] {
    let slices = slices.filter { $0.value >= 0 }
    guard slices.count > most else { return slices }
    let rest = slices[most...].reduce(0) { $0 + $1.value }
    return slices.prefix(most) + [Slice(name: "+\(slices.count - most)", value: rest)]
  }

  var total: Double { slices.reduce(0) { $0 + $1.value } }
}

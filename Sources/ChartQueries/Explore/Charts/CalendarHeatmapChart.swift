// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

/// Days or hours as squares of a calendar.
struct CalendarHeatmapChart: LegacyChart {
  static let name = "cal_heatmap"
  static let isTimeseries = true

  private static let grains = [
    "min": "PT1M", "hour": "PT1H", "day": "P1D", "week": "P1W", "month": "P1M", "year": "P1Y",
  ]

  func edit(_ query: inout LegacyQuery, _ form: ExploreForm) throws(ChartQueryError) {
    query.members["metrics"] = form.value("metrics")
    let unit = form.has("subdomain_granularity") ? form.text("subdomain_granularity") : "min"
    guard let grain = Self.grains[unit ?? ""] else {
      throw .breaksOff(reason: unit.map(PythonText.quoted) ?? "None")
    }
    var extras = query.members["extras"]?.objectValue ?? [:]
    extras["time_grain_sqla"] = .string(grain)
    query.members["extras"] = .object(extras)
  }

  func data(_ result: LegacyResult) throws(ChartQueryError) -> LegacyData {
    guard !result.isEmpty else { return .none }
    let form = result.form
    let times = try result.table.legacyCells(SeriesShaper.time)
    var data: JSONObject = [:]
    for metric in try form.metricLabels {
      let cells = result.table.cells(of: metric)
      let values = times.indices.map { row in
        (Self.seconds(times[row]), cells?[row].json ?? .null)
      }
      data[metric] = .object(JSONObject(values) { $1 })
    }
    let range = try LegacyQuery.range(form, result.now)
    guard let start = range.from, let end = range.to else {
      throw .chart(reason: "Please provide both time bounds (Since and Until)")
    }
    return LegacyData([
      "data": .object(data), "start": .double(start.epochMilliseconds),
      "domain": form.value("domain_granularity"),
      "subdomain": form.value("subdomain_granularity"),
      "range": Self.count(of: form.text("domain_granularity"), from: start, to: end),
    ])
  }

  /// As Python prints the division of nanoseconds.
  private static func seconds(_ cell: Cell) -> String {
    guard case .time(let time) = cell else { return "nan" }
    return PythonText.of(Double(time.microseconds) * 1_000 / 1e9)
  }

  /// How many of the large steps there are, with the one that has begun.
  private static func count(
    of domain: String?, from start: CivilTime, to end: CivilTime
  ) -> JSONValue {
    let seconds = Double(end.microseconds - start.microseconds) / 1_000_000
    switch domain {
    case "year": return .integer(end.calendar.year - start.calendar.year + 1)
    case "month": return .integer(months(from: start, to: end) + 1)
    case "week":
      let months = months(from: start, to: end)
      let rest = start.adding(months, .month).map { end.microseconds - $0.microseconds } ?? 0
      return .integer(months / 12 * 53 + rest / (7 * 86_400_000_000) + 1)
    case "day": return .double((seconds / 86_400).rounded(.down) + 1)
    default: return .double((seconds / 3_600).rounded(.down) + 1)
    }
  }

  /// Whole ones.
  private static func months(from start: CivilTime, to end: CivilTime) -> Int {
    let (first, last) = (start.calendar, end.calendar)
    let months = (last.year - first.year) * 12 + last.month - first.month
    return (start.adding(months, .month) ?? start) > end ? months - 1 : months
  }
}

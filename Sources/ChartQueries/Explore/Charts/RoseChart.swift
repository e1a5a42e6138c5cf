// SPDX-License-Identifier: MIT
import JSONValues

/// Petals for each moment: the series by time instead of the times by series.
struct RoseChart: TimeSeriesChart {
  static let name = "rose"

  func data(_ result: LegacyResult) throws(ChartQueryError) -> LegacyData {
    guard !result.isEmpty else { return .none }
    var order: [String] = []
    var petals: [String: [JSONValue]] = [:]
    for series in try series(of: result) {
      for (time, value) in series.points {
        // Python's name of a moment: nanoseconds.
        let moment = time.microseconds == 0 ? "0" : "\(time.microseconds)000"
        let petal: JSONValue = [
          "key": series.key, "value": value.isNull ? 0 : value.json, "name": series.key,
          "time": .double(time.epochMilliseconds),
        ]
        if petals[moment] == nil { order.append(moment) }
        petals[moment, default: []].append(petal)
      }
    }
    let members = order.map { ($0, JSONValue.array(petals[$0] ?? [])) }
    return LegacyData(.object(JSONObject(members) { $1 }))
  }
}

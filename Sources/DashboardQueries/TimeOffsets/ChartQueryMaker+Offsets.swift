// SPDX-License-Identifier: MIT
import JSONValues

/// The times that a table or a number is compared with: `inherit` and `custom` are put into days.
extension ChartQueryMaker {
  func timeOffsets(of query: JSONObject) throws(FormFault) -> [JSONValue] {
    guard TimeComparison(of: form, query).isMade else { return [] }
    let wanted = form["time_compare"].list
    guard wanted.contains("inherit") || wanted.contains("custom") else { return wanted }
    let ranges = form["adhoc_filters"].list.filter { $0["operator"] == "TEMPORAL_RANGE" }
    let own = ranges.first?["comparator"]
    let range = query["time_range"].isDefined ? query["time_range"] : own
    let ends = try TimeRangeEnds(range?.stringValue ?? "", today: today)
    let days = ends.end.number - ends.start.number
    let custom = wanted.contains("custom") ? try customStart() : nil
    return wanted.compactMap { offset in
      switch offset {
      case "inherit": Self.offset(days, isZeroOne: false)
      case "custom": custom.flatMap { Self.offset(ends.start.number - $0.number, isZeroOne: true) }
      default: offset
      }
    }
  }

  /// - Parameter isZeroOne: whether no distance is one to ask for, too.
  private static func offset(_ days: Int, isZeroOne: Bool) -> JSONValue? {
    if days < 0 { return .string("\(-days) days after") }
    return days > 0 || isZeroOne ? .string("\(days) days ago") : nil
  }

  private func customStart() throws(FormFault) -> CivilDay? {
    guard let start = form["start_date_offset"]?.stringValue, !start.isEmpty else { return nil }
    return try TimeRangeEnds.day(start, isEnd: false, today)
  }
}

// SPDX-License-Identifier: MIT
import JSONValues

extension CartesianData {
  /// What explore_json gives to lines, bars and areas: `[{"key": name, "values": [{"x": place, "y": value}]}]`.
  static func legacy(_ chart: Chart) -> CartesianData? {
    let list = chart.legacy?.arrayValue ?? []
    let parts = list.filter { $0["values"]?.arrayValue != nil }
    guard !parts.isEmpty, parts.count == list.count else { return nil }
    let points = parts.map { part in
      part["values"].list.map { (x: $0["x"] ?? .null, y: $0["y"]?.plotted) }
    }
    let isTime = points.allSatisfy { $0.allSatisfy { $0.x.plotted != nil && !$0.x.isText } }
    var places: [JSONValue: Int] = [:]
    var order: [JSONValue] = []
    for point in points.joined() where places[point.x] == nil {
      places[point.x] = order.count
      order.append(point.x)
    }
    if isTime {
      order.sort { ($0.plotted ?? 0) < ($1.plotted ?? 0) }
      for (index, place) in order.enumerated() { places[place] = index }
    }
    let series = zip(parts, points).map { part, points in
      var values = [Double?](repeating: nil, count: order.count)
      for point in points { places[point.x].map { values[$0] = point.y } }
      return Series(name: name(of: part["key"]), values: values)
    }
    let labels = order.map { SeriesName.text($0, time: .detailed) }
    return CartesianData(
      positions: isTime ? .times(order.compactMap(\.plotted)) : .labels(labels), series: series)
  }

  private static func name(of key: JSONValue?) -> String {
    SeriesName.text(key, time: .detailed)
  }
}

extension JSONValue {
  fileprivate var isText: Bool { stringValue != nil }
}

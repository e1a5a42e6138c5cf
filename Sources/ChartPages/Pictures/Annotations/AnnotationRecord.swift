// SPDX-License-Identifier: MIT
import JSONValues

/// A moment or a span of time that a layer of annotations names.
struct AnnotationRecord {
  let title: String
  /// In milliseconds.
  let begin: Double
  /// Nil for a moment.
  let end: Double?

  /// - Parameter layer: says in which columns of a table it stands; notes of Superset's own have always the same ones.
  init?(_ record: JSONValue, of layer: JSONValue) {
    let isTable = layer["sourceType"]?.stringValue == "table"
    func cell(_ choice: String, _ own: String) -> JSONValue? {
      isTable ? layer[choice]?.stringValue.flatMap { record[$0] } : record[own]
    }
    guard let begin = Self.time(cell("timeColumn", "start_dttm")) else { return nil }
    self.begin = begin
    let end = Self.time(cell("intervalEndColumn", "end_dttm"))
    self.end = layer["annotationType"]?.stringValue == "INTERVAL" ? end ?? begin : nil
    let name = layer["name"]?.stringValue
    let own = cell("titleColumn", "short_descr").flatMap { $0.isNull ? nil : $0 }
    let words = [name, own.map { SeriesName.text($0, time: .detailed) }]
    title = words.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " - ")
  }

  /// Milliseconds, or `2024-01-31` with or without `12:30:00` behind it.
  static func time(_ value: JSONValue?) -> Double? {
    guard let text = value?.stringValue else { return value?.plotted }
    let parts = text.prefix(19).split { !$0.isASCII || !$0.isNumber }.map { Int($0) ?? -1 }
    guard parts.count >= 3, parts[0] < 10_000, (1...12).contains(parts[1]),
      (1...31).contains(parts[2]), parts.allSatisfy({ $0 >= 0 })
    else { return value?.plotted }
    let clock = zip(parts.dropFirst(3), [CivilTime.hour, CivilTime.minute, CivilTime.second])
    return CivilTime.milliseconds(parts[0], parts[1], parts[2])
      + clock.reduce(0) { $0 + Double($1.0) * $1.1 }
  }
}

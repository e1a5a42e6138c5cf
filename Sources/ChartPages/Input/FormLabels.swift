// SPDX-License-Identifier: MIT
import JSONValues

/// Under which names the choices of a form stand in its data.
enum FormLabels {
  static func metric(_ value: JSONValue) -> String? {
    if let name = value.stringValue { return name }
    if let label = value["label"]?.stringValue, !label.isEmpty { return label }
    if let text = value["sqlExpression"]?.stringValue { return text }
    guard let column = value["column"]?["column_name"]?.stringValue,
      let aggregate = value["aggregate"]?.stringValue
    else { return nil }
    return "\(aggregate)(\(column))"
  }

  static func column(_ value: JSONValue) -> String? {
    value.stringValue ?? value["label"]?.stringValue ?? value["sqlExpression"]?.stringValue
      ?? value["column_name"]?.stringValue
  }

  static func metrics(_ value: JSONValue?) -> [String] { unique(value.list.compactMap(metric)) }

  static func columns(_ value: JSONValue?) -> [String] { unique(value.list.compactMap(column)) }

  static func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}

// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

/// Superset's operations on a result, one after the other, as a query asks for them.
enum PostProcessing {
  typealias Operation = @Sendable (DataTable, OperationOptions) throws(ChartQueryError) -> DataTable

  /// - Parameter steps: `{"operation": NAME, "options": {...}}` each.
  static func apply(_ steps: [JSONValue], to table: DataTable) throws(ChartQueryError) -> DataTable
  {
    var table = table
    for step in steps {
      let name = step["operation"]?.stringValue ?? ""
      guard let operation = operations[name] else {
        throw .unsupported("post_processing '\(name)'")
      }
      let result = try operation(table, OperationOptions(step["options"]))
      if result.columns.count > table.columns.count {
        try DataTable.limit(result.columns.count, result.rowCount, by: name)
      }
      table = result
    }
    return table
  }

  private static let operations: [String: Operation] = [
    "aggregate": aggregate, "boxplot": boxplot, "compare": compare,
    "contribution": { table, options throws(ChartQueryError) in
      try Contribution(table, options).result()
    },
    "cum": cum, "diff": diff,
    "escape_separator": { table, options throws(ChartQueryError) in
      try separators(table, options, ",", "\\,", "escape_separator")
    }, "flatten": flatten, "geodetic_parse": parseGeodetic, "geohash_decode": decodeGeohash,
    "geohash_encode": encodeGeohash, "histogram": histogram, "pivot": pivot, "prophet": prophet,
    "rank": rank, "rename": rename, "resample": resample, "rolling": rolling, "select": select,
    "sort": sort,
    "unescape_separator": { table, options throws(ChartQueryError) in
      try separators(table, options, "\\,", ",", "unescape_separator")
    },
  ]
}

/// What an operation is told, by name.
struct OperationOptions {
  private let members: JSONObject

  init(_ options: JSONValue?) { members = options?.objectValue ?? [:] }

  subscript(name: String) -> JSONValue? { members[name].flatMap { $0.isNull ? nil : $0 } }

  /// Any of their names.
  var first: String? { members.elements.first?.key }

  /// Whether it is told, were it null.
  func has(_ name: String) -> Bool { members[name] != nil }

  func flag(_ name: String, _ standard: Bool) -> Bool { self[name]?.boolValue ?? standard }

  func text(_ name: String) -> String? { self[name]?.stringValue }

  func names(_ name: String) -> [String] {
    if let single = self[name]?.stringValue { return [single] }
    return self[name]?.arrayValue?.map(PythonText.plain) ?? []
  }

  /// Names of columns and what they become.
  func renames(_ name: String) -> [(from: String, to: JSONValue)] {
    (self[name]?.objectValue ?? [:]).elements.map { ($0.key, $0.value) }
  }

  /// - Throws: an error where it is not told.
  func required(_ names: String..., by operation: String) throws(ChartQueryError) {
    guard let missing = names.first(where: { !has($0) }) else { return }
    throw .postProcessing(reason: "\(operation) needs the option '\(missing)'")
  }
}

// SPDX-License-Identifier: MIT
import JSONValues

/// A query as it is asked, after the granularity and the range of all of it have found their places.
///
/// Superset edits the request itself, as far as it edits in place: the key of a context is made of that.
struct SettledQuery {
  let asked: JSONObject
  /// What the key of the context is made of.
  let keyed: JSONObject

  /// - Parameters:
  ///   - axis: `x_axis` of the form.
  ///   - temporalColumns: of the dataset; an axis that is none of them is not replaced.
  init(_ query: JSONObject, axis: JSONValue?, temporalColumns: Set<String>) {
    var asked = QueryObject.renamed(query)
    var keyed = query
    let filters = query["filters"]?.arrayValue ?? []
    var removed: String?
    if let granularity = asked["granularity"]?.filledText {
      if let axis = Self.name(axis), temporalColumns.contains(axis) {
        removed = axis
        Self.replace(axis, by: granularity, &asked, &keyed)
      } else {
        removed = Self.replaced(by: granularity, filters)
      }
    }
    let isKept = { (filter: JSONValue) in removed == nil || filter["col"] != .string(removed ?? "")
    }
    let range = query["time_range"] ?? .null
    let spread = filters.map { filter in
      range.saysAnything && isKept(filter)
        ? [filter].spreading(range, where: "op", to: "val")[0] : filter
    }
    if query["filters"]?.arrayValue != nil {
      asked["filters"] = .array(spread.filter(isKept))
      keyed["filters"] = .array(spread)
    }
    self.asked = asked
    self.keyed = keyed
  }

  /// The filter on time that the granularity takes the place of: its own, else the first.
  private static func replaced(by granularity: String, _ filters: [JSONValue]) -> String? {
    let ranged = filters.filter { $0["op"] == "TEMPORAL_RANGE" }.compactMap { $0["col"] }
    guard let first = ranged.first else { return nil }
    return ranged.contains(.string(granularity)) ? granularity : name(first)
  }

  /// A column's name, or the SQL of one that the chart defines.
  private static func name(_ column: JSONValue?) -> String? {
    guard column?["label"] != nil, let sql = column?["sqlExpression"] else {
      return column?.filledText
    }
    return sql.filledText
  }

  /// The granularity in the place of the x-axis, also where rows are pivoted by it.
  private static func replace(
    _ axis: String, by granularity: String, _ asked: inout JSONObject, _ keyed: inout JSONObject
  ) {
    guard let columns = asked["columns"]?.arrayValue,
      let place = columns.firstIndex(where: {
        $0 == .string(axis) || $0["sqlExpression"] == .string(axis)
      })
    else { return }
    var edited = columns
    if var members = columns[place].objectValue {
      members["sqlExpression"] = .string(granularity)
      members["label"] = .string(granularity)
      edited[place] = .object(members)
      let name = keyed["columns"]?.arrayValue == columns ? "columns" : "groupby"
      keyed[name] = .array(edited)
    } else {
      edited = columns.map { $0 == .string(axis) ? .string(granularity) : $0 }
    }
    asked["columns"] = .array(edited)
    guard let steps = asked["post_processing"]?.arrayValue else { return }
    let pivoted = JSONValue.array(steps.map { Self.pivoted($0, by: granularity) })
    asked["post_processing"] = pivoted
    keyed["post_processing"] = pivoted
  }

  private static func pivoted(_ step: JSONValue, by granularity: String) -> JSONValue {
    guard step["operation"] == "pivot", var members = step.objectValue,
      var options = members["options"]?.objectValue
    else { return step }
    options["index"] = [.string(granularity)]
    members["options"] = .object(options)
    return .object(members)
  }
}

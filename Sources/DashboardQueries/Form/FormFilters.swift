// SPDX-License-Identifier: MIT
import JSONValues

/// The filters of a form, in the order of the query: those of old filter boxes, of the dashboard,
/// of the chart.
struct FormFilters {
  private(set) var filters: [JSONValue] = []
  /// `having`, `where` and the grain of time.
  private(set) var extras: JSONObject = [:]
  /// What old filter boxes have said of the time.
  private(set) var appliedTimes: JSONObject = [:]
  private(set) var timeRange: JSONValue?
  private(set) var granularity: JSONValue?

  /// - Parameter added: what the dashboard's filters add.
  init(of form: JSONObject, and added: JSONObject) throws(FormFault) {
    takeTimes(of: form)
    filters += added["filters"].list
    var wheres: [String] = []
    var havings: [String] = []
    if let clause = form["where"], Optional(clause).isTrue { wheres.append(try Self.text(clause)) }
    let expressions = form["adhoc_filters"].list + added["adhoc_filters"].list
    for filter in expressions {
      let isWhere = filter["clause"] == "WHERE"
      if filter["expressionType"] == "SIMPLE" {
        if isWhere { filters.append(Self.simple(filter)) }
      } else if isWhere {
        wheres.append(try Self.text(filter["sqlExpression"]))
      } else {
        havings.append(try Self.text(filter["sqlExpression"]))
      }
    }
    extras["having"] = .string(Self.joined(havings))
    extras["where"] = .string(Self.joined(wheres))
  }

  private mutating func takeTimes(of form: JSONObject) {
    var times: [String: JSONValue] = [:]
    let names = ["__time_range", "__time_col", "__time_grain", "__granularity"]
    for filter in form["extra_filters"].list {
      guard let name = filter["col"]?.stringValue, names.contains(name) else {
        filters.append(filter)
        continue
      }
      times[name] = filter["val"]
      appliedTimes[name] = filter["val"]
    }
    let grain = times["__time_grain"]
    extras["time_grain_sqla"] = grain.isTrue ? grain : form["time_grain_sqla"]
    let columns = [times["__time_col"], form["granularity"]]
    granularity = columns.first { $0.isTrue } ?? form["granularity_sqla"]
    timeRange = times["__time_range"]
  }

  private static func simple(_ filter: JSONValue) -> JSONValue {
    var clause: JSONObject = [:]
    clause["col"] = filter["subject"]
    clause["op"] = filter["operator"]
    let isUnary = ["IS NULL", "IS NOT NULL"].contains(filter["operator"])
    if !isUnary { clause["val"] = filter["comparator"] }
    return .object(clause)
  }

  private static func text(_ value: JSONValue?) throws(FormFault) -> String {
    guard let text = value?.stringValue else { throw .unusable("a filter has no SQL") }
    return text
  }

  private static func joined(_ clauses: [String]) -> String {
    // A comment must not swallow the bracket.
    clauses.map { "(\($0)\($0.contains("--") ? "\n" : ""))" }.joined(separator: " AND ")
  }
}

// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

/// Conditions of all ages and places become `filters`, `where` and `having`.
extension ExploreForm {
  mutating func settleFilters() throws(ChartQueryError) {
    try takeOverOldConditions()
    try mergeDashboard()
    try mergeExtraFilters()
    try splitConditions()
  }

  private var conditions: [JSONValue] { self["adhoc_filters"]?.arrayValue ?? [] }

  /// Forms of before 2018 have their conditions outside `adhoc_filters`; beside newer ones they do not count.
  private mutating func takeOverOldConditions() throws(ChartQueryError) {
    if !saysAnything("adhoc_filters") {
      var conditions: [JSONValue] = []
      for clause in ["having", "where"] {
        guard has(clause), let sql = members[clause], sql != "" else { continue }
        conditions.append(
          Self.named([
            "clause": .string(clause.uppercased()), "expressionType": "SQL", "sqlExpression": sql,
          ]))
      }
      for filter in self["filters"]?.arrayValue ?? [] where !filter.isNull {
        conditions.append(try Self.condition(filter))
      }
      self["adhoc_filters"] = .array(conditions)
    }
    for name in ["filters", "having", "where"] { _ = remove(name) }
  }

  /// What a dashboard's filters add to the form, and what they replace.
  private mutating func mergeDashboard() throws(ChartQueryError) {
    if !has("applied_time_extras") { self["applied_time_extras"] = [:] }
    let extra = remove("extra_form_data") ?? [:]
    // The granularity gets a name that no legacy chart looks at; so it is there.
    for (name, target) in [
      ("granularity_sqla", "granularity"), ("time_column", "time_column"),
      ("time_grain", "time_grain"), ("time_range", "time_range"),
      ("time_grain_sqla", "time_grain_sqla"),
    ] {
      if let value = extra[name], !value.isNull { self[target] = value }
    }
    var extras = self["extras"]?.objectValue ?? [:]
    for name in ["relative_start", "relative_end"] {
      if let value = extra[name], !value.isNull { extras[name] = value }
    }
    if !extras.isEmpty { self["extras"] = .object(extras) }
    let added = (extra["adhoc_filters"]?.arrayValue ?? []).map(Self.markedAsExtra)
    self["adhoc_filters"] = .array(conditions + added)
    try addFilters((extra["filters"]?.arrayValue ?? []).filter(\.saysAnything))
    if saysAnything("time_range"), !saysAnything("granularity_sqla") { spreadTimeRange() }
  }

  /// To every list of conditions: a chart of two queries has two.
  private mutating func addFilters(_ filters: [JSONValue]) throws(ChartQueryError) {
    guard !filters.isEmpty else { return }
    for (name, value) in members.elements where name.hasPrefix("adhoc_filter") {
      var conditions = value.arrayValue ?? []
      for filter in filters {
        conditions.append(try Self.condition(Self.markedAsExtra(filter)))
      }
      self[name] = .array(conditions)
    }
  }

  private mutating func spreadTimeRange() {
    let range = self.value("time_range")
    self["adhoc_filters"] = .array(
      conditions.spreading(range, where: "operator", to: "comparator"))
  }

  /// Filters of the dashboards of old, some of which set a time.
  private mutating func mergeExtraFilters() throws(ChartQueryError) {
    guard has("extra_filters") else { return }
    var known: [String: JSONValue] = [:]
    for condition in conditions where condition["expressionType"] == "SIMPLE" {
      guard let value = condition["comparator"], !value.isNull,
        let subject = condition["subject"], !subject.isNull
      else { continue }
      known[Self.key(subject, condition["operator"])] = value
    }
    for filter in self["extra_filters"]?.arrayValue ?? [] {
      let value = filter["val"] ?? .null
      let column = filter["col"]?.stringValue ?? ""
      if let name = Self.timeSettings[column] {
        guard value.saysAnything, value != .string(TimeRange.noFilter) else { continue }
        self[name] = value
        var applied = self["applied_time_extras"]?.objectValue ?? [:]
        applied[column] = value
        self["applied_time_extras"] = .object(applied)
      } else if value.saysAnything,
        !Self.isSame(known[Self.key(filter["col"] ?? .null, filter["op"])], value)
      {
        self["adhoc_filters"] = .array(
          conditions + [try Self.condition(Self.markedAsExtra(filter))])
      }
    }
    _ = remove("extra_filters")
  }

  private mutating func splitConditions() throws(ChartQueryError) {
    var filters: [JSONValue] = []
    var clauses: [String: [String]] = [:]
    for condition in conditions {
      let clause = condition["clause"]?.stringValue ?? ""
      switch condition["expressionType"] {
      case "SIMPLE" where clause == "WHERE":
        filters.append([
          "col": condition["subject"] ?? nil, "op": condition["operator"] ?? nil,
          "val": condition["comparator"] ?? nil,
        ])
      case "SQL":
        let sql = condition["sqlExpression"]?.stringValue ?? ""
        clauses[clause, default: []].append(
          "(\(try SQLFragment.checkedClause(sql, in: .sqlite) ?? ""))")
      default: continue
      }
    }
    self["where"] = .string((clauses["WHERE"] ?? []).joined(separator: " AND "))
    self["having"] = .string((clauses["HAVING"] ?? []).joined(separator: " AND "))
    self["filters"] = .array(filters)
  }

  private static let timeSettings = [
    "__time_range": "time_range", "__time_col": "granularity_sqla",
    "__time_grain": "time_grain_sqla",
  ]

  private static func key(_ column: JSONValue, _ sign: JSONValue?) -> String {
    "\(column.text)__\(sign?.text ?? "")"
  }

  /// The order of a list of values makes no difference.
  private static func isSame(_ known: JSONValue?, _ value: JSONValue) -> Bool {
    guard let known else { return false }
    guard let ours = known.arrayValue, let theirs = value.arrayValue else { return known == value }
    return Set(ours) == Set(theirs)
  }

  private static func markedAsExtra(_ filter: JSONValue) -> JSONValue {
    let mark: JSONObject = ["isExtra": true]
    return .object(mark.merging(filter.objectValue ?? [:]) { $1 })
  }

  private static func condition(_ filter: JSONValue) throws(ChartQueryError) -> JSONValue {
    guard let sign = filter["op"] else { throw .breaksOff(reason: "'op'") }
    guard let column = filter["col"] else { throw .breaksOff(reason: "'col'") }
    var condition: JSONObject = [
      "clause": "WHERE", "expressionType": "SIMPLE", "comparator": filter["val"] ?? nil,
      "operator": sign, "subject": column,
    ]
    if filter["isExtra"]?.saysAnything == true { condition["isExtra"] = true }
    return named(condition)
  }

  /// With a name for the browser: the MD5 of everything else.
  private static func named(_ condition: JSONObject) -> JSONValue {
    var condition = condition
    condition["filterOptionName"] = .string(
      MD5.hexadecimal(PythonText.json(.object(condition))))
    return .object(condition)
  }
}

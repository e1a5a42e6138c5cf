// SPDX-License-Identifier: MIT
import JSONValues

extension QueryObject {
  /// Moves what stands under a deprecated name to the new one, where it says anything.
  static func renamed(_ members: JSONObject) -> JSONObject {
    var renamed = members
    let names = [
      ("granularity_sqla", "granularity"), ("groupby", "columns"),
      ("timeseries_limit", "series_limit"), ("timeseries_limit_metric", "series_limit_metric"),
    ]
    for (old, new) in names {
      if let value = renamed.removeValue(forKey: old), value.saysAnything { renamed[new] = value }
    }
    var extras = renamed["extras"]?.objectValue ?? [:]
    for name in ["where", "having"] {
      if let value = renamed.removeValue(forKey: name), value.saysAnything { extras[name] = value }
    }
    if renamed["extras"] != nil || !extras.isEmpty { renamed["extras"] = .object(extras) }
    return renamed
  }

  /// `1 year`: how far all its times are moved.
  static func shift(_ members: JSONObject) throws(ChartQueryError) -> TimeShift? {
    guard let text = members["time_shift"]?.filledText else { return nil }
    guard let shift = TimeShift(text) else { throw .unsupported("the time shift '\(text)'") }
    return shift
  }

  /// What is to be done with the result.
  static func steps(_ members: JSONObject) -> [JSONValue] {
    (members["post_processing"]?.arrayValue ?? []).filter(\.saysAnything)
  }

  static func temporalFilters(_ members: JSONObject) -> [JSONValue] {
    (members["filters"]?.arrayValue ?? []).filter { $0["op"] == "TEMPORAL_RANGE" }
  }

  /// Superset hands its context's on, and breaks off over another.
  static func refuseDatasource(_ members: JSONObject) throws(ChartQueryError) {
    guard members["datasource"] == nil else {
      throw .breaksOff(
        reason: "superset.common.query_object_factory.QueryObjectFactory.create()"
          + " got multiple values for keyword argument 'datasource'")
    }
  }
}

extension [JSONValue] {
  /// The filters, those on times with this range for their value; forms name the members otherwise than queries.
  func spreading(_ range: JSONValue, where condition: String, to value: String) -> [JSONValue] {
    map { filter in
      guard var members = filter.objectValue, members[condition] == "TEMPORAL_RANGE" else {
        return filter
      }
      members[value] = range
      return .object(members)
    }
  }
}

extension JSONValue {
  /// What Python counts as true: not null, false, zero or empty.
  var saysAnything: Bool {
    switch self {
    case .null: false
    case .bool(let flag): flag
    case .integer(let number): number != 0
    case .double(let number): number != 0
    case .literal: true
    case .string(let text): !text.isEmpty
    case .array(let elements): !elements.isEmpty
    case .object(let members): !members.isEmpty
    }
  }
}

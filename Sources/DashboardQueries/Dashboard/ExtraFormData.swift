// SPDX-License-Identifier: MIT
import JSONValues

/// What several filters add to a form, joined: some of it is gathered, of some the last word
/// counts.
enum ExtraFormData {
  private static let gathered = [
    "adhoc_filters", "filters", "interactive_groupby", "interactive_highlight",
    "interactive_drilldown", "custom_form_data",
  ]
  private static let overridden = [
    "granularity", "granularity_sqla", "time_column", "time_grain", "time_range",
    "relative_start", "relative_end", "time_grain_sqla",
  ]

  static func merged(_ parts: [JSONObject], for frontend: Frontend) throws(FormFault) -> JSONObject
  {
    var merged: JSONObject = [:]
    for name in gathered {
      var values: [JSONValue] = []
      for part in parts where part[name].isTrue {
        // A script cannot spread an object or a number into a list.
        guard let more = part[name]?.arrayValue else { throw .unusable("\(name) is no list") }
        values += more
      }
      guard !values.isEmpty else { continue }
      merged[name] = .array(values.map { inLanguage($0, of: frontend) })
    }
    for name in overridden + (frontend.isFork ? ["time_range_end_type"] : []) {
      for part in parts { if let value = part[name] { merged[name] = value } }
    }
    return merged
  }

  /// The fork's filters in two languages hold of each value all its names, as `{column: name, …}`.
  private static func inLanguage(_ filter: JSONValue, of frontend: Frontend) -> JSONValue {
    guard case .fork(let language) = frontend, let values = filter["val"]?.arrayValue,
      let names = values.first?.objectValue?.keys, var members = filter.objectValue
    else { return filter }
    // Of three the last one is the column of numbers, which bear no language.
    let place = names.count == 3 ? 2 : language == "en" ? 0 : 1
    guard names.indices.contains(place) else { return filter }
    members["col"] = .string(names[place])
    members["val"] = .array(values.map { $0[names[place]] ?? .null })
    return .object(members)
  }
}

// SPDX-License-Identifier: MIT
import JSONValues

/// A filter of a dashboard, as far as it counts when the dashboard is opened.
struct NativeFilter {
  let id: String
  let name: String
  /// What it adds to the forms of charts before anybody has touched it.
  private(set) var extraFormData: JSONObject
  /// Whether the whole page waits until this filter has a value, and it has none by default.
  private(set) var isAwaited: Bool
  /// Whether it then takes the first value of its column by itself.
  let takesFirstValue: Bool
  let definition: JSONValue
  private let scope: FilterScope

  /// Nil for what only divides the filters from each other.
  init?(_ filter: JSONValue) {
    guard let id = filter["id"]?.stringValue, !id.hasPrefix("NATIVE_FILTER_DIVIDER") else {
      return nil
    }
    self.id = id
    definition = filter
    name = filter["name"]?.stringValue ?? id
    let standard = filter["defaultDataMask"]
    extraFormData = standard?["extraFormData"]?.objectValue ?? [:]
    // Null has been chosen, too.
    let hasValue = standard?["filterState"]?["value"] != nil
    isAwaited = filter["requiredFirst"].isTrue && !hasValue
    takesFirstValue =
      filter["filterType"] == "filter_select"
      && (filter["controlValues"]?["defaultToFirstItem"]).isTrue
    scope = FilterScope(filter["scope"])
  }

  /// What a browser has noted of the scope at another time (`chartsInScope`) does not count.
  func isAbout(chart id: Int, in layout: DashboardLayout) -> Bool {
    scope.reaches(chart: id, in: layout)
  }

  /// The column that is filtered, by its name.
  var column: String? { (definition["targets"].list.first?["column"]?["name"])?.stringValue }

  /// The filter as a reader has left it.
  ///
  /// - Parameter mask: `{"extraFormData": {...}, "filterState": {"value": ...}}`
  func taking(mask: JSONValue) -> NativeFilter {
    var filter = self
    filter.extraFormData = mask["extraFormData"]?.objectValue ?? [:]
    filter.isAwaited = isAwaited && mask["filterState"]?["value"] == nil
    return filter
  }

  /// The filter after the page has put the first value of its column into it.
  func taking(_ value: JSONValue) -> NativeFilter {
    var filter = self
    let isInverse = (definition["controlValues"]?["inverseSelection"]).isTrue
    filter.extraFormData = [
      "filters": [
        [
          "col": column.map { .string($0) } ?? .null, "op": isInverse ? "NOT IN" : "IN",
          "val": [value],
        ]
      ]
    ]
    filter.isAwaited = false
    return filter
  }
}

// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import ChartQueries

/// What Superset's factory of queries edits, and what of it its caller sees.
struct SettledQueryTests {
  private static let axis: JSONValue = [
    "columnType": "BASE_AXIS", "sqlExpression": "ds", "label": "ds", "expressionType": "SQL",
  ]
  private static let other: JSONValue = ["col": "region", "op": "==", "val": "north"]
  private static func ranged(_ column: String, _ range: JSONValue = "all") -> JSONValue {
    ["col": .string(column), "op": "TEMPORAL_RANGE", "val": range]
  }

  @Test func `a granularity takes the place of a temporal axis, and of its filter`() {
    let settled = SettledQuery(
      [
        "granularity": "shipped", "columns": [Self.axis, "region"], "time_range": "now",
        "filters": [Self.ranged("ds"), Self.ranged("shipped"), Self.other],
        "post_processing": [["operation": "pivot", "options": ["index": ["ds"]]]],
      ], axis: "ds", temporalColumns: ["ds", "shipped"])
    let columns = settled.asked["columns"]?.arrayValue
    #expect(columns?.first?["sqlExpression"] == "shipped")
    #expect(columns?.first?["label"] == "shipped")
    #expect(settled.keyed["columns"]?.arrayValue == columns)
    let step = settled.asked["post_processing"]?.arrayValue?.first
    #expect(step?["options"]?["index"] == ["shipped"])
    #expect(settled.asked["filters"] == [Self.ranged("shipped", "now"), Self.other])
    #expect(
      settled.keyed["filters"] == [Self.ranged("ds"), Self.ranged("shipped", "now"), Self.other])
  }

  @Test func `a named column is replaced in the query, not in what its key is made of`() {
    let settled = SettledQuery(
      ["granularity": "shipped", "columns": ["ds"]], axis: "ds", temporalColumns: ["ds"])
    #expect(settled.asked["columns"] == ["shipped"])
    #expect(settled.keyed["columns"] == ["ds"])
  }

  @Test(arguments: [("shipped", "shipped"), ("other", "ds")])
  func `without such an axis its own filter goes, else the first on a time`(
    _ granularity: String, _ removed: String
  ) {
    let filters = [Self.ranged("ds"), Self.other, Self.ranged("shipped")]
    let settled = SettledQuery(
      ["granularity": .string(granularity), "filters": .array(filters)], axis: "region",
      temporalColumns: ["ds"])
    #expect(
      settled.asked["filters"] == .array(filters.filter { $0["col"] != .string(removed) }))
    #expect(settled.keyed["filters"] == .array(filters))
  }
}

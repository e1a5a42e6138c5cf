// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import ChartQueries

/// The forms of legacy charts, and what becomes of their filters.
struct ExploreFormTests {
  private func settled(_ form: JSONValue) throws -> JSONValue {
    var form = try ExploreForm(form) { _ in nil }
    try form.settleFilters()
    return .object(form.members)
  }

  private func condition(_ column: String, _ sign: String, _ value: JSONValue) -> JSONValue {
    [
      "expressionType": "SIMPLE", "clause": "WHERE", "subject": .string(column),
      "operator": .string(sign), "comparator": value,
    ]
  }

  @Test func `old conditions count where the form has no newer ones`() throws {
    let old: JSONObject = [
      "where": "a > 1", "having": "SUM(a) > 2", "filters": [["col": "b", "op": "==", "val": 3]],
    ]
    let taken = try settled(.object(old))
    #expect(taken["where"] == "(a > 1)" && taken["having"] == "(SUM(a) > 2)")
    #expect(taken["filters"] == [["col": "b", "op": "==", "val": 3]])
    var newer = old
    newer["adhoc_filters"] = [condition("c", "==", 4)]
    let dropped = try settled(.object(newer))
    #expect(dropped["where"] == "" && dropped["having"] == "")
    #expect(dropped["filters"] == [["col": "c", "op": "==", "val": 4]])
  }

  @Test func `a dashboard's filter is added, but not the one that the chart has already`() throws {
    let form = try settled([
      "adhoc_filters": [condition("a", "in", ["x", "y"])],
      "extra_filters": [
        ["col": "a", "op": "in", "val": ["y", "x"]], ["col": "b", "op": "in", "val": ["z"]],
        ["col": "c", "op": "in", "val": []],
      ],
    ])
    #expect(
      form["filters"] == [
        ["col": "a", "op": "in", "val": ["x", "y"]], ["col": "b", "op": "in", "val": ["z"]],
      ])
    #expect(form["extra_filters"] == nil)
    #expect(form["adhoc_filters"]?.arrayValue?.last?["isExtra"] == true)
  }

  @Test func `filters of some names set the time`() throws {
    let form = try settled([
      "time_range": "No filter", "granularity_sqla": "t",
      "extra_filters": [
        ["col": "__time_range", "op": "==", "val": "Last week"],
        ["col": "__time_grain", "op": "==", "val": "P1D"],
        ["col": "__time_col", "op": "==", "val": "No filter"],
      ],
    ])
    #expect(form["time_range"] == "Last week" && form["time_grain_sqla"] == "P1D")
    #expect(form["granularity_sqla"] == "t")
    #expect(
      form["applied_time_extras"] == ["__time_range": "Last week", "__time_grain": "P1D"])
  }

  @Test
  func `a range of a dashboard holds for a filter on time, where the form has no granularity`()
    throws
  {
    let form = try settled([
      "adhoc_filters": [condition("t", "TEMPORAL_RANGE", "No filter")],
      "extra_form_data": [
        "time_range": "Last year", "filters": [["col": "a", "op": "IN", "val": [1]]],
      ],
    ])
    #expect(
      form["filters"] == [
        ["col": "t", "op": "TEMPORAL_RANGE", "val": "Last year"],
        ["col": "a", "op": "IN", "val": [1]],
      ])
  }

  @Test func `a saved chart fills up a form that has little more than its number`() throws {
    let saved: JSONObject = [
      "viz_type": "rose", "metrics": ["m"], "since": "2020", "until": "2021",
    ]
    let filled = try ExploreForm(["slice_id": 7, "js_tooltip": "x"]) { $0 == 7 ? saved : nil }
    #expect(filled.text("viz_type") == "rose" && filled.text("time_range") == "2020 : 2021")
    #expect(!filled.has("js_tooltip") && !filled.has("since"))
    let whole = try ExploreForm(["slice_id": 7, "viz_type": "bar", "groupby": []]) { _ in saved }
    #expect(whole.text("viz_type") == "bar" && !whole.has("metrics"))
  }

  @Test func `a clause that would leave its place is refused`() throws {
    let clause: JSONValue = [
      "expressionType": "SQL", "clause": "WHERE", "sqlExpression": "1) OR (1",
    ]
    #expect(throws: ChartQueryError.self) { try settled(["adhoc_filters": [clause]]) }
  }
}

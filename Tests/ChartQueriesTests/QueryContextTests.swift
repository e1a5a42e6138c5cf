// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import ChartQueries

struct QueryContextTests {
  private static let wrong: [(String, String)] = [
    (
      #""unknown": 1"#,
      "{'unknown': ['Unknown field.']}"
    ),
    (
      #""force": "nope""#,
      "{'force': ['Not a valid boolean.']}"
    ),
    (
      #""result_type": null"#,
      "{'result_type': ['Field may not be null.']}"
    ),
    (
      #""datasource": "1__table""#,
      "{'datasource': {'_schema': ['Invalid input type.']}}"
    ),
    (
      #""datasource": {"id": 1}"#,
      "{'_schema': ['Request is incorrect']}"
    ),
    (
      #""queries": 7"#,
      "{'queries': ['Not a valid list.']}"
    ),
    (
      #""queries": [null, "x"]"#,
      "{'queries': {0: ['Field may not be null.'], 1: {'_schema': ['Invalid input"
        + " type.']}}}"
    ),
    (
      #""queries": [{"row_limit": -1, "columns": "a"}]"#,
      "{'queries': {0: {'row_limit': ['`row_limit` must be greater than or equal to"
        + " 0'], 'columns': ['Not a valid list.']}}}"
    ),
    (
      #""queries": [{"filters": [{"op": 5}]}]"#,
      "{'queries': {0: {'filters': {0: {'col': ['Missing data for required field.'],"
        + " 'op': ['Not a valid string.']}}}}}"
    ),
    (
      #""queries": [{"orderby": [["", "on"], ["a", null], ["b"]]}]"#,
      "{'queries': {0: {'orderby': {0: {0: ['orderby column must be populated']}, 1:"
        + " {1: ['Field may not be null.']}, 2: ['Length must be 2.']}}}}"
    ),
    (
      #""queries": [{"url_params": {"a": 1}}]"#,
      "{'queries': {0: {'url_params': defaultdict(<class 'dict'>, {'a': {'value':"
        + " ['Not a valid string.']}})}}}"
    ),
    (
      #""queries": [{"row_limit": true, "extras": {"where": null}}]"#,
      "{'queries': {0: {'row_limit': ['Not a valid integer.'], 'extras': {'where':"
        + " ['Field may not be null.']}}}}"
    ),
    (
      #""queries": [{"annotation_layers": [{"name": "a"}]}]"#,
      "{'queries': {0: {'annotation_layers': {0: {'show': ['Missing data for"
        + " required field.'], 'showMarkers': ['Missing data for required field.'],"
        + " 'value': ['Missing data for required field.']}}}}}"
    ),
  ]

  @Test(arguments: wrong)
  func `all that is wrong with a request is told as Superset tells it`(
    _ member: String, _ text: String
  ) throws {
    let error = try fault(of: member)
    #expect(error?.description == "Request is incorrect: \(text)")
  }

  private static let breaking: [(String, String)] = [
    (
      #""datasource": null"#,
      "QueryContextFactory.create() missing 1 required keyword-only argument: 'datasource'"
    ),
    (#""queries": [{"columns": [5]}]"#, "Missing label"),
    (#""form_data": "x""#, "'str' object has no attribute 'get'"),
  ]

  @Test(arguments: breaking)
  func `where Superset breaks off its words are repeated`(
    _ member: String, _ text: String
  ) throws {
    let error = try fault(of: member)
    #expect(error == .breaksOff(reason: text))
  }

  /// - Parameter member: of an otherwise good request; a dataset of null is left out.
  private func fault(of member: String) throws -> ChartQueryError? {
    var request: JSONObject = [
      "datasource": ["id": 1, "type": "table"], "queries": [["columns": ["a"]]],
    ]
    let given = try JSONValue(parsing: "{\(member)}").objectValue ?? [:]
    for (name, value) in given.elements {
      request[name] = value
      if name == "datasource", value.isNull { _ = request.removeValue(forKey: name) }
    }
    return #expect(throws: ChartQueryError.self) {
      try QueryContext(.object(request), now: .test).queries(temporalColumns: [])
    }
  }

  @Test func `a number that is written otherwise is the same number`() throws {
    let context = try QueryContext(
      [
        "datasource": ["id": "1", "type": "table"], "force": "Yes",
        "queries": [["row_limit": 2.9, "row_offset": " 3 ", "orderby": [["a", 0]]]],
      ], now: .test)
    let query = try #require(context.queries(temporalColumns: []).first)
    #expect(context.datasetID == 1 && context.isForced)
    #expect(query.rowLimit == 2 && query.rowOffset == 3)
    #expect(query.order == [.init(by: .name("a"), isAscending: false)])
  }

  @Test func `a form becomes the query that the browser would send`() throws {
    let context = try QueryContext(
      [
        "datasource": "1__table", "viz_type": "table", "granularity_sqla": "ds",
        "time_grain_sqla": "P1D", "metrics": ["sum__num"], "groupby": ["name"],
        "row_limit": "10000",
        "adhoc_filters": [
          [
            "expressionType": "SIMPLE", "clause": "WHERE", "subject": "state", "operator": "IN",
            "comparator": ["CA"],
          ],
          ["expressionType": "SQL", "clause": "WHERE", "sqlExpression": "num > 1 -- few"],
          ["expressionType": "SQL", "clause": "HAVING", "sqlExpression": "SUM(num) > 2"],
        ],
        "extra_filters": [["col": "__time_range", "op": "==", "val": "2000-01-01 : "]],
      ], now: .test)
    let query = try #require(context.queries(temporalColumns: []).first)
    #expect(context.datasetID == 1)
    #expect(query.columns == [.named("name")])
    #expect(query.metrics == [.saved("sum__num")])
    #expect(query.order == [.init(by: .name("sum__num"), isAscending: false)])
    #expect(query.rowLimit == 10_000)
    #expect(query.filters.count == 1)
    #expect(query.whereClause == "(num > 1 -- few\n)")
    #expect(query.havingClause == "(SUM(num) > 2)")
    #expect(query.timeRange.from?.text == "2000-01-01 00:00:00")
    #expect(query.granularity == "ds")
  }

  @Test func `a form of raw rows asks for no metrics`() throws {
    let context = try QueryContext(
      [
        "datasource": "2__table", "query_mode": "raw", "all_columns": ["ds", "region"],
        "order_by_cols": ["[\"ds\", false]"], "metrics": ["ignored"],
      ], now: .test)
    let query = try #require(context.queries(temporalColumns: []).first)
    #expect(query.metrics == nil)
    #expect(query.order == [.init(by: .name("ds"), isAscending: false)])
  }

  @Test func `a form whose chart shapes its own query is refused by name`() {
    #expect(throws: ChartQueryError.self) {
      try QueryContext(
        ["datasource": "1__table", "viz_type": "sunburst_v2", "metrics": ["count"]], now: .test)
    }
  }

  @Test func `two columns of one label are refused`() {
    #expect(throws: ChartQueryError.duplicateLabels(["a"])) {
      try QueryObject(["columns": ["a", "a"]], now: .test).validated()
    }
  }
}

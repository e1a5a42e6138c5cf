// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import ChartQueries

struct QueryContextTests {
  @Test(arguments: [
    (#""queries": []"#, "{'datasource': ['Missing data for required field.']}"),
    (
      #""datasource": {"id": 1}, "queries": [{"filters": [{"col": "a", "op": "~"}]}]"#,
      "{'queries': {0: {'filters': {0: {'op': ['Must be one of: "
    ),
    (
      #""datasource": {"id": 1}, "queries": [{"row_limit": -1}]"#,
      "{'queries': {0: {'row_limit': ['Must be greater than or equal to 0.']}}}"
    ),
    (
      #""datasource": {"id": 1}, "queries": [{"columns": "a"}]"#,
      "{'queries': {0: {'columns': ['Not a valid list.']}}}"
    ),
    (#""datasource": {"id": 1}, "queries": 7"#, "{'queries': ['Not a valid list.']}"),
  ])
  func `what is wrong with a request is told as Superset tells it`(
    _ members: String, _ text: String
  ) throws {
    let request = try JSONValue(parsing: "{\(members)}")
    #expect {
      try QueryContext(request, now: .test)
    } throws: {
      "\($0)".hasPrefix("Request is incorrect: \(text)")
    }
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
    let query = try #require(context.queries.first)
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
    let query = try #require(context.queries.first)
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
      try QueryContext(
        ["datasource": ["id": 1], "queries": [["columns": ["a", "a"]]]], now: .test)
    }
  }
}

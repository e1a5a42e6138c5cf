// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import ChartQueries
@testable import SupersetMetadata

struct SelectBuilderTests {
  private func sql(
    _ query: JSONValue, _ rowFilters: [RowFilter] = [], isKnown: Bool = true
  ) throws(ChartQueryError) -> String {
    try SelectBuilder(
      try QueryObject(query, now: .test).validated(), over: .sample, rowFilters: rowFilters,
      limits: RowLimits(standard: 50, samples: 10, maximum: 100), templates: .off, in: .sqlite
    ) { _ in isKnown }.statement().text
  }

  @Test func `a query becomes the text that Superset prints`() throws {
    #expect(
      try sql([
        "columns": ["region"], "metrics": ["count", "revenue"], "orderby": [["count", false]],
        "row_limit": 10,
      ]) == """
        SELECT region AS region, COUNT(*) AS count, SUM(qty*price) AS revenue \n\
        FROM sales GROUP BY region ORDER BY count DESC
         LIMIT 10 OFFSET 0
        """)
  }

  @Test(arguments: [(JSONValue.null, 50), (0, 50), (7, 7), (1_000, 100)])
  func `row limits are bounded, and none means the default`(_ asked: JSONValue, _ limit: Int) throws
  {
    let text = try sql(["columns": ["region"], "row_limit": asked])
    #expect(text.hasSuffix("LIMIT \(limit) OFFSET 0"))
  }

  @Test func `groups of row filters are alternatives, and stand in parentheses beside others`()
    throws
  {
    let filters = [
      RowFilter(clause: "region='north'", groupKey: "g"), RowFilter(clause: "qty>0", groupKey: nil),
      RowFilter(clause: "region='south'", groupKey: "g"),
    ]
    let text = try sql(["columns": ["region"], "metrics": []], filters)
    #expect(text.contains("WHERE (qty>0) AND ((region='north') OR (region='south')) GROUP BY"))
  }

  @Test(arguments: [-9_223_372_036_854_775, 9_223_372_036_854_775, 1e300] as [JSONValue])
  func `a time beyond all calendars is an error`(_ time: JSONValue) {
    #expect(throws: ChartQueryError.breaksOff(reason: "year is out of range")) {
      try sql(["columns": ["region"], "filters": [["col": "ds", "op": ">", "val": time]]])
    }
  }

  @Test(arguments: ["1=1 OR 1", "1=1 GROUP BY region"])
  func `a column that a filter defines takes no other condition in`(_ column: String) throws {
    let text = try sql(
      [
        "columns": ["region"],
        "filters": [
          ["col": ["sqlExpression": .string(column), "label": "x"], "op": "IS NOT NULL"]
        ],
      ], [RowFilter(clause: "qty>0", groupKey: nil)])
    #expect(text.contains("WHERE (\(column)) IS NOT NULL AND (qty>0)"))
  }

  @Test func `whether a column is known is asked without looking at rows`() throws {
    var probes: [String] = []
    let query: JSONValue = [
      "columns": ["region"],
      "filters": [["col": ["sqlExpression": "abs(qty)", "label": "x"], "op": "IS NOT NULL"]],
    ]
    _ = try SelectBuilder(
      try QueryObject(query, now: .test).validated(), over: .sample, rowFilters: [],
      limits: RowLimits(standard: 50, samples: 10, maximum: 100), templates: .off, in: .sqlite
    ) { probe in
      probes.append(probe)
      return true
    }.statement()
    #expect(probes == ["SELECT (abs(qty)) FROM sales LIMIT 0"])
  }

  @Test func `a row filter stays in its parentheses, or is an error`() throws {
    let text = try sql(
      ["columns": ["region"], "extras": ["where": "1 = 1\n OR 1 = 1"]],
      [RowFilter(clause: "qty>0 -- so", groupKey: nil)])
    #expect(text.contains("WHERE (qty>0 -- so\n) AND (1 = 1\n OR 1 = 1)"))
    for clause in ["qty>0) OR (1=1", "qty>0 /*", "region = '"] {
      #expect(throws: ChartQueryError.self) {
        try sql(["columns": ["region"]], [RowFilter(clause: clause, groupKey: nil)])
      }
    }
  }

  @Test(arguments: [("qty > 1 OR qty < 0", "(qty > 1 OR qty < 0)"), ("qty > 1", "qty > 1")])
  func `a dataset's predicate takes no other condition in`(
    _ predicate: String, _ shown: String
  ) throws {
    let text = try SelectBuilder(
      try QueryObject(
        ["columns": ["region"], "apply_fetch_values_predicate": true], now: .test),
      over: .sample(predicate: predicate), rowFilters: [RowFilter(clause: "qty>0", groupKey: nil)],
      limits: RowLimits(standard: 50, samples: 10, maximum: 100), templates: .off, in: .sqlite
    ) { _ in true }.statement().text
    #expect(text.contains("WHERE \(shown) AND (qty>0)"))
  }

  @Test func `a row filter that cannot be understood is an error, never left out`() {
    let filters = [RowFilter(clause: "owner = '{{ current_username() }}'", groupKey: nil)]
    #expect(throws: ChartQueryError.self) { try sql(["columns": ["region"]], filters) }
  }

  @Test func `the query that finds the strongest series sees no other rows`() throws {
    let text = try sql(
      [
        "columns": ["region"], "metrics": ["count"], "series_columns": ["region"],
        "series_limit": 2, "extras": ["where": "qty > 1"],
      ], [RowFilter(clause: "qty>0", groupKey: nil)])
    #expect(text.count(of: "(qty>0) AND (qty > 1)") == 2)
    #expect(
      text.contains(
        "ORDER BY mme_inner__ DESC\n LIMIT 2 OFFSET 0) AS series_limit ON region = region__"))
  }

  @Test func `names that SQL would misread are quoted`() throws {
    let metric: JSONValue = [
      "expressionType": "SQL", "sqlExpression": "MAX(qty)", "label": "group \"x\"",
    ]
    #expect(try sql(["columns": [], "metrics": [metric]]).contains(#"AS "group ""x""""#))
    #expect(SQLiteText().identifier("select") == "\"select\"")
    #expect(SQLiteText().identifier("1st") == "\"1st\"")
    #expect(SQLiteText().identifier("plain_1") == "plain_1")
  }

  @Test(arguments: [
    "(SELECT 1)", "1) FROM sales; DROP TABLE sales; --", "1 /* ", "SUM(qty", "qty)", "1; SELECT 2",
    "1 || '", "\"a", "`a", "[(] + 1) + (1",
  ])
  func `a custom metric cannot leave its place`(_ sql: String) {
    let metric: JSONValue = ["expressionType": "SQL", "sqlExpression": .string(sql), "label": "x"]
    #expect(throws: ChartQueryError.subquery) {
      try self.sql(["columns": [], "metrics": [metric]])
    }
  }

  @Test func `words inside quotes are only words`() throws {
    let metric: JSONValue = [
      "expressionType": "SQL", "sqlExpression": "MAX('select (' || \"se)lect\")", "label": "x",
    ]
    #expect(try sql(["columns": [], "metrics": [metric]]).contains("'select ('"))
  }

  @Test(arguments: [
    ("1 = 1) OR (1 = 1", "Closing unclosed parenthesis in filter clause"),
    ("(1 = 1", "Unclosed parenthesis in filter clause"),
    ("1 = 1; DROP TABLE t", "Clause contains multiple statements"),
    ("[(] = 1) OR (1 = 1 AND [)] = 1", "Closing unclosed parenthesis in filter clause"),
    ("state = 'CA", "Unclosed quote in filter clause"),
  ])
  func `a where clause cannot leave its parentheses`(_ clause: String, _ reason: String) {
    let query: JSONValue = ["columns": ["region"], "extras": ["where": .string(clause)]]
    if clause.hasPrefix("1 = 1)") {
      // Balanced in all, but not on the way.
      #expect(SQLFragment(clause, in: .sqlite).lowestDepth == -1)
    }
    #expect(throws: ChartQueryError.clause(reason: reason)) { try sql(query) }
  }

  @Test func `a filter on a custom column that the database does not know is reported`() throws {
    let column: JSONValue = ["expressionType": "SQL", "sqlExpression": "nope", "label": "n"]
    let query = try QueryObject(
      [
        "columns": ["region"], "filters": [["col": column, "op": "==", "val": 1]],
      ], now: .test)
    let statement = try SelectBuilder(
      query, over: .sample, rowFilters: [],
      limits: RowLimits(standard: 50, samples: 10, maximum: 100), templates: .off, in: .sqlite
    ) { _ in false }.statement()
    #expect(statement.rejectedFilters == ["n"])
    #expect(!statement.text.contains("WHERE"))
  }
}

extension TemplateSource {
  static let off = TemplateSource(
    isEnabled: false, user: User(id: nil, username: "", roles: []), query: .null)
}

extension String {
  /// How often a text occurs.
  fileprivate func count(of text: String) -> Int { ranges(of: text).count }
}

// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts
import SQLDatabases
import Testing

@testable import ChartQueries
@testable import SupersetMetadata

/// What Superset 4.1 prints for PostgreSQL, where it differs from SQLite.
struct DialectTests {
  private func sql(
    _ query: JSONValue, in dialect: SQLDialect = .postgresql
  ) throws(ChartQueryError) -> String {
    try SelectBuilder(
      try QueryObject(query, now: .test).validated(), over: .sample, rowFilters: [],
      limits: RowLimits(standard: 50, samples: 10, maximum: 100), templates: .off, in: dialect
    ) { _ in true }.statement().text
  }

  private func filtered(_ column: String, _ condition: String, _ value: JSONValue) throws -> String
  {
    let query: JSONValue = [
      "columns": ["region"],
      "filters": [["col": .string(column), "op": .string(condition), "val": value]],
    ]
    let text = try sql(query)
    let clause = text.components(separatedBy: " \nWHERE ").last ?? ""
    return clause.components(separatedBy: " \n LIMIT").first ?? ""
  }

  @Test func `a limit stands alone unless there is an offset`() throws {
    #expect(try sql(["columns": ["region"], "row_limit": 7]).hasSuffix("FROM sales \n LIMIT 7"))
    #expect(
      try sql(["columns": ["region"], "row_limit": 7, "row_offset": 3])
        .hasSuffix(" \n LIMIT 7 OFFSET 3"))
  }

  @Test func `truth and patterns are PostgreSQL's own`() throws {
    #expect(try filtered("active", "IS TRUE", nil) == "active IS true")
    #expect(try filtered("active", "==", "TRUE") == "active = true")
    #expect(try filtered("active", "IN", [true, 0]) == "active IN (true, false)")
    #expect(try filtered("price", "ILIKE", "1%") == "CAST(price AS VARCHAR) ILIKE '1%'")
    #expect(try filtered("region", "LIKE", #"a\b"#) == #"region LIKE 'a\b'"#)
  }

  @Test(arguments: SQLDialect.allCases)
  func `a quote is doubled whatever it makes one character with`(_ dialect: SQLDialect) throws {
    let text = dialect.text
    // To Swift each of these is one character: a sign that stands before another, and an accent.
    for (before, behind) in [("\u{600}", ""), ("", "\u{301}"), ("", "\u{200D}")] {
      let (quote, mark) = (before + "'" + behind, before + "\"" + behind)
      #expect(Array(text.text(quote).utf8) == Array("'\(before)''\(behind)'".utf8))
      #expect(Array(text.identifier(mark).utf8) == Array("\"\(before)\"\"\(behind)\"".utf8))
    }
  }

  @Test func `nothing is in a list with nothing but null in it`() throws {
    let none = "region IS NULL OR region IN (NULL) AND (1 != 1)"
    #expect(try filtered("region", "IN", [nil]) == none)
    #expect(try filtered("region", "NOT IN", [nil]) == "NOT (\(none))")
  }

  @Test func `times are compared as their column's type requires`() throws {
    let text = PostgresText()
    let time = try #require(CivilTime("2024-02-15 01:02:03.5"))
    #expect(
      text.form(of: time, as: "TIMESTAMP WITHOUT TIME ZONE")
        == "TO_TIMESTAMP('2024-02-15 01:02:03.500000', 'YYYY-MM-DD HH24:MI:SS.US')")
    #expect(text.form(of: time, as: "DATE") == "TO_DATE('2024-02-15', 'YYYY-MM-DD')")
    #expect(text.form(of: time, as: "TEXT") == nil)
  }

  @Test func `times are cut by DATE_TRUNC, and epochs made times`() throws {
    let text = PostgresText()
    #expect(text.grain("P3M", of: "ds") == "DATE_TRUNC('quarter', ds)")
    #expect(text.epoch("t", "epoch_s") == "(timestamp 'epoch' + t * interval '1 second')")
    #expect(text.epoch("t", "epoch_ms") == "(timestamp 'epoch' + (t/1000) * interval '1 second')")
  }

  @Test func `a step that only SQLite has is an error that names the database`() throws {
    let query: JSONValue = [
      "columns": [], "metrics": ["count"], "is_timeseries": true, "granularity": "ds",
      "extras": ["time_grain_sqla": "PT5M"],
    ]
    #expect(try sql(query, in: .sqlite).contains("% 5"))
    #expect {
      try sql(query)
    } throws: {
      "\($0)" == "Error: No grain spec for PT5M for database postgresql"
    }
  }

  @Test func `a label that PostgreSQL would cut is replaced by its hash, everywhere`() throws {
    let label = String(repeating: "x", count: 64)
    let metric: JSONValue = [
      "expressionType": "SQL", "sqlExpression": "MAX(qty)", "label": .string(label),
    ]
    let text = try sql(["columns": [], "metrics": [metric], "orderby": [[metric, false]]])
    let hash = MD5.hexadecimal(label)
    let name = PostgresText().identifier(hash)
    #expect(text.contains("MAX(qty) AS \(name)"))
    #expect(text.contains("ORDER BY \(name) DESC"))
    #expect(PostgresText().alias(String(label.dropLast())) == String(label.dropLast()))
  }

  @Test func `each database has its own reserved words`() {
    #expect(PostgresText().identifier("user") == #""user""#)
    #expect(SQLiteText().identifier("user") == "user")
    #expect(PostgresText().identifier("index") == "index")
    #expect(SQLiteText().identifier("index") == #""index""#)
  }
}

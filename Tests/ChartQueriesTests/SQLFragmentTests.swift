// SPDX-License-Identifier: MIT
import SQLDatabases
import Testing

@testable import ChartQueries

struct SQLFragmentTests {
  @Test(arguments: [
    #"E'\' ' ) OR (1=1 --'"#, #"e'\'' ) OR (1=1 -- '"#, "$$ ' $$) OR (1=1 OR ''='$$ ' $$",
    "a = $x$ ' $x$) OR ('' = '", "/* /* */ ' */) OR (1=1 /* ' */", "x[1) OR (1=1]",
    "`) OR (1=1 OR 1=`1", "E'a'\n'\\'' ) OR (1=1 -- '", "E'a' --\n '\\'' ) OR (1=1 -- '",
    "$x$ ) OR (1=1", "E'\\'", "1 = 1 --\r) OR (1 = 1",
  ])
  func `a clause for PostgreSQL is read by its rules, and cannot leave its parentheses`(
    _ clause: String
  ) {
    #expect(throws: ChartQueryError.self) {
      try SQLFragment.checkedClause(clause, in: .postgresql)
    }
  }

  @Test(arguments: [
    #"name = E'it\'s (' AND tags[1] = 'x'"#, "a = $tag$ ( ' $tag$ AND b = $$;$$",
    "a = 1 /* not /* so */ deep ( */ AND b = 2", "price > $1", "cost$x$ = 1 AND cost$x$ = 2",
  ])
  func `what PostgreSQL quotes in its own way stays as it is`(_ clause: String) throws {
    #expect(try SQLFragment.checkedClause(clause, in: .postgresql) == clause)
  }

  @Test(arguments: [
    "/*/ ' */ 1=1) OR (1=1 /* ' */", "[a] = 1 /*/ ' */ ) OR (1 = 1 /* ' */",
  ])
  func `a comment for SQLite does not end where it begins`(_ clause: String) {
    #expect(throws: ChartQueryError.self) {
      try SQLFragment.checkedClause(clause, in: .sqlite)
    }
    #expect(throws: ChartQueryError.subquery) {
      try SQLFragment.checkedExpression("/*/ ' */ (SELECT 1) /* ' */", in: .sqlite)
    }
  }

  @Test(arguments: [
    (SQLDialect.postgresql, "(TABLE secrets)"), (.postgresql, "(ts_stat('SELECT 1')).word"),
    (.postgresql, "public.\"dblink\" ('', 'SELECT 1')"), (.postgresql, "EXISTS(/**/table secrets)"),
    (.sqlite, "(1, 2) IN secrets"), (.sqlite, "x IN\"secrets\""), (.sqlite, "x not in/* */[a]"),
    (.sqlite, "x IN pragma_table_info('t')"),
  ])
  func `a table can be asked without the word for it`(_ dialect: SQLDialect, _ sql: String) {
    #expect(throws: ChartQueryError.subquery) {
      try SQLFragment.checkedExpression(sql, in: dialect)
    }
  }

  @Test(arguments: ["x IN (1, 2)", "x IN/* so */\n(1)", "'IN' || x", "[in] || x", "\"table\".x"])
  func `a list is no table`(_ sql: String) throws {
    for dialect in SQLDialect.allCases where dialect == .sqlite || !sql.contains("[") {
      #expect(try SQLFragment.checkedExpression(sql, in: dialect) == sql)
    }
  }

  @Test(arguments: [
    ("a OR b", true), ("(a OR b)", false), ("CASE WHEN a OR b THEN 1 END", false),
    ("CASE WHEN a THEN 1 END OR b", true), ("1 = 1 GROUP BY a", true), ("a.case OR b", true),
    ("lower(a) || ' or '", false), ("a AND b", false), ("[or] = 1", false),
  ])
  func `an expression is loose where it would take its neighbours in`(
    _ sql: String, _ isLoose: Bool
  ) {
    #expect(SQLFragment(sql, in: .sqlite).isLoose == isLoose)
  }

  @Test(arguments: [
    "query_to_xml('SELECT 1', true, true, '')", "QUERY_TO_XML /* */\n('')", "\"query_to_xml\"('')",
    "pg_catalog.version ()", "U&\"query\\005fto_xml\"('')",
  ])
  func `functions that tell what nobody asked for are refused`(_ call: String) {
    #expect(throws: ChartQueryError.self) {
      try SQLFragment.refuseFunctions(
        SQLFragment.checkedExpression(call, in: .postgresql), in: .postgresql)
    }
  }

  @Test func `a dataset's own query may run texts`() throws {
    try SQLFragment.refuseFunctions(
      "SELECT a FROM (SELECT * FROM crosstab('SELECT 1') AS c(a int)) AS virtual_table",
      in: .postgresql)
  }

  @Test func `a column may bear such a name`() throws {
    try SQLFragment.refuseFunctions(
      "SELECT version AS \"version\", 'version (' FROM t WHERE (version) > 1", in: .postgresql)
    #expect {
      try SQLFragment.refuseFunctions("SELECT version()", in: .postgresql)
    } throws: {
      "\($0)" == "Error: SQL statement contains disallowed function(s): {'version'}"
    }
  }

  @Test func `a query within brackets is found where brackets quote nothing`() {
    #expect(throws: ChartQueryError.subquery) {
      try SQLFragment.checkedExpression("ARRAY[(SELECT 1)]", in: .postgresql)
    }
  }
}

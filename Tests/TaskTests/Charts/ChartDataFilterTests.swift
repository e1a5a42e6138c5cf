// SPDX-License-Identifier: MIT
import JSONValues
import TaskContract
import Testing

/// The filter's executable, on the sample data.
struct ChartDataFilterTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  @Test func `the example's rows are those that sqlite3 finds`() throws {
    let outcome = try bench.run("chart-data", input: try Workbench.example("chart-data"))
    #expect(outcome.status == 0, "\(outcome.log)")
    let sql = """
      SELECT region, SUM(sales) AS sum__sales, MAX(orders) AS "largest order" FROM sales
      WHERE ds >= '2024-01-01' AND ds < '2025-01-01' AND region IS NOT NULL
      GROUP BY region ORDER BY 2 DESC LIMIT 10
      """
    let byHand = try bench.run(
      "/usr/bin/sqlite3", ["-readonly", "-json", bench.examples, sql], input: "")
    // sqlite3 prints fifteen digits, we print all: compare what both say.
    let (ours, theirs) = (outcome.json.arrayValue ?? [], try JSONValue(parsing: byHand.output))
    #expect(ours.count == 10 && theirs.arrayValue?.count == 10)
    for (our, their) in zip(ours, theirs.arrayValue ?? []) {
      #expect(our["region"] == their["region"])
      #expect(our["largest order"] == their["largest order"])
      let (ourSum, theirSum) = (our["sum__sales"]?.doubleValue, their["sum__sales"]?.doubleValue)
      #expect(abs((ourSum ?? 0) - (theirSum ?? 1)) < 1e-6)
    }
  }

  @Test func `a form, a context and a whole job ask the same`() throws {
    let job = try Workbench.example("load_chart_data_into_cache")
    let form = try #require(try JSONValue(parsing: job)["form_data"]).text
    let rows = try bench.run("chart-data", input: form).json
    #expect((rows.arrayValue?.count ?? 0) > 100)
    #expect(try bench.run("chart-data", input: job).json == rows)
    let response = try bench.run("chart-data", ["--response"], input: form).json
    #expect(response["result"]?.arrayValue?.first?["data"] == rows)
  }

  @Test func `rows come as lines or as CSV`() throws {
    let context =
      #"{"datasource":{"id":2,"type":"table"},"queries":[{"columns":["note"],"metrics":["count"],"orderby":[["note",true]]}]}"#
    let lines = try bench.run("chart-data", ["--format", "jsonl"], input: context)
    let rows = try bench.run("chart-data", input: context).json
    #expect(
      try lines.output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        == rows.arrayValue)
    let csv = try bench.run("chart-data", ["--format=csv"], input: context)
    #expect(csv.output.hasPrefix("note,count\n,"))
    #expect(csv.output.contains("\n\"don't ring \"\"twice\"\"\","))
    #expect(csv.output.contains("\n\"line one\nline two\","))
  }

  @Test func `a saved chart is asked by its number`() throws {
    let rows = try bench.run("chart-data", ["--chart", "1"], input: "")
    #expect(rows.status == 0, "\(rows.log)")
    let answer = try bench.run("chart-data", ["--chart=1", "--response"], input: "").json
    #expect(answer["result"]?.arrayValue?.first?["data"] == rows.json)
    let csv = try bench.run(
      "chart-data", ["--chart", "1", "--response", "--format", "csv"], input: "")
    #expect(csv.output.split(separator: "\n").count == (rows.json.arrayValue?.count ?? 0) + 1)
    let none = try bench.run("chart-data", ["--chart", "999", "--response"], input: "")
    #expect(none.json == ["message": "Not found"])
    #expect(none.status == Verdict.noInput.rawValue)
  }

  @Test func `with --response an error is answered as Superset answers it`() throws {
    let context = #"{"datasource":{"id":1,"type":"table"},"queries":[{"columns":["nope"]}]}"#
    let outcome = try bench.run("chart-data", ["--response"], input: context)
    #expect(outcome.json == ["message": "Error: Columns missing in dataset: ['nope']"])
    #expect(outcome.status == Verdict.badInput.rawValue)
    let broken = try bench.run("chart-data", ["--response"], input: "{")
    #expect(broken.json["errors"]?.arrayValue?.first?["error_type"] == "GENERIC_BACKEND_ERROR")
    #expect(try bench.run("chart-data", input: context).output.isEmpty)
  }

  @Test func `the rows are those that the named user may see`() throws {
    let context =
      #"{"datasource":{"id":2,"type":"table"},"queries":[{"columns":[],"metrics":[{"expressionType":"SIMPLE","column":{"column_name":"orders"},"aggregate":"MAX"}]}]}"#
    #expect(try bench.run("chart-data", input: context).json == [["MAX(orders)": 40]])
    #expect(
      try bench.run("chart-data", ["--user", "bob"], input: context).json == [["MAX(orders)": 38]])
    let nobody = try bench.run("chart-data", ["--user", "nobody"], input: context)
    #expect(nobody.status == Verdict.noUser.rawValue)
    #expect(nobody.output.isEmpty)
  }

  @Test func `spool.toml says where the metadata and the data are`() throws {
    let moved = try bench.makeDirectory("elsewhere")
    try bench.move("examples.db", to: "elsewhere/other.db")
    try bench.write(
      "spool.toml",
      """
      [superset]
      metadata_url = "sqlite:///metadata.db"
      row_limit = 3
      [superset.database_urls]
      examples = "sqlite:///\(moved)/other.db"
      """)
    let context = #"{"datasource":{"id":2,"type":"table"},"queries":[{"columns":["ds"]}]}"#
    let outcome = try bench.run(
      "chart-data", ["--config", "\(bench.path)/spool.toml"], input: context,
      ["SUPERSET_METADATA_URL": ""])
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(outcome.json.arrayValue?.count == 3)
  }

  @Test func `an unknown option is a usage error`() throws {
    #expect(try bench.run("chart-data", ["--nope"], input: "{}").status == Verdict.usage.rawValue)
    #expect(try bench.run("chart-data", ["--user"], input: "{}").status == Verdict.usage.rawValue)
  }
}

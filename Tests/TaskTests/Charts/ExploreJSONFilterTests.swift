// SPDX-License-Identifier: MIT
import JSONValues
import TaskContract
import Testing

/// The filter's executable, on the sample data.
struct ExploreJSONFilterTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  @Test func `a form and a whole job are answered with Superset's document`() throws {
    let outcome = try bench.run("explore-json", input: try Workbench.example("explore-json"))
    #expect(outcome.status == 0, "\(outcome.log)")
    let names = outcome.json.objectValue?.keys.elements ?? []
    #expect(
      Set(names) == [
        "cache_key", "cached_dttm", "cache_timeout", "errors", "form_data", "is_cached", "query",
        "from_dttm", "to_dttm", "status", "stacktrace", "rowcount", "colnames", "coltypes", "data",
        "applied_filters", "rejected_filters",
      ])
    #expect(outcome.json["data"]?["946684800000000000"]?.arrayValue?.count == 2)
    let job = try Workbench.example("load_explore_json_into_cache")
    #expect(try bench.run("explore-json", input: job).json["status"] == "success")
  }

  @Test func `the SQL, the rows and the dataset's rows can be had`() throws {
    let form = try Workbench.example("explore-json")
    let sql = try bench.run("explore-json", ["--type", "query"], input: form).json
    #expect(sql["language"] == "sql" && sql["query"]?.stringValue?.hasPrefix("SELECT ") == true)
    let rows = try bench.run("explore-json", ["--type", "results"], input: form).json
    #expect(rows["colnames"] == ["__timestamp", "gender", "sum__num"] && rows["rowcount"] == 12)
    let csv = try bench.run("explore-json", ["--type=csv"], input: form).output
    #expect(csv.hasPrefix("__timestamp,gender,sum__num\n20"))
    #expect(csv.split(separator: "\n").count == 13)
    let samples = try bench.run("explore-json", ["--type", "samples"], input: form).json
    #expect(samples["rowcount"] == 1_000)
  }

  @Test func `an error is a document too, and the exit status says its kind`() throws {
    let missing = try bench.run(
      "explore-json",
      input: #"{"datasource":"1__table","viz_type":"para","series":"x","metrics":["count"]}"#)
    #expect(missing.status == Verdict.badInput.rawValue)
    #expect(missing.json["status"] == "failed" && missing.json["query"] == "")
    #expect(missing.log == "explore-json: Columns missing in datasource: ['x']\n")
    let denied = try bench.run(
      "explore-json", ["--user", "bob"], input: try Workbench.example("explore-json"))
    #expect(denied.status == Verdict.noPermission.rawValue)
    #expect(
      denied.json["errors"]?.arrayValue?.first?["error_type"] == "DATASOURCE_SECURITY_ACCESS_ERROR"
    )
    let withheld = try bench.run(
      "explore-json", ["--user", "alice", "--type", "csv"],
      input: #"{"datasource":"1__table","viz_type":"para","series":"state","metrics":["count"]}"#)
    #expect(withheld.status == Verdict.noPermission.rawValue)
    #expect(withheld.json["error"] == "You don't have the rights to download as csv")
    let refused = try bench.run(
      "explore-json", input: #"{"datasource":"1__table","viz_type":"pie"}"#)
    #expect(refused.status == Verdict.badInput.rawValue)
    #expect(refused.log == "explore-json: not supported yet: the viz_type 'pie'\n")
  }
}

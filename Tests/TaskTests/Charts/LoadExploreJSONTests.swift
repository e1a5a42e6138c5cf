// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import SystemCalls
import TaskContract
import Testing

/// The executable itself, on the sample data.
struct LoadExploreJSONTests {
  private let bench: Workbench
  private static let form =
    #"{"datasource":"2__table","viz_type":"para","series":"region","metrics":["sum__orders"],"time_range":"No filter"}"#

  init() throws { bench = try Workbench() }

  private func load(
    _ form: String = form, user: String = "1", more: String = "",
    in variables: [String: String] = [:]
  ) throws -> Workbench.Outcome {
    let job =
      #"{"job_metadata":{"channel_id":"c","job_id":"j","user_id":\#(user)},"form_data":\#(form)\#(more)}"#
    return try bench.run("load_explore_json_into_cache", input: job, variables)
  }

  @Test func `the example's sums are those that sqlite3 finds`() throws {
    let outcome = try bench.run(
      "load_explore_json_into_cache", input: try Workbench.example("load_explore_json_into_cache"))
    #expect(outcome.status == 0, "\(outcome.log)")
    let parts = outcome.json["result"]?["data"]?.arrayValue?.first?["children"]?.arrayValue ?? []
    let sql = """
      SELECT region AS name, ROUND(SUM(sales), 2) AS val FROM sales WHERE region IS NOT NULL
      AND product IS NOT NULL AND ds >= '2024-01-01' AND ds < '2025-01-01' GROUP BY 1 ORDER BY 1
      """
    let byHand = try bench.run(
      "/usr/bin/sqlite3", ["-readonly", "-json", bench.examples, sql], input: "")
    let expected = try JSONValue(parsing: byHand.output).arrayValue ?? []
    #expect(expected.count > 5 && parts.count == expected.count)
    for (ours, theirs) in zip(parts, expected) {
      #expect(ours["name"] == theirs["name"])
      #expect(abs((ours["val"]?.doubleValue ?? 0) - (theirs["val"]?.doubleValue ?? 1)) < 0.01)
    }
    #expect(outcome.json["job_metadata"]?["channel_id"] == "channel_1")
  }

  @Test func `arguments by position mean the same as by name`() throws {
    let named = try load(more: #","response_type":"json","force":true"#)
    let positional = try bench.run(
      "load_explore_json_into_cache",
      input:
        #"{"args":[{"channel_id":"c","job_id":"j","user_id":1},\#(Self.form),"json",true]}"#)
    #expect(named.status == 0)
    #expect(positional.json == named.json)
  }

  @Test func `under a spool the answer is a file under a key of its own kind`() throws {
    let files = try bench.makeDirectory("files")
    let outcome = try load(in: ["SPOOL_FILES": files])
    #expect(outcome.status == 0, "\(outcome.log)")
    let key = try #require(outcome.json["cache"]?.arrayValue?.first?["key"]?.stringValue)
    #expect(key.hasPrefix("ejr-") && key.count == 36)
    #expect(outcome.json["result_url"]?.stringValue == "/superset/explore_json/data/\(key)")
    #expect(outcome.json["status"] == "done" && outcome.json["result"] == nil)
    let data = try #require(FileManager.default.contents(atPath: "\(files)/data.json"))
    let answer = try JSONValue(parsing: data)
    #expect(answer["is_cached"] == true && answer["cached_dttm"]?.stringValue?.count == 19)
    #expect(answer["rowcount"] == outcome.json["rowcount"])
    #expect(answer["form_data"]?["viz_type"] == "para")
  }

  @Test func `a fresh key is not computed again, unless the job insists`() throws {
    let cache = try bench.makeDirectory("cache")
    func run(_ files: String, _ more: String = "") throws -> Workbench.Outcome {
      try load(
        more: more, in: ["SPOOL_CACHE": cache, "SPOOL_FILES": try bench.makeDirectory(files)])
    }
    let first = try run("1")
    let text = try #require(first.json["cache"]?.arrayValue?.first?["key"]?.stringValue)
    try bench.link("1/data.json", under: text, in: cache)
    let second = try run("2")
    #expect(second.json["cached"] == true && second.json["cache"] == [])
    #expect(second.json["result_url"] == first.json["result_url"])
    let forced = try run("3", #","force":true"#)
    #expect(forced.json["cached"] == nil)
    #expect(forced.json["result_url"] == first.json["result_url"])
  }

  @Test func `two users with different rows get different rows under different keys`() throws {
    let form =
      #"{"datasource":"1__table","viz_type":"para","series":"state","metrics":["count"],"time_range":"No filter"}"#
    let (admin, alice) = (try load(form), try load(form, user: "2"))
    #expect(admin.json["result_url"] != alice.json["result_url"])
    #expect(admin.json["rowcount"] == 12)
    #expect(
      alice.json["result"]?["data"]?.arrayValue?.map { $0["state"] ?? nil } == ["CA", "TX"])
  }

  @Test func `the rows can be had as CSV`() throws {
    let files = try bench.makeDirectory("files")
    let outcome = try load(more: #","response_type":"csv""#, in: ["SPOOL_FILES": files])
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(outcome.json["cache"]?.arrayValue?.first?["file"] == "data.csv")
    let text = try String(contentsOfFile: "\(files)/data.csv", encoding: .utf8)
    #expect(text.hasPrefix("region,sum__orders\n"))
  }

  @Test func `an error of the query is told as Superset tells it`() throws {
    let outcome = try load(
      #"{"datasource":"2__table","viz_type":"para","series":"nope","metrics":["count"]}"#)
    #expect(outcome.status == Verdict.badInput.rawValue)
    #expect(
      outcome.json["errors"] == [
        [
          "message": "Columns missing in datasource: ['nope']", "error_type": "VIZ_GET_DF_ERROR",
          "level": "error", "extra": nil,
        ]
      ])
    #expect(outcome.json["job_metadata"]?["channel_id"] == "c")
    let refused = try load(#"{"datasource":"2__table","viz_type":"time_table","metrics":[]}"#)
    #expect(refused.json["errors"] == ["Pick at least one metric"])
    #expect(refused.status == Verdict.badInput.rawValue)
  }

  @Test(arguments: [
    (#"{"datasource":"1__table","viz_type":"para"}"#, "3", Verdict.noPermission),
    (#"{"datasource":"99__table","viz_type":"para"}"#, "1", .noInput),
    (#"{"datasource":"None__table","viz_type":"para"}"#, "1", .noInput),
    (#"{"datasource":"1__table","viz_type":"deck_arc"}"#, "1", .badInput),
    (#"{"datasource":"1__table","viz_type":"para"}"#, "99", .noUser),
  ])
  func `what cannot be answered says so, by its kind`(
    _ form: String, _ user: String, _ verdict: Verdict
  ) throws {
    let outcome = try load(form, user: user)
    #expect(outcome.status == verdict.rawValue, "\(outcome.log)")
    #expect(outcome.json["status"] == "error")
    #expect(outcome.json["errors"]?.arrayValue?.count == 1)
  }

  @Test func `a resident task answers one job after another`() throws {
    let jobs = (1...2).map { number in
      #"{"id":"\#(number)","attempt":1,"job":{"job_metadata":{"user_id":1},"form_data":\#(Self.form)}}"#
    }
    let outcome = try bench.run(
      "load_explore_json_into_cache", ["--resident"],
      input: jobs.joined(separator: "\n") + "\n")
    let answers = try outcome.output.split(separator: "\n").map {
      try JSONValue(parsing: String($0))
    }
    #expect(answers.map { $0["id"] } == ["1", "2"])
    #expect(answers.allSatisfy { $0["status"] == 0 && $0["result"]?["status"] == "done" })
  }
}

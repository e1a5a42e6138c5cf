// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import Testing

/// The executable itself, on the sample data.
struct LoadChartDataTests {
  private let bench: Workbench
  private let context =
    #"{"datasource":{"id":2,"type":"table"},"queries":[{"columns":["region"],"metrics":["count","sum__sales"],"orderby":[["region",true]]}]}"#

  init() throws { bench = try Workbench() }

  @Test func `the example's numbers are those that sqlite3 finds`() throws {
    let outcome = try bench.run(
      "load_chart_data_into_cache", input: try Workbench.example("load_chart_data_into_cache"))
    #expect(outcome.status == 0, "\(outcome.log)")
    let sql =
      "SELECT name, SUM(num) AS sum__num FROM birth_names GROUP BY name ORDER BY 2 DESC LIMIT 10000"
    let byHand = try bench.run(
      "/usr/bin/sqlite3", ["-readonly", "-json", bench.examples, sql], input: "")
    let expected = try JSONValue(parsing: byHand.output)
    #expect((expected.arrayValue?.count ?? 0) > 150)
    #expect(outcome.rows == expected)
    #expect(outcome.json["rowcount"]?.integerValue == expected.arrayValue?.count)
    #expect(outcome.json["job_metadata"]?["channel_id"] == "channel_1")
  }

  @Test func `arguments by position mean the same as by name`() throws {
    let named = try bench.load(context)
    let positional = try bench.run(
      "load_chart_data_into_cache",
      input: #"{"args":[{"channel_id":"c","job_id":"j","user_id":1},\#(context)]}"#)
    #expect(named.status == 0)
    #expect(positional.json == named.json)
  }

  @Test func `under a spool the answer is a file, and the result says so to the cache layer`()
    throws
  {
    let files = try bench.makeDirectory("files")
    let outcome = try bench.load(context, ["SPOOL_FILES": files])
    #expect(outcome.status == 0, "\(outcome.log)")
    let key = try #require(outcome.json["cache"]?.arrayValue?.first?["key"]?.stringValue)
    #expect(outcome.json["result_url"]?.stringValue == "/api/v1/chart/data/\(key)")
    #expect(outcome.json["status"] == "done")
    #expect(outcome.json["result"] == nil)
    #expect(
      outcome.json["cache"]?.arrayValue?.first
        == [
          "key": .string(key), "file": "data.json", "timeout": 86_400,
          "content_type": "application/json",
        ])
    let data = try #require(FileManager.default.contents(atPath: "\(files)/data.json"))
    let answer = try JSONValue(parsing: data)["result"]?.arrayValue?.first
    #expect(answer?["is_cached"] == true)
    #expect(answer?["cached_dttm"]?.stringValue?.count == 19)
    #expect(answer?["rowcount"] == outcome.json["rowcount"])
  }

  @Test func `two users with different rows get different rows under different keys`() throws {
    let form =
      #"{"datasource":{"id":1,"type":"table"},"queries":[{"columns":["state"],"metrics":["count"],"orderby":[["state",true]]}]}"#
    let admin = try bench.load(form, user: "1")
    let alice = try bench.load(form, user: "2")
    #expect(admin.json["result_url"] != alice.json["result_url"])
    #expect((admin.rows?.arrayValue?.count ?? 0) == 12)
    #expect(alice.rows?.arrayValue?.map { $0["state"] } == ["CA", "TX"])
    let byHand = try bench.run(
      "/usr/bin/sqlite3",
      [
        "-readonly", "-json", bench.examples,
        "SELECT state, COUNT(*) AS count FROM birth_names WHERE gender = 'girl' AND state IN ('CA', 'TX') GROUP BY 1",
      ], input: "")
    #expect(alice.rows == (try JSONValue(parsing: byHand.output)))
  }
}

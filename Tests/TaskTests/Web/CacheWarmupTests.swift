// SPDX-License-Identifier: MIT
import JSONValues
import SpoolTesting
import TaskContract
import Testing

/// Which charts are chosen, and what a strategy that cannot be says.
struct CacheWarmupTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  /// The payloads, by `--dry-run`.
  private func payloads(_ job: String) throws -> [String] {
    let outcome = try bench.run("cache-warmup", ["--dry-run"], input: job)
    #expect(outcome.status == 0, "\(outcome.log)")
    return outcome.output.split(separator: "\n").map(String.init)
  }

  private func charts(_ ids: ClosedRange<Int>) -> [String] { ids.map { "{\"chart_id\": \($0)}" } }

  private func charts(_ ids: ClosedRange<Int>, on dashboard: Int) -> [String] {
    ids.map { "{\"chart_id\": \($0), \"dashboard_id\": \(dashboard)}" }
  }

  @Test func `dummy is every chart`() throws {
    try bench.changeMetadata("DELETE FROM dashboard_slices WHERE slice_id = 3")
    #expect(try payloads(#"{"strategy_name": "dummy"}"#) == charts(1...8))
    #expect(try payloads(#"{"args": ["dummy"]}"#) == charts(1...8))
  }

  @Test func `the most visited dashboards come first, as far as they are there`() throws {
    try bench.changeMetadata(
      """
      DELETE FROM logs;
      INSERT INTO logs (action, dashboard_id, dttm) VALUES
        ('x', 1, datetime('now', '-1 hour')), ('y', 2, datetime('now', '-2 hours')),
        ('z', 2, datetime('now', '-2 hours')), ('gone', 77, datetime('now')),
        ('gone', 77, datetime('now')), ('gone', 77, datetime('now')), ('gone', 77, datetime('now')),
        ('none', NULL, datetime('now')),
        ('old', 1, datetime('now', '-9 days')), ('old', 1, datetime('now', '-9 days'));
      """)
    let (births, sales) = (charts(1...5, on: 1), charts(6...8, on: 2))
    #expect(try payloads(#"{"strategy_name": "top_n_dashboards"}"#) == sales + births)
    #expect(try payloads(#"{"args": ["top_n_dashboards", 2]}"#) == sales)
    #expect(try payloads(#"{"args": ["top_n_dashboards", 1, "10 days ago"]}"#) == [])
    #expect(
      try payloads(#"{"strategy_name": "top_n_dashboards", "since": "10 days ago", "top_n": 3}"#)
        == births + sales)
    #expect(
      try payloads(#"{"strategy_name": "top_n_dashboards", "since": "90 minutes ago"}"#) == births)
    #expect(try payloads(#"{"args": ["top_n_dashboards", 0]}"#) == [])
  }

  @Test func `tags of dashboards and of charts count, and a chart is there once`() throws {
    try bench.changeMetadata(
      """
      DELETE FROM tagged_object;
      INSERT INTO tag (id, name, type) VALUES (50, 'a', 'custom'), (51, 'owner:1', 'owner');
      INSERT INTO tagged_object (tag_id, object_id, object_type) VALUES
        (50, 2, 'dashboard'), (50, 7, 'chart'), (50, 1, 'chart'), (51, 2, 'chart'),
        (50, 3, 'query'), (50, 99, 'chart');
      """)
    #expect(
      try payloads(#"{"strategy_name": "dashboard_tags", "tags": ["a"]}"#)
        == charts(6...8) + charts(1...1))
    #expect(
      try payloads(#"{"args": ["dashboard_tags", ["owner:1", "nothing"]]}"#) == charts(2...2))
    #expect(try payloads(#"{"strategy_name": "dashboard_tags"}"#) == [])
    #expect(try payloads(#"{"strategy_name": "dashboard_tags", "tags": null}"#) == [])
  }

  @Test func `dashboards are known by number and by slug`() throws {
    try bench.changeMetadata("UPDATE dashboards SET slug = 'sales' WHERE id = 2")
    #expect(
      try payloads(#"{"strategy_name": "dashboards", "dashboard_ids": ["sales", 1, 99, "x"]}"#)
        == charts(6...8, on: 2) + charts(1...5, on: 1))
  }

  @Test(arguments: [
    (#"{"strategy_name": "nope"}"#, "StrategyNotFoundError", "No strategy nope found!"),
    (#"{"strategy_name": "dummy", "top_n": 5}"#, "StrategyCreateError", "no argument 'top_n'"),
    (#"{"args": ["dummy", 5]}"#, "StrategyCreateError", "0 positional arguments, and 1"),
    (#"{"args": ["top_n_dashboards", 5], "top_n": 4}"#, "StrategyCreateError", "'top_n' twice"),
    (#"{"args": ["top_n_dashboards", -1]}"#, "StrategyCreateError", "no number of dashboards: -1"),
    (#"{"args": ["top_n_dashboards", "x"]}"#, "StrategyCreateError", "no number of dashboards"),
    (
      #"{"args": ["top_n_dashboards", 5, "7 days"]}"#, "StrategyCreateError",
      "Please specify [7 days ago] or [7 days later]."
    ),
    (#"{"args": ["top_n_dashboards", 5, "?"]}"#, "StrategyCreateError", "Cannot parse time string"),
    (#"{"args": ["top_n_dashboards", 5, ""]}"#, "StrategyCreateError", "Cannot parse time string"),
    (#"{"args": ["dashboard_tags", "core"]}"#, "StrategyCreateError", "no list of texts"),
    (#"{"args": ["dashboards"]}"#, "StrategyCreateError", "no list of dashboards"),
  ])
  func `a strategy that cannot be is a failure for good`(
    _ job: String, _ name: String, _ part: String
  ) throws {
    let outcome = try bench.run("cache-warmup", ["--dry-run"], input: job)
    #expect(outcome.status == Verdict.badInput.rawValue)
    #expect(outcome.message?.hasPrefix("\(name): ") == true)
    #expect(outcome.message?.contains(part) == true, "\(outcome.log)")
    #expect(outcome.json["errors"]?.arrayValue?.first?["error_type"]?.stringValue == name)
  }

  @Test func `a strategy that breaks off says which one it was`() throws {
    try bench.changeMetadata("DROP TABLE logs")
    let outcome = try bench.run(
      "cache-warmup", ["--dry-run"], input: #"{"args": ["top_n_dashboards"]}"#)
    #expect(outcome.status == Verdict.badInput.rawValue)
    #expect(outcome.message == "StrategyExecuteError: top_n_dashboards: no such table: logs")
  }

  @Test func `without a spool there is no place for jobs`() throws {
    let outcome = try bench.run("cache-warmup", input: #"{"strategy_name": "dummy"}"#)
    #expect(outcome.status == Verdict.usage.rawValue)
    #expect(outcome.message?.contains("--dry-run") == true)
  }

  @Test func `what it prints warms charts up in a pipe`() throws {
    let server = try SupersetServer(bench)
    let environment = try bench.configure(server.url)
    let dry = try bench.run(
      "cache-warmup", ["--dry-run"], input: #"{"args": ["dashboards", [2]]}"#, environment)
    let outcome = try bench.run("fetch_url", input: dry.output, environment)
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(server.requests.filter { $0.method == "PUT" }.count == 3)
    let first = outcome.output.split(separator: "\n").first.map(String.init) ?? ""
    #expect(
      try JSONValue(parsing: first)["success"] == #"{"chart_id": 6, "dashboard_id": 2}"#)
  }
}

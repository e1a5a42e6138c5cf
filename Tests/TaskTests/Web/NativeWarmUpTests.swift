// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import SpoolTesting
import SystemCalls
import TaskContract
import Testing

/// A warm-up without a running Superset: what a browser will ask for lies in the cache.
struct NativeWarmUpTests {
  private let bench: Workbench
  private let spool: TestSpool

  init() throws {
    bench = try Workbench()
    func task(_ name: String) -> String {
      "exec '\(Workbench.products.appendingPathComponent(name).path)' \"$@\""
    }
    let tasks = ["cache-warmup", "load_chart_data_into_cache", "load_explore_json_into_cache"]
    spool = try TestSpool(
      Dictionary(uniqueKeysWithValues: tasks.map { ($0, task($0)) }),
      configuration: """
        [superset]
        metadata_url = "sqlite:///\(bench.metadata)"
        cache_warmup = "native"

        """)
  }

  /// Puts a filter by region on the second dashboard.
  private func filter(_ more: String) throws {
    let configuration = """
      {"native_filter_configuration": [{"id": "F", "name": "Region", "type": "NATIVE_FILTER",
        "filterType": "filter_select", "targets": [{"datasetId": 2, "column": {"name": "region"}}],
        "scope": {"rootPath": ["ROOT_ID"], "excluded": [8]}, "cascadeParentIds": [], \(more)}]}
      """
    try bench.changeMetadata(
      "UPDATE dashboards SET json_metadata = '\(configuration)' WHERE id = 2")
  }

  private func warm(_ arguments: String) throws -> Workbench.Outcome {
    try bench.run(
      "cache-warmup", input: #"{"args": \#(arguments)}"#,
      [
        "SPOOL": spool.root, "SPOOL_JOB_ID": "w", "SPOOL_CONFIG": "\(spool.root)/spool.toml",
        "SUPERSET_METADATA_URL": "",
      ])
  }

  private func form(_ chart: Int) throws -> JSONValue {
    let name = "incoming/load_chart_data_into_cache/w+chart-\(chart)-dashboard-2.json"
    return try JSONValue(parsing: spool.read(name) ?? "null")["kwargs"]?["form_data"] ?? .null
  }

  private func filters(_ chart: Int) throws -> [JSONValue] {
    try form(chart)["queries"]?.arrayValue?.first?["filters"]?.arrayValue ?? []
  }

  @Test func `charts are asked for with the values that their dashboard's filters have`() throws {
    try filter(
      """
      "controlValues": {}, "defaultDataMask": {"extraFormData":
        {"filters": [{"col": "region", "op": "IN", "val": ["Москва"]}]},
        "filterState": {"value": ["Москва"]}}
      """)
    let outcome = try warm(#"["dashboards", [2]]"#)
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(outcome.json["scheduled"]?.arrayValue?.count == 3, "\(outcome.output)")
    let wanted: JSONValue = ["col": "region", "op": "IN", "val": ["Москва"]]
    #expect(try filters(6).contains(wanted))
    #expect(try filters(7).contains(wanted))
    #expect(try !filters(8).contains(wanted))
    #expect(try form(6)["force"] == true)
  }

  @Test func `a filter that takes its first value has it asked for`() throws {
    try filter(
      #""requiredFirst": true, "controlValues": {"defaultToFirstItem": true, "multiSelect": false}, "defaultDataMask": {}"#
    )
    let outcome = try warm(#"["dashboards", [2]]"#)
    #expect(outcome.status == 0, "\(outcome.log)")
    let regions = try bench.run(
      "chart-data", ["--user", "admin"],
      input:
        #"{"datasource":{"id":2,"type":"table"},"queries":[{"columns":["region"],"metrics":[],"orderby":[["region",true]],"row_limit":1}]}"#
    )
    let first = try #require(regions.json.arrayValue?.first?["region"])
    #expect(try filters(6).contains(["col": "region", "op": "IN", "val": [first]]))
  }

  @Test func `charts and layouts that are not what they should be keep nobody waiting`() throws {
    try bench.changeMetadata(
      """
      PRAGMA foreign_keys = OFF;
      DELETE FROM slices WHERE id = 7;
      INSERT INTO dashboard_slices (dashboard_id, slice_id) VALUES (2, 777);
      UPDATE dashboards SET position_json = '{"ROOT_ID": {"id": "ROOT_ID", "children": ["A", "A"]},
        "A": {"id": "A", "children": ["B", "B"]}, "B": {"id": "B", "children": ["A", "A"]}}';
      UPDATE dashboards SET json_metadata = '{' WHERE id = 1;
      """)
    let outcome = try warm(#"["dashboards", [1, 2]]"#)
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(
      outcome.json["scheduled"]
        == [#"{"chart_id": 6, "dashboard_id": 2}"#, #"{"chart_id": 8, "dashboard_id": 2}"#])
    #expect(outcome.json["errors"]?.arrayValue?.count == 5)
  }

  @Test func `a page that waits for a person cannot be foreseen, and says so`() throws {
    try filter(
      #""requiredFirst": true, "controlValues": {"enableEmptyFilter": true}, "defaultDataMask": {}"#
    )
    let outcome = try warm(#"["dashboards", [1, 2]]"#)
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(outcome.json["scheduled"]?.arrayValue?.count == 5)
    #expect(
      outcome.json["reasons"]?.arrayValue?.first
        == "chart 6: the page waits for the value of a filter: Region")
  }

  @Test func `tagged dashboards are warmed as they stand, whatever their payloads name`() throws {
    try bench.changeMetadata(
      """
      DELETE FROM tagged_object;
      INSERT INTO tagged_object (tag_id, object_id, object_type) VALUES
        (1, 2, 'dashboard'), (1, 6, 'chart');
      """)
    let outcome = try warm(#"["dashboard_tags", ["core"]]"#)
    #expect(
      outcome.json["scheduled"]
        == .array([6, 7, 8, 6].map { .string("{\"chart_id\": \($0)}") }), "\(outcome.log)")
    #expect(
      spool.names(in: "incoming/load_chart_data_into_cache") == [
        "w+chart-6-dashboard-2.json", "w+chart-6.json", "w+chart-7-dashboard-2.json",
        "w+chart-8-dashboard-2.json",
      ])
  }

  /// The job of a browser that has the dashboard open: the same form, and nothing forced.
  private func asBrowserAsks(forChart id: Int) throws -> JSONValue {
    _ = try warm(#"["dashboards", [2]]"#)
    var form = try form(id).objectValue ?? [:]
    form["force"] = nil
    spool.run("rm -rf incoming/*/*.json")
    return ["job_metadata": ["user_id": 1], "form_data": .object(form)]
  }

  @Test func `who asks afterwards finds everything in the cache`() throws {
    let cache = Process()
    cache.executableURL = Workbench.products.appendingPathComponent("spool-cache")
    cache.arguments = [spool.root]
    try cache.run()
    defer {
      cache.terminate()
      cache.waitUntilExit()
    }
    let asked = try asBrowserAsks(forChart: 6)
    try spool.start()
    try spool.put(#"{"args": ["dashboards", [2]]}"#, at: "incoming/cache-warmup/w.json")
    let name = "results/load_chart_data_into_cache/w+chart-6-dashboard-2.json"
    #expect(spool.waits(for: name))
    #expect(spool.waitsUntilEmpty())
    let warmed = try JSONValue(parsing: spool.read(name) ?? "")
    let key = try #require(warmed["cache"]?.arrayValue?.first?["key"]?.stringValue)
    #expect(
      spool.waits { spool.exists("cache/" + (CacheKey(key)?.entryPath ?? "")) }, "\(warmed.text)")

    try spool.put(asked.text, at: "incoming/load_chart_data_into_cache/browser.json")
    let answer = "results/load_chart_data_into_cache/browser.json"
    #expect(spool.waits(for: answer))
    let found = try JSONValue(parsing: spool.read(answer) ?? "")
    #expect(found["cached"] == true)
    #expect(found["result_url"] == warmed["result_url"])
  }
}

// SPDX-License-Identifier: MIT
import JSONValues
import SpoolTesting
import TaskContract
import Testing

/// A warm-up in a running spool: one job chooses, one for each chart does it.
struct CacheWarmupSpoolTests {
  private let bench: Workbench
  private let server: SupersetServer
  private let spool: TestSpool

  init() throws {
    bench = try Workbench()
    server = try SupersetServer(bench)
    _ = try bench.configure(server.url)
    let settings = try String(contentsOfFile: "\(bench.path)/spool.toml", encoding: .utf8)
    func task(_ name: String) -> String {
      "exec '\(Workbench.products.appendingPathComponent(name).path)' \"$@\""
    }
    spool = try TestSpool(
      ["cache-warmup": task("cache-warmup"), "fetch_url": task("fetch_url")],
      configuration: settings + "[queues.fetch_url]\nresident = true\nworkers = 1\n")
  }

  private func result(_ job: String, of queue: String) throws -> JSONValue {
    let name = "results/\(queue)/\(job).json"
    #expect(spool.waits { spool.exists(name) || spool.exists("errors/\(queue)/\(job).error") })
    let text = spool.read(name) ?? spool.read("errors/\(queue)/\(job).error") ?? "null"
    return try JSONValue(parsing: text)
  }

  private func warm(_ id: String, _ job: String) throws {
    try spool.put(job, at: "incoming/cache-warmup/\(id).json")
  }

  @Test func `each chart becomes a job of the group, and is warmed once`() throws {
    try spool.put("", at: "incoming/fetch_url/.paused")
    try spool.start()
    try warm("w", #"{"strategy_name": "dashboards", "dashboard_ids": [1]}"#)
    try warm("v", #"{"args": ["dashboards", [1, 2]]}"#)
    let payloads = (1...5).map { JSONValue.string("{\"chart_id\": \($0), \"dashboard_id\": 1}") }
    #expect(
      try result("w", of: "cache-warmup") == ["scheduled": .array(payloads), "errors": []])
    #expect(
      try result("v", of: "cache-warmup")["scheduled"]?.arrayValue?.count == 8)
    #expect(spool.names(in: "incoming/fetch_url").count == 13)
    let job = try JSONValue(
      parsing: spool.read("incoming/fetch_url/w+chart-3-dashboard-1.json") ?? "")
    #expect(job["kwargs"]?["data"] == payloads[2])
    // A secret that lies in a file is soon none.
    #expect(!job.text.contains("ookie"))

    spool.run("rm incoming/fetch_url/.paused")
    for chart in 1...5 {
      let results = try ["w", "v"].map {
        try result("\($0)+chart-\(chart)-dashboard-1", of: "fetch_url")
      }
      #expect(results.filter { $0["success"] == payloads[chart - 1] }.count == 1)
      #expect(results.filter { $0["duplicate_of"] != nil }.count == 1)
    }
    #expect(spool.waitsUntilEmpty())
    #expect(server.requests.filter { $0.method == "PUT" }.count == 8)
  }

  @Test func `an attempt made again after a crash leaves no job twice`() throws {
    let variables = [
      "SPOOL": spool.root, "SPOOL_JOB_ID": "w", "SPOOL_CONFIG": "\(bench.path)/spool.toml",
    ]
    func run() throws -> Workbench.Outcome {
      try bench.run("cache-warmup", input: #"{"strategy_name": "dummy"}"#, variables)
    }
    #expect(try run().status == 0)
    let jobs = spool.names(in: "incoming/fetch_url")
    #expect(jobs.count == 8)
    // As if it had been killed before the last two.
    spool.run("rm incoming/fetch_url/w+chart-7.json incoming/fetch_url/w+chart-8.json")
    let again = try run()
    #expect(again.status == 0, "\(again.log)")
    #expect(spool.names(in: "incoming/fetch_url") == jobs)
    #expect(again.json["scheduled"]?.arrayValue?.count == 8)
  }

  @Test func `when time is over the warm-up says how far it came, and goes on from there`() throws {
    try bench.changeMetadata(
      """
      CREATE TABLE numbers AS WITH RECURSIVE n(i) AS
        (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 2199) SELECT i FROM n;
      INSERT INTO slices (id, created_on, changed_on, slice_name)
        SELECT i, created_on, changed_on, 'c' FROM slices, numbers WHERE id = 1;
      """)
    let variables = [
      "SPOOL": spool.root, "SPOOL_JOB_ID": "w", "SPOOL_CONFIG": "\(bench.path)/spool.toml",
    ]
    let running = try bench.start("cache-warmup", input: #"{"args": ["dummy"]}"#, variables)
    #expect(spool.waits { spool.exists("incoming/fetch_url/w+chart-3.json") })
    running.process.terminate()
    let outcome = try running.wait()
    #expect(outcome.status == Verdict.tryLater.rawValue)
    #expect(outcome.message?.hasSuffix("of 1208 charts have no job yet") == true)
    #expect(spool.names(in: "incoming/fetch_url").count < 1208)
    #expect(try bench.run("cache-warmup", input: #"{"args": ["dummy"]}"#, variables).status == 0)
    #expect(spool.names(in: "incoming/fetch_url").count == 1208)
  }

  @Test func `a chart that nobody stands behind is told, and the others are warmed`() throws {
    try bench.changeMetadata("DELETE FROM slice_user WHERE slice_id = 7")
    let variables = ["SPOOL": spool.root, "SPOOL_JOB_ID": "w"].merging(
      try bench.configure(server.url, "cache_warmup_executors = ['owner']")
    ) { $1 }
    let outcome = try bench.run(
      "cache-warmup", input: #"{"args": ["dashboards", [2]]}"#, variables)
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(outcome.json["errors"] == [#"{"chart_id": 7, "dashboard_id": 2}"#])
    #expect(outcome.json["reasons"] == ["chart 7: Scheduled task executor not found"])
    #expect(spool.names(in: "incoming/fetch_url").count == 2)
  }

  @Test func `without a queue for the charts the warm-up waits for its configuration`() throws {
    spool.run("rmdir incoming/fetch_url")
    let variables = [
      "SPOOL": spool.root, "SPOOL_JOB_ID": "w", "SPOOL_CONFIG": "\(bench.path)/spool.toml",
    ]
    let outcome = try bench.run("cache-warmup", input: #"{"args": ["dummy"]}"#, variables)
    #expect(outcome.status == Verdict.badConfiguration.rawValue)
    #expect(outcome.message?.contains("there is no queue fetch_url") == true)
  }
}

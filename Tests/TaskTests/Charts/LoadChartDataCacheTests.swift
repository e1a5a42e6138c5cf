// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import SystemCalls
import TaskContract
import Testing

/// How the executable lives with the cache layer, and with others of its kind.
struct LoadChartDataCacheTests {
  private let bench: Workbench
  private let cache: String
  private let form =
    #"{"datasource":{"id":2,"type":"table"},"queries":[{"columns":["product"],"metrics":["count"]}]}"#

  init() throws {
    bench = try Workbench()
    cache = try bench.makeDirectory("cache")
  }

  private func load(_ files: String, _ form: String? = nil) throws -> Workbench.Outcome {
    try bench.load(
      form ?? self.form, ["SPOOL_CACHE": cache, "SPOOL_FILES": try bench.makeDirectory(files)])
  }

  /// Does what the cache layer does with a result.
  private func link(_ outcome: Workbench.Outcome, _ files: String, expires: JSONValue) throws {
    let text = try #require(outcome.json["cache"]?.arrayValue?.first?["key"]?.stringValue)
    try bench.link("\(files)/data.json", under: text, in: cache, expires: expires)
  }

  @Test func `a fresh key is not computed again, unless the job insists`() throws {
    let first = try load("1")
    #expect(first.json["cached"] == nil)
    try link(first, "1", expires: .double(SystemClock.now().seconds + 60))
    let second = try load("2")
    #expect(second.status == 0)
    #expect(second.json["cached"] == true)
    #expect(second.json["cache"] == [])
    #expect(second.json["result_url"] == first.json["result_url"])
    #expect(!FileManager.default.fileExists(atPath: "\(bench.path)/2/data.json"))
    let forced = try load("3", form.dropLast() + #","force":true}"#)
    #expect(forced.json["cached"] == nil)
    #expect(forced.json["result_url"] == first.json["result_url"])
    #expect(FileManager.default.fileExists(atPath: "\(bench.path)/3/data.json"))
  }

  @Test func `who sees other rows by a template finds no answer of another`() throws {
    try bench.changeMetadata(
      """
      UPDATE row_level_security_filters SET clause = 'orders < 5 * {{ current_user_id() }}'
      WHERE id = 3
      """)
    try bench.write("spool.toml", "[superset]\nenable_template_processing = true\n")
    let variables = ["SPOOL_CONFIG": "\(bench.path)/spool.toml"]
    let legacy =
      #"{"datasource":"2__table","viz_type":"para","series":"product","metrics":["count"]}"#
    let outcomes = try ["2", "3"].map { user in
      let job = #"{"job_metadata":{"channel_id":"c","job_id":"j","user_id":\#(user)},"form_data":"#
      return (
        try bench.load(form, user: user, variables),
        try bench.run("load_explore_json_into_cache", input: "\(job)\(legacy)}", variables)
      )
    }
    #expect(outcomes.allSatisfy { $0.0.status == 0 && $0.1.status == 0 }, "\(outcomes[0].0.output)")
    #expect(outcomes[0].0.rows != outcomes[1].0.rows)
    #expect(outcomes[0].0.json["result_url"] != outcomes[1].0.json["result_url"])
    #expect(outcomes[0].1.json["result_url"] != outcomes[1].1.json["result_url"])
  }

  @Test func `an expired key and a timeout of -1 are computed again`() throws {
    let first = try load("1")
    try link(first, "1", expires: .double(SystemClock.now().seconds - 1))
    #expect(try load("2").json["cached"] == nil)
    try link(first, "1", expires: nil)
    #expect(try load("3").json["cached"] == true)
    let never = try load("4", form.dropLast() + #","custom_cache_timeout":-1}"#)
    #expect(never.json["cached"] == nil)
    // Nobody computes for nothing: it can be read under its key, for the time that the cache gives.
    let entry = try #require(never.json["cache"]?.arrayValue?.first)
    #expect(entry["key"] != nil)
    #expect(entry["timeout"] == nil)
  }

  @Test func `an answer made before the dataset was changed is computed again`() throws {
    let first = try load("1")
    try link(first, "1", expires: nil)
    #expect(try load("2").json["cached"] == true)
    try bench.changeMetadata("UPDATE tables SET changed_on = '2026-02-02 00:00:00.000000'")
    let changed = try load("3")
    #expect(changed.json["cached"] == nil)
    #expect(changed.json["result_url"] == first.json["result_url"])
  }

  @Test func `an entry that cannot be read is computed again`() throws {
    let first = try load("1")
    try link(first, "1", expires: nil)
    let key = try #require(
      CacheKey(first.json["cache"]?.arrayValue?.first?["key"]?.stringValue ?? ""))
    try "{".write(toFile: "\(cache)/\(key.entryPath)", atomically: true, encoding: .utf8)
    #expect(try load("2").json["cached"] == nil)
  }

  @Test func `jobs for one key at one time compute once, and all have the data`() throws {
    let key = try #require(
      CacheKey(try load("0").json["cache"]?.arrayValue?.first?["key"]?.stringValue ?? ""))
    let lock = try SystemFiles().open("\(cache)/\(key.flightLockPath)", .update)
    #expect(try lock.tryLock())
    let started = try (1...5).map { number in
      try bench.start(
        "load_chart_data_into_cache",
        input: #"{"job_metadata":{"user_id":1},"form_data":\#(form)}"#,
        ["SPOOL_CACHE": cache, "SPOOL_FILES": try bench.makeDirectory("w\(number)")])
    }
    for running in started { try waitUntilWaiting(for: "\(cache)/\(key.flightLockPath)", running) }
    // What the holder computed, ready after the others had begun to wait.
    try "shared".write(toFile: "\(bench.path)/shared", atomically: true, encoding: .utf8)
    try? FileManager.default.removeItem(atPath: "\(cache)/\(key.flightDataPath)")
    try FileManager.default.linkItem(
      atPath: "\(bench.path)/shared", toPath: "\(cache)/\(key.flightDataPath)")
    unlock(lock)
    for (number, running) in zip(1..., started) {
      let outcome = try running.wait()
      #expect(outcome.status == 0, "\(outcome.log)")
      #expect(outcome.json["cached"] == true)
      #expect(outcome.json["cache"]?.arrayValue?.count == 1)
      let data = try String(contentsOfFile: "\(bench.path)/w\(number)/data.json", encoding: .utf8)
      #expect(data == "shared")
    }
  }

  @Test func `what was computed before a job began is not taken over`() throws {
    _ = try load("1")
    let second = try load("2")
    #expect(second.json["cached"] == nil)
    #expect(FileManager.default.fileExists(atPath: "\(bench.path)/2/data.json"))
  }

  private func unlock(_ file: OpenFile) { flock(file.descriptor, LOCK_UN) }

  /// Whoever has the file open and goes to sleep again and again has found the lock taken.
  private func waitUntilWaiting(for path: String, _ running: Running) throws {
    let process = "/proc/\(running.process.processIdentifier)"
    while running.process.isRunning, !isOpen(path, process) { usleep(500) }
    let switches = try sleeps(process)
    while running.process.isRunning, try sleeps(process) < switches + 2 { usleep(500) }
  }

  private func isOpen(_ path: String, _ process: String) -> Bool {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(process)/fd")) ?? []
    return names.contains {
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(process)/fd/\($0)")) == path
    }
  }

  private func sleeps(_ process: String) throws -> Int {
    let status = try String(contentsOfFile: "\(process)/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("voluntary_ctxt_switches") }
    return line.flatMap { Int($0.split(separator: "\t").last ?? "") } ?? 0
  }
}

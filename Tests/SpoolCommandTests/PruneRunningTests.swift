// SPDX-License-Identifier: MIT
import JSONValues
import SpoolTesting
import SystemCalls
import Testing

/// `spool prune` beside the programs that it must not disturb.
struct PruneRunningTests {
  /// The attempts by id, over every job log that stands.
  private func attempts(_ spool: TestSpool) -> [String: Int] {
    let lines = spool.run("cat log/jobs*.jsonl")?.split(separator: "\n") ?? []
    return lines.reduce(into: [:]) { counts, line in
      if let id = (try? JSONValue(parsing: Array(line.utf8)))?["id"]?.stringValue {
        counts[id, default: 0] += 1
      }
    }
  }

  @Test
  func `pruning everything at once while jobs end runs none of them twice, and loses no line`()
    throws
  {
    let spool = try TestSpool(
      ["echo": "exec cat", "fail": "exit 65", "files": "echo x > $SPOOL_FILES/a; exec cat"])
    try spool.start()
    let count = 60
    for number in 1...count {
      for queue in ["echo", "fail", "files"] {
        try spool.put("{}", at: "incoming/\(queue)/\(queue)\(number).json")
      }
      let run = try spool.command(
        "prune", "--results", "0", "--errors", "0", "--corrupt", "0", "--logs", "0")
      #expect(run.status == 0, "\(run.complaints)")
    }
    #expect(spool.waitsUntilEmpty())
    #expect(spool.waits { attempts(spool).count == 3 * count })
    #expect(attempts(spool).values.allSatisfy { $0 == 1 })
    #expect(
      try spool.command("prune", "--results", "0", "--errors", "0", "--corrupt", "0").status == 0)
    #expect(spool.run("find results errors corrupt -mindepth 2") == "")
    #expect(spool.messages == "")
  }

  // MARK: the cache layer

  private static let asking = """
    {"result_url": "/r", "job_metadata": {"channel_id": "c", "job_id": "1", "user_id": 1},
     "cache": [{"key": "k", "file": "rows", "timeout": 3600}]}
    """

  private func askingSpool() throws -> TestSpool {
    let spool = try TestSpool()
    try #require(
      spool.run(
        """
        mkdir -p {results,errors}/echo/ results/echo/a.files; echo rows > results/echo/a.files/rows
        echo '{"job_metadata": {"channel_id": "c", "job_id": "2"}}' > errors/echo/b.json
        echo '{"message": "no"}' > errors/echo/b.error
        """) != nil)
    try spool.put(Self.asking, at: "results/echo/a.json")
    return spool
  }

  private func serve(_ spool: TestSpool) throws -> ChildProcess {
    var plan = ChildPlan(
      RunningProgram.path.parentPath + "/spool-cache", [spool.root], environment: [])
    let null = try SystemFiles().open("/dev/null", .read)
    plan.descriptors = [null, null, try OpenFile.standardError()]
    plan.diesWithParent = true
    return try ChildProcess.start(plan)
  }

  private func stop(_ child: ChildProcess, _ spool: TestSpool) {
    child.send(.terminate)
    #expect(spool.waits { child.reap() != nil })
  }

  private func events(_ spool: TestSpool) -> Int {
    spool.read("events/c.jsonl")?.split(separator: "\n").count ?? 0
  }

  @Test func `what spool-cache has not told yet stays, and what it has goes`() throws {
    let spool = try askingSpool()
    let prune = ["prune", "--results", "0", "--errors", "0"]
    #expect(try CommandRun(prune, in: spool.root).output == "nothing to remove\n")
    let cache = try serve(spool)
    #expect(spool.waits { events(spool) == 2 })
    #expect(
      spool.waits {
        spool.exists("cache/.announced/echo/a.json") && !spool.exists("cache/.announcement")
      })
    let run = try CommandRun(prune, in: spool.root)
    #expect(run.output == "removed 1 of errors, 1 of results\n")
    #expect(spool.names(in: "results/echo").isEmpty && spool.names(in: "errors/echo").isEmpty)
    // The link under the key is another name of the same data.
    #expect(try spool.command("cache", "get", "k").output == "rows\n")
    #expect(spool.waits { spool.run("ls cache/.announced/echo") == "" })
    stop(cache, spool)
    #expect(events(spool) == 2)
  }

  @Test func `what nobody will tell can be pruned on demand`() throws {
    let spool = try askingSpool()
    let run = try spool.command("prune", "--results", "0", "--errors", "0", "--unannounced")
    #expect(run.output == "removed 1 of errors, 1 of results\n")
  }

  @Test func `an expired entry goes with its mark where no spool-cache runs`() throws {
    let spool = try askingSpool()
    try spool.put(
      Self.asking.replacing("3600", with: "1"), at: "results/echo/a.json")
    let cache = try serve(spool)
    #expect(spool.waits { events(spool) == 2 })
    cache.send(.kill)
    #expect(spool.waits { cache.reap() != nil })
    #expect(spool.waits { (try? spool.command("cache", "get", "k").status) == 66 })
    let dry = try spool.command("prune", "--dry-run")
    #expect(dry.output.hasPrefix("\(spool.root)/cache/") && dry.output.hasSuffix("/k\n"))
    #expect(try spool.command("prune").output == "removed 1 of cache\n")
    #expect(spool.run("find cache -name k") == "")
  }

  @Test func `an event log is removed when its channel is silent, and begins anew`() throws {
    let spool = try askingSpool()
    let cache = try serve(spool)
    #expect(spool.waits { events(spool) == 2 })
    #expect(try spool.command("prune", "--events", "1h").output == "nothing to remove\n")
    #expect(
      spool.waits {
        (try? spool.command("prune", "--events", "0").status) == 0 && events(spool) == 0
      })
    // One who prunes while a line is being appended: the line waits for its end and begins a new log.
    let path = "\(spool.root)/events/c.jsonl"
    try spool.put("", at: "events/c.jsonl")
    let log = try SystemFiles().open(path, .read)
    #expect(try log.tryLock())
    spool.run("mkdir results/echo/b.files; echo rows > results/echo/b.files/rows")
    try spool.put(Self.asking, at: "results/echo/b.json")
    #expect(spool.waits(for: "cache/.announcement"))
    try SystemFiles().unlink(path)
    try log.unlock()
    #expect(spool.waits { events(spool) == 1 })
    stop(cache, spool)
  }
}

// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

/// SIGHUP reads spool.toml again, SIGUSR1 tells the state.
@Suite struct ReloadTests {
  private static let waiting = """
    echo "begin $SPOOL_JOB_ID $SPOOL_ATTEMPT $PPID" >> $SPOOL/tmp/said
    until [ -e $SPOOL/tmp/go ]; do sleep 0.02; done
    exec cat
    """

  private func begun(_ spool: TestSpool) -> Int {
    spool.read("tmp/said")?.split(separator: "\n").count ?? 0
  }

  private func reload(_ spool: TestSpool, _ text: String, expecting message: String) throws {
    try spool.put(text, at: "spool.toml")
    spool.dispatcher?.send(.hangUp)
    #expect(spool.waits { spool.messages.contains(message) }, "\(spool.messages)")
  }

  @Test func `more workers are started, and fewer are left, without a job lost or run twice`()
    throws
  {
    let spool = try TestSpool(["wait": Self.waiting], configuration: "[defaults]\nworkers = 1\n")
    try spool.start()
    for id in 1...6 { try spool.put("{}", at: "incoming/wait/\(id).json") }
    #expect(spool.waits { begun(spool) == 1 })
    try reload(spool, "[defaults]\nworkers = 4\n", expecting: "again: 0 workers leave")
    #expect(spool.waits { begun(spool) == 4 })
    try reload(spool, "[defaults]\nworkers = 2\n", expecting: "again: 2 workers leave")
    spool.run("touch tmp/go")
    #expect(spool.waits { spool.names(in: "results/wait").count == 6 })
    #expect(spool.waits { spool.processes(running: "spool-worker").count <= 2 })
    #expect(begun(spool) == 6)
    #expect(spool.end() == .exited(0))
  }

  @Test func `a worker whose settings have changed is replaced when its job has ended`() throws {
    let spool = try TestSpool(
      ["wait": Self.waiting, "other": "exec cat"], configuration: "[defaults]\nworkers = 1\n")
    try spool.start()
    try spool.put("{}", at: "incoming/other/x.json")
    try spool.put("{}", at: "incoming/wait/a.json")
    #expect(spool.waits { begun(spool) == 1 } && spool.waits(for: "results/other/x.json"))
    let other = spool.processes(running: "other@1")
    try reload(
      spool, "[defaults]\nworkers = 1\n[queues.wait]\nsoft_time_limit = 5000\n",
      expecting: "again: 1 workers leave")
    try spool.put("{}", at: "incoming/wait/b.json")
    // It goes on with its job, and a second order to stop is the first that it hears of a stop.
    #expect(begun(spool) == 1)
    spool.run("touch tmp/go")
    #expect(spool.waits(for: "results/wait/b.json"))
    let said = try #require(spool.read("tmp/said")).split(separator: "\n")
      .map { $0.split(separator: " ").map(String.init) }
    #expect(said.map { $0[1] } == ["a", "b"] && said.allSatisfy { $0[2] == "1" })
    #expect(said[0][3] != said[1][3])
    #expect(spool.processes(running: "other@1") == other)
  }

  @Test func `a new setting holds for the next attempt`() throws {
    let spool = try TestSpool(["task": "exit 75"], configuration: "[defaults]\ntries = 1\n")
    try spool.start()
    try spool.put("{}", at: "incoming/task/a.json")
    #expect(spool.waits(for: "errors/task/a.json"))
    try reload(spool, "[defaults]\ntries = 5\nretry_pause = 600\n", expecting: "1 workers leave")
    try spool.put("{}", at: "incoming/task/b.json")
    #expect(spool.waits(for: "deferred/task/b.try2.json"))
  }

  @Test func `other directories of executables are used and watched`() throws {
    let spool = try TestSpool()
    spool.run("mkdir one two; cp $BIN/echo one/; echo 'bin = [\"one\"]' > spool.toml")
    let spoold = RunningProgram.path.parentPath + "/spoold"
    spool.run("setsid \(spoold) $PWD > /dev/null 2> tmp/said & echo $! > tmp/pid")
    try spool.put("{}", at: "incoming/echo/a.json")
    #expect(spool.waits(for: "results/echo/a.json"))
    spool.run(
      "printf '#!/bin/sh\\necho 2\\n' > two/echo; chmod +x two/echo; echo 'bin = [\"two\"]' > spool.toml; kill -HUP $(cat tmp/pid)"
    )
    #expect(spool.waits { spool.read("tmp/said")?.contains("1 workers leave") == true })
    try spool.put("{}", at: "incoming/echo/b.json")
    #expect(spool.waits { spool.read("results/echo/b.json") == "2\n" })
    spool.run("mkdir incoming/fresh; echo '{}' > incoming/fresh/a.json")
    #expect(spool.waits(for: "incoming/fresh/.paused"))
    spool.run("cp one/echo two/fresh")
    #expect(spool.waits(for: "results/fresh/a.json"))
  }

  @Test(arguments: [
    ("[defaults]\nworkers = 0\n", "'defaults.workers' is not a whole number from 1"),
    ("[defaults]\ntries = 3\nretry_pause = = 1\n", "line 3"),
    ("[defaluts]\n", "there is no setting 'defaluts'"),
  ])
  func `a bad file is refused with its reason, and the old settings stay, also for new workers`(
    _ text: String, _ reason: String
  ) throws {
    let spool = try TestSpool(
      ["echo": "exec cat", "task": "exit 75"], configuration: "[defaults]\ntries = 1\n")
    try spool.start()
    try spool.put("{}", at: "incoming/echo/a.json")
    #expect(spool.waits(for: "results/echo/a.json"))
    let workers = spool.processes(running: "spool-worker")
    try reload(spool, text, expecting: reason)
    #expect(spool.messages.contains("spoold: unable to read \(spool.root)/spool.toml: "))
    #expect(spool.messages.contains("; the settings before stay\n"))
    // Its worker is started only now.
    try spool.put("{}", at: "incoming/task/b.json")
    #expect(spool.waits(for: "errors/task/b.json"))
    #expect(Set(spool.processes(running: "spool-worker")).isSuperset(of: workers))
    try spool.put("{}", at: "incoming/echo/c.json")
    #expect(spool.waits(for: "results/echo/c.json"))
  }

  @Test func `a worker that is leaving is not killed by the first order to stop`() throws {
    let spool = try TestSpool(["wait": Self.waiting], configuration: "[defaults]\nworkers = 1\n")
    try spool.start()
    try spool.put("{}", at: "incoming/wait/a.json")
    #expect(spool.waits { begun(spool) == 1 })
    try reload(spool, "[defaults]\nworkers = 1\ntries = 3\n", expecting: "1 workers leave")
    spool.dispatcher?.send(.terminate)
    #expect(spool.waits { spool.messages.contains("stopping") })
    spool.run("touch tmp/go")
    #expect(spool.dispatcherEnd() == .exited(0))
    #expect(spool.names(in: "results/wait") == ["a.json"] && begun(spool) == 1)
  }

  @Test func `SIGUSR1 tells queues, workers, backlog and what is deferred, a line each`() throws {
    let spool = try TestSpool(
      ["wait": Self.waiting], queues: ["wait", "still"], configuration: "[defaults]\nworkers = 1\n")
    spool.run(
      "mkdir -p deferred/still; echo '{}' > deferred/still/d.json; touch -d '+1 hour' deferred/still/d.json; touch incoming/still/.paused"
    )
    // Before it starts, so that one listing finds them all.
    for id in ["a", "b", "c"] { try spool.put("{}", at: "incoming/wait/\(id).json") }
    try spool.start()
    #expect(spool.waits { begun(spool) == 1 })
    let expected = [
      "spoold: state: 2 queues, 1 workers, 0 dead, 1 deferred",
      "spoold: state: still: 0 waiting, 0 incomplete, 1 deferred, paused",
      "spoold: state: wait: 2 waiting, 0 incomplete, 0 deferred",
      "spoold: state: wait@1: 1 jobs, room for 0",
    ]
    // Until what was dropped has been seen.
    #expect(
      spool.waits {
        spool.dispatcher?.send(.user1)
        let lines = spool.messages.split(separator: "\n").map(String.init)
        return expected.allSatisfy { line in
          lines.contains { $0.replacing(" or more", with: "").hasPrefix(line) }
        }
      }, "\(spool.messages)")
    spool.run("touch tmp/go")
    #expect(spool.waits { spool.names(in: "results/wait").count == 3 })
  }
}

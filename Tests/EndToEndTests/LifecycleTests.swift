// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

/// The programs' own lives and deaths.
@Suite struct LifecycleTests {
  private static let waiting = """
    echo "begin $SPOOL_JOB_ID $SPOOL_ATTEMPT $$" >> $SPOOL/tmp/said
    until [ -e $SPOOL/tmp/go ]; do sleep 0.02; done
    echo "end $SPOOL_JOB_ID $SPOOL_ATTEMPT" >> $SPOOL/tmp/said
    exec cat
    """

  private func running(_ ids: [String]) throws -> TestSpool {
    let spool = try TestSpool(["wait": Self.waiting])
    try spool.start()
    for id in ids {
      try spool.put("{}", at: "incoming/wait/\(id).json")
      try #require(spool.waits { spool.read("tmp/said")?.contains("begin \(id) ") == true })
    }
    return spool
  }

  private func said(_ spool: TestSpool, _ text: String) -> Int {
    (spool.read("tmp/said") ?? "").split(separator: "\n").count { $0.hasPrefix(text) }
  }

  @Test func `a second dispatcher is refused`() throws {
    let spool = try running(["a"])
    let program = RunningProgram.path.parentPath + "/spoold"
    #expect(spool.run("\(program) . ; echo $?")?.hasSuffix("another spoold does\n75") == true)
    spool.run("touch tmp/go")
    #expect(spool.waits(for: "results/wait/a.json"))
  }

  @Test func `SIGTERM lets running jobs end and leaves no process behind`() throws {
    let spool = try running(["a", "b"])
    try spool.put("{}", at: "incoming/wait/c.json")
    spool.dispatcher?.send(.terminate)
    #expect(spool.waits { spool.messages.contains("stopping") })
    spool.run("touch tmp/go")
    #expect(spool.dispatcherEnd() == .exited(0))
    #expect(spool.names(in: "results/wait") == ["a.json", "b.json"])
    #expect(spool.names(in: "incoming/wait") == ["c.json"])
    #expect(spool.waits { spool.processes.isEmpty })
  }

  @Test func `a second SIGTERM ends running jobs and gives them back`() throws {
    let spool = try running(["a", "b"])
    spool.dispatcher?.send(.terminate)
    #expect(spool.waits { spool.messages.contains("stopping") })
    #expect(spool.end() == .exited(0))
    #expect(spool.names(in: "incoming/wait") == ["a.json", "b.json"])
    #expect(spool.waits { spool.processes.isEmpty })
    #expect(said(spool, "end") == 0)
  }

  @Test func `workers outlive a dispatcher that is killed, and a new one takes them over`() throws {
    let spool = try running(["a", "b"])
    try spool.put("{}", at: "incoming/wait/c.json")
    #expect(spool.end(with: .kill) == .signalled(9))
    try spool.start()
    #expect(spool.waits { spool.messages.split(separator: "took over").count == 3 })
    #expect(spool.processes(running: "spool-worker").count == 2)
    spool.run("touch tmp/go")
    #expect(spool.waits(for: "results/wait/c.json"))
    #expect(spool.waitsUntilEmpty())
    for id in ["a", "b", "c"] { #expect(said(spool, "begin \(id) ") == 1) }
  }

  @Test func `workers finish while there is no dispatcher`() throws {
    let spool = try running(["a", "b"])
    #expect(spool.end(with: .kill) == .signalled(9))
    spool.run("touch tmp/go")
    #expect(spool.waits(for: "results/wait/a.json") && spool.waits(for: "results/wait/b.json"))
    #expect(spool.waitsUntilEmpty())
  }

  @Test func `a worker that is killed takes its task with it, and the job is tried again`() throws {
    let spool = try running(["a"])
    let worker = try #require(spool.processes(running: "spool-worker").first)
    let task = try #require(spool.run("sed -n 's/begin a 1 //p' tmp/said"))
    try #require(spool.run("kill -9 \(worker)") != nil)
    #expect(spool.waits { spool.run("kill -0 \(task)") == nil })
    #expect(spool.waits { said(spool, "begin a 2") == 1 })
    spool.run("touch tmp/go")
    #expect(spool.waits(for: "results/wait/a.json"))
    #expect(said(spool, "end a") == 1)
  }

  @Test func `what a killed worker's task left running is ended before the job runs again`() throws
  {
    let spool = try TestSpool([
      "wait": """
      if [ $SPOOL_ATTEMPT = 1 ]; then
        setsid bash -c 'trap "" TERM HUP; echo $$ > $SPOOL/tmp/left; while :; do sleep 1000; done' &
      else
        grep -q "^State:.[^Z]" /proc/$(cat $SPOOL/tmp/left)/status 2> /dev/null && echo overlap >> $SPOOL/tmp/said
      fi
      \(Self.waiting)
      """
    ])
    try spool.start()
    try spool.put("{}", at: "incoming/wait/a.json")
    #expect(spool.waits(for: "tmp/left"))
    #expect(spool.waits { said(spool, "begin a 1") == 1 })
    let worker = try #require(spool.processes(running: "spool-worker").first)
    spool.run("touch tmp/go; kill -9 \(worker)")
    #expect(spool.waits(for: "results/wait/a.json"))
    #expect(said(spool, "overlap") == 0)
    #expect(spool.processes(running: "sleep 1000").isEmpty)
  }

  @Test func `a worker and a dispatcher that are killed together lose nothing`() throws {
    let spool = try running(["a", "b"])
    try spool.put("{}", at: "incoming/wait/c.json")
    let all = spool.processes.map(String.init).joined(separator: " ")
    spool.run("kill -9 \(all)")
    _ = spool.dispatcherEnd()
    spool.run("touch tmp/go")
    try spool.start()
    for id in ["a", "b", "c"] { #expect(spool.waits(for: "results/wait/\(id).json")) }
    #expect(spool.waitsUntilEmpty())
    #expect(said(spool, "begin a ") == 2 && said(spool, "begin c ") == 1)
  }

  @Test func `a watcher that is killed is replaced`() throws {
    let spool = try running([])
    #expect(spool.waits { !spool.processes(running: "spool-watch").isEmpty })
    let watcher = try #require(spool.processes(running: "spool-watch").first)
    spool.run("touch tmp/go; kill -9 \(watcher)")
    try spool.put("{}", at: "incoming/wait/a.json")
    #expect(spool.waits(for: "results/wait/a.json"))
  }
}

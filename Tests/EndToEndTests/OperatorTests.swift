// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

/// What a person does with the files, and what comes of it.
@Suite struct OperatorTests {
  /// Runs until `$SPOOL/tmp/go` stands, and writes down that it began and that it was asked to end.
  private static let waiting = """
    trap 'echo "term $SPOOL_JOB_ID" >> $SPOOL/tmp/said; exit 1' TERM
    echo "begin $SPOOL_JOB_ID $SPOOL_ATTEMPT" >> $SPOOL/tmp/said
    until [ -e $SPOOL/tmp/go ]; do sleep 0.02; done
    exec cat
    """

  private func begins(_ spool: TestSpool, _ id: String) -> Bool {
    spool.waits { spool.read("tmp/said")?.contains("begin \(id)") == true }
  }

  @Test func `rm of a running job ends it`() throws {
    let spool = try TestSpool(["wait": Self.waiting])
    try spool.start()
    try spool.put("{}", at: "incoming/wait/a.json")
    #expect(begins(spool, "a"))
    spool.run("rm active/wait@1/a.json")
    #expect(spool.waits { spool.read("tmp/said")?.contains("term a") == true })
    #expect(spool.waits { !spool.exists("active/wait@1/a") })
    #expect(spool.names(in: "results/wait").isEmpty && spool.names(in: "errors/wait").isEmpty)
    // The worker is free for the next one.
    try spool.put("{}", at: "incoming/wait/b.json")
    #expect(begins(spool, "b"))
  }

  @Test func `rm of a waiting job means that it never runs`() throws {
    let spool = try TestSpool(["wait": Self.waiting])
    try spool.start()
    for id in ["a", "b", "c", "d"] {
      try spool.put("{}", at: "incoming/wait/\(id).json")
      if id == "a" || id == "b" { #expect(begins(spool, id)) }
    }
    spool.run("rm incoming/wait/c.json; touch tmp/go")
    #expect(spool.waits(for: "results/wait/d.json"))
    #expect(spool.waitsUntilEmpty())
    #expect(spool.names(in: "results/wait") == ["a.json", "b.json", "d.json"])
    #expect(spool.read("tmp/said")?.contains("begin c") == false)
  }

  @Test
  func `a failed job that is moved back is tried under its id, and success removes the reason`()
    throws
  {
    let spool = try TestSpool(["task": "[ -e $SPOOL/tmp/well ] && exec cat; exit 65"])
    try spool.start()
    try spool.put(#"{"a":1}"#, at: "incoming/task/j.json")
    #expect(spool.waits(for: "errors/task/j.json"))
    spool.run("touch tmp/well; mv errors/task/j.json incoming/task/")
    #expect(spool.waits(for: "results/task/j.json"))
    #expect(spool.waits { !spool.exists("errors/task/j.error") })
    #expect(spool.names(in: "errors/task").isEmpty)
  }

  @Test func `hold is never touched, and lets its jobs go on`() throws {
    let spool = try TestSpool()
    try spool.start()
    spool.run("mkdir -p hold/echo; echo '{}' > hold/echo/a.json")
    try spool.put("{}", at: "incoming/echo/b.json")
    #expect(spool.waits(for: "results/echo/b.json"))
    #expect(spool.read("hold/echo/a.json") == "{}\n")
    spool.run("mv hold/echo/a.json incoming/echo/")
    #expect(spool.waits(for: "results/echo/a.json"))
  }

  @Test func `a paused queue stands still, others do not, and rm resumes it`() throws {
    let spool = try TestSpool(["echo": "exec cat", "other": "exec cat"])
    try spool.start()
    try spool.put("", at: "incoming/echo/.paused")
    try spool.put("{}", at: "incoming/other/x.json")
    #expect(spool.waits(for: "results/other/x.json"))
    try spool.put("{}", at: "incoming/echo/a.json")
    try spool.put("{}", at: "incoming/other/y.json")
    #expect(spool.waits(for: "results/other/y.json"))
    // A person's pause does not end with a new executable.
    try spool.task("echo", "exec cat")
    try spool.put("{}", at: "incoming/other/z.json")
    #expect(spool.waits(for: "results/other/z.json"))
    #expect(spool.exists("incoming/echo/a.json") && spool.exists("incoming/echo/.paused"))
    spool.run("rm incoming/echo/.paused")
    #expect(spool.waits(for: "results/echo/a.json"))
  }

  @Test func `the time of a deferred file is the time it is due`() throws {
    let spool = try TestSpool()
    try spool.start()
    try spool.put("{}", at: "tmp/later")
    try spool.put("{}", at: "tmp/soon")
    #expect(spool.waits(for: "deferred/echo"))
    spool.run("touch -d '+1 hour' tmp/later; mv tmp/later deferred/echo/later.json")
    spool.run("touch -d '+1 second' tmp/soon; mv tmp/soon deferred/echo/soon.json")
    #expect(spool.exists("deferred/echo/soon.json"))
    #expect(spool.waits(for: "results/echo/soon.json"))
    #expect(spool.exists("deferred/echo/later.json"))
    spool.run("mv deferred/echo/later.json incoming/echo/")
    #expect(spool.waits(for: "results/echo/later.json"))
  }

  @Test func `an eta is waited for`() throws {
    let spool = try TestSpool()
    try spool.start()
    let eta = try #require(spool.run("date -u -d '+2 seconds' +%FT%TZ"))
    try spool.put(#"{"task":"echo","eta":"\#(eta)"}"#, at: "incoming/echo/a.json")
    #expect(spool.waits(for: "deferred/echo/a.json"))
    #expect(spool.waits(for: "results/echo/a.json"))
    #expect(try #require(spool.run("date -u +%FT%TZ")) >= eta)
  }

  @Test func `a job that is run later is put off by its time, and mv runs it now after all`() throws
  {
    let spool = try TestSpool()
    try spool.start()
    try spool.put("{}", at: "tmp/41.json")
    try spool.put(#"{"task":"echo","eta":"2090-01-01"}"#, at: "incoming/echo/eta.json")
    #expect(spool.waits(for: "deferred/echo/eta.json"))
    spool.run("touch -d '+1 hour' tmp/41.json && mv tmp/41.json deferred/echo/")
    spool.run("cp -p deferred/echo/41.json deferred/echo/42.json; rm deferred/echo/42.json")
    #expect(spool.names(in: "deferred/echo") == ["41.json", "eta.json"])
    spool.run("mv deferred/echo/41.json incoming/echo/; mv deferred/echo/eta.json incoming/echo/")
    #expect(spool.waits(for: "results/echo/41.json") && spool.waits(for: "results/echo/eta.json"))
  }

  @Test func `rm of a deferred job means that it never runs`() throws {
    let spool = try TestSpool()
    try spool.start()
    try spool.put("{}", at: "tmp/a")
    try spool.put("{}", at: "tmp/b")
    #expect(spool.waits(for: "deferred/echo"))
    spool.run("touch -d '+2 seconds' tmp/a tmp/b; mv tmp/a deferred/echo/a.json")
    spool.run("mv tmp/b deferred/echo/b.json; rm deferred/echo/a.json")
    #expect(spool.waits(for: "results/echo/b.json"))
    #expect(spool.waitsUntilEmpty())
    #expect(spool.names(in: "results/echo") == ["b.json"])
  }

  @Test func `a running job that is set aside ends, and runs again when it is moved back`() throws {
    let spool = try TestSpool(["wait": Self.waiting])
    try spool.start()
    try spool.put(#"{"n":1}"#, at: "incoming/wait/a.json")
    #expect(begins(spool, "a"))
    spool.run("mv active/wait@1/a.json hold/wait/")
    #expect(spool.waits { spool.read("tmp/said")?.contains("term a") == true })
    #expect(spool.waits { !spool.exists("active/wait@1/a") })
    #expect(spool.read("hold/wait/a.json") == #"{"n":1}"#)
    #expect(spool.names(in: "results/wait").isEmpty && spool.names(in: "errors/wait").isEmpty)
    spool.run("touch tmp/go; mv hold/wait/a.json incoming/wait/")
    #expect(spool.waits(for: "results/wait/a.json"), "\(spool.messages)")
  }

  @Test func `a new queue and its executable are seen at once`() throws {
    let spool = try TestSpool()
    try spool.start()
    try spool.put("{}", at: "incoming/echo/a.json")
    #expect(spool.waits(for: "results/echo/a.json"))
    try spool.task("fresh", "exec cat")
    spool.run("mkdir incoming/fresh; echo '{}' > incoming/fresh/a.json")
    #expect(spool.waits(for: "results/fresh/a.json"))
  }

  @Test func `a queue that is removed and made anew works`() throws {
    let spool = try TestSpool()
    try spool.start()
    try spool.put("{}", at: "incoming/echo/a.json")
    #expect(spool.waits(for: "results/echo/a.json"))
    spool.run(
      "rmdir incoming/echo; sleep 0.2; mkdir incoming/echo; echo '{}' > incoming/echo/b.json")
    #expect(spool.waits(for: "results/echo/b.json"))
    spool.run(
      "mv incoming/echo incoming/away; mkdir incoming/echo; echo '{}' > incoming/echo/c.json")
    #expect(spool.waits(for: "results/echo/c.json"))
  }

  @Test func `a truncated file is corrupt once it has settled`() throws {
    let spool = try TestSpool(configuration: "[intake]\nsettling_time = 1\n")
    try spool.start()
    try spool.put(#"{"a": [1, 2"#, at: "incoming/echo/a.json")
    spool.run("touch incoming/echo/empty.json")
    #expect(!spool.waits(for: .milliseconds(300)) { !spool.names(in: "corrupt").isEmpty })
    #expect(spool.waits(for: "corrupt/echo/a.json") && spool.waits(for: "corrupt/echo/empty.json"))
    #expect(spool.read("corrupt/echo/a.json.reason")?.contains("truncated") == true)
  }

  @Test func `a cp that is killed half-way leaves what is waited for, then is corrupt`() throws {
    let spool = try TestSpool(configuration: "[intake]\nsettling_time = 1\n")
    try spool.start()
    let copy = """
      mkfifo tmp/half; printf '{"a": "' > tmp/start
      bash -c 'exec cat tmp/half > incoming/echo/a.json' & exec 9> tmp/half; cat tmp/start >&9
      until [ -s incoming/echo/a.json ]; do sleep 0.01; done; sleep 1.5
      test -e incoming/echo/a.json && kill -9 %1 && wait %1; true
      """
    try #require(spool.run("set -m; \(copy)") != nil)
    #expect(spool.waits(for: "corrupt/echo/a.json"))
    #expect(spool.read("corrupt/echo/a.json") == #"{"a": ""#)
  }
}

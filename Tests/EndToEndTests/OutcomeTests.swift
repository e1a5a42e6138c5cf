// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

/// What each way to end makes of a job.
@Suite struct OutcomeTests {
  /// A spool with small limits, one queue `task` and one job `j` in it.
  private func spool(
    _ script: String, job: String = "{}", settings: String = ""
  ) throws -> TestSpool {
    let spool = try TestSpool(["task": script], configuration: settings)
    try spool.put(job, at: "incoming/task/j.json")
    try spool.start()
    return spool
  }

  @Test(arguments: [64, 65, 66, 70, 76, 77, 1, 3, 99, 125])
  func `a permanent failure is told with the task's own words`(_ status: Int) throws {
    let spool = try spool("echo 'first line' >&2; echo 'no such chart' >&2; exit \(status)")
    #expect(spool.waits(for: "errors/task/j.json"))
    #expect(spool.read("errors/task/j.json") == "{}")
    let reason = try #require(spool.read("errors/task/j.error"))
    #expect(reason.contains("\"exit_status\":\(status),"))
    #expect(reason.contains(#""message":"no such chart""#))
    #expect(reason.contains("first line"))
    #expect(spool.names(in: "results/task").isEmpty)
  }

  @Test(arguments: [69, 71, 73, 74, 75])
  func `a temporary failure is tried again later`(_ status: Int) throws {
    let spool = try spool(
      "[ $SPOOL_ATTEMPT = 2 ] && exec cat; exit \(status)",
      settings: "[defaults]\nretry_pause = 0.3\n")
    #expect(spool.waits(for: "results/task/j.json"))
    #expect(spool.waitsUntilEmpty())
    var log: [Substring] = []
    try #require(
      spool.waits {
        log = (spool.read("log/jobs.jsonl") ?? "").split(separator: "\n")
        return log.count == 2
      })
    #expect(log[0].contains(#""place":"deferred""#) && log[0].contains("\"exit_status\":\(status)"))
    #expect(log[1].contains(#""attempt":2"#) && log[1].contains(#""verdict":"ok""#))
  }

  @Test func `each attempt is written down with its times, sizes and exit`() throws {
    let spool = try TestSpool(
      ["task": "[ $SPOOL_ATTEMPT = 2 ] && exec echo '[1, 2]'; exit 75"],
      configuration: "[defaults]\nretry_pause = 0.3\n")
    try #require(
      spool.run(
        "echo '{}' > incoming/task/j.json; touch -d '2021-02-03T04:05:06Z' incoming/task/j.json")
        != nil)
    try spool.start()
    #expect(spool.waits { spool.read("log/jobs.jsonl")?.split(separator: "\n").count == 2 })
    let check = """
      import json
      a, b = map(json.loads, open('log/jobs.jsonl'))
      assert a['queued'] == '2021-02-03T04:05:06.000Z', a
      # The second began to wait when it was due, by the first one's end and the pause.
      assert a['ended'] < b['queued'] <= b['started'] <= b['ended'], (a, b)
      assert (a['attempt'], b['attempt'], a['exit_status'], b['exit_status']) == (1, 2, 75, 0)
      assert b['bytes'] == 7 and b['peak_memory'] > 100000, b
      assert b['user_seconds'] + b['system_seconds'] > 0, b
      """
    #expect(spool.run("python3 -c \"\(check)\"") == "")
  }

  @Test func `an attempt that died with its worker is written down with its start`() throws {
    let spool = try spool("[ $SPOOL_ATTEMPT = 2 ] && exec cat; sleep 60")
    #expect(spool.waits(for: "active/task@1/j/stdout"))
    let worker = try #require(spool.processes(running: "spool-worker").first)
    spool.run("kill -9 \(worker)")
    #expect(spool.waits(for: "results/task/j.json"))
    let line = try #require(spool.read("log/jobs.jsonl")?.split(separator: "\n").first)
    for member in ["queued", "started", "ended", "seconds"] {
      #expect(line.contains("\"\(member)\":"), "\(line)")
    }
    #expect(line.contains(#""verdict":"crashed""#))
  }

  @Test(arguments: [78, 126, 127])
  func `a queue that cannot work is paused, its job unharmed`(_ status: Int) throws {
    let spool = try spool("echo 'no settings' >&2; exit \(status)")
    #expect(spool.waits(for: "incoming/task/.paused"))
    #expect(spool.read("incoming/task/.paused") == "no settings\n")
    #expect(spool.waits(for: "incoming/task/j.json"))
    try spool.task("task", "exec cat")
    #expect(spool.waits(for: "results/task/j.json"), "\(spool.messages)")
    #expect(!spool.exists("incoming/task/.paused"))
  }

  @Test func `a queue without its executable is paused until there is one`() throws {
    let spool = try TestSpool([:], queues: ["task"])
    try spool.start()
    try spool.put("{}", at: "incoming/task/j.json")
    #expect(spool.waits(for: "incoming/task/.paused"))
    #expect(spool.read("incoming/task/.paused")?.contains("no executable task") == true)
    try spool.task("task", "exec cat")
    #expect(spool.waits(for: "results/task/j.json"))
  }

  @Test func `an executable of the same tick of the clock ends its queue's pause`() throws {
    let spool = try TestSpool(["task": "exec cat"])
    try spool.put("no executable task", at: "incoming/task/.paused")
    try spool.put("{}", at: "incoming/task/j.json")
    let same = "touch -d @$(stat -c %.9Z $BIN/task) incoming/task/.paused"
    try #require(spool.run(same) != nil)
    try spool.start()
    #expect(spool.waits(for: "results/task/j.json"))
  }

  @Test(arguments: [("#!/bin/bash\ncat\n", 0o644), ("#!/no/such/interpreter\n", 0o755)])
  func `an executable that cannot be executed pauses its queue`(_ text: String, _ mode: Int) throws
  {
    let spool = try TestSpool([:], queues: ["task"])
    try spool.task("task", text, mode: UInt32(mode))
    try spool.start()
    try spool.put("{}", at: "incoming/task/j.json")
    #expect(spool.waits(for: "incoming/task/.paused"))
    #expect(spool.waits(for: "incoming/task/j.json"))
    try spool.task("task", "exec cat")
    #expect(spool.waits(for: "results/task/j.json"))
  }

  @Test func `making the executable executable resumes its queue`() throws {
    let spool = try TestSpool([:], queues: ["task"])
    try spool.task("task", "exec cat", mode: 0o644)
    try spool.start()
    try spool.put("{}", at: "incoming/task/j.json")
    #expect(spool.waits(for: "incoming/task/.paused"))
    try #require(spool.run("chmod +x $BIN/task") != nil)
    #expect(spool.waits(for: "results/task/j.json"))
  }

  @Test(arguments: ["KILL", "SEGV", "TERM"])
  func `a job that brings its process down thrice is poison`(_ signal: String) throws {
    let spool = try spool(
      "kill -\(signal) $$", settings: "[defaults]\nretry_pause = 0.1\n")
    #expect(spool.waits(for: "errors/task/j.json"))
    let reason = try #require(spool.read("errors/task/j.error"))
    #expect(reason.contains(#""verdict":"poison""#))
    #expect(reason.contains(#""attempt":3"#))
    #expect(spool.waits { spool.read("log/jobs.jsonl")?.split(separator: "\n").count == 3 })
  }

  @Test(arguments: ["kill -SEGV $$", "exit 75"])
  func `a poisoned job that a person tries again has all its tries again`(_ first: String) throws {
    let spool = try spool(
      """
      [ -e $SPOOL/tmp/well ] || kill -SEGV $$
      case $SPOOL_ATTEMPT in 1) \(first);; 2) kill -SEGV $$;; esac
      exec cat
      """,
      settings: "[defaults]\nretry_pause = 0.1\n")
    #expect(spool.waits(for: "errors/task/j.json"))
    spool.run("touch tmp/well; mv errors/task/j.json incoming/task/")
    #expect(spool.waits(for: "results/task/j.json"))
    #expect(spool.waits { !spool.exists("errors/task/j.error") })
  }

  @Test(arguments: [
    ("echo 'not JSON'", nil), ("echo '{\"a\":1'", nil), ("echo '{} {}'", nil), (":", "null\n"),
    ("exec 1>&-; sleep 0.1; exit 0", "null\n"),
    ("echo '{\"a\":1}'; exec 1>&-; sleep 0.2", "{\"a\":1}\n"),
    ("echo '[1,2]'", "[1,2]\n"), ("printf '\\xff'", nil),
  ])
  func `only JSON is a result, and nothing counts as null`(_ script: String, _ result: String?)
    throws
  {
    let spool = try spool(script)
    let place = result == nil ? "errors/task/j.json" : "results/task/j.json"
    #expect(spool.waits(for: place))
    #expect(result == nil || spool.read(place) == result)
    #expect(result != nil || spool.read("errors/task/j.error")?.contains("not JSON") == true)
  }

  @Test(arguments: ["yes", "exec cat /dev/zero", "yes >&2"])
  func `what prints without end is ended`(_ script: String) throws {
    let spool = try spool(script, settings: "[defaults]\noutput_limit = 100000\n")
    #expect(spool.waits(for: "errors/task/j.json"))
    #expect(spool.read("errors/task/j.error")?.contains("too much output") == true)
    #expect(spool.run("find . -size +200k") == "")
  }

  @Test(arguments: [
    "sleep 1000 & echo 1", "setsid sleep 1000 & echo 1",
    "(setsid bash -c 'trap \"\" TERM; sleep 1000' &) ; echo 1",
    "setsid bash -c '(setsid sleep 1000 &); sleep 1000' 3>&- & sleep 0.1; echo 1",
  ])
  func `what a task leaves running is gone when its result is there`(_ script: String) throws {
    let spool = try spool(script)
    #expect(spool.waits(for: "results/task/j.json"))
    #expect(spool.read("results/task/j.json") == "1\n")
    #expect(spool.processes(running: "sleep").isEmpty)
  }

  @Test func `the soft limit asks, and the task may still report`() throws {
    let spool = try spool(
      "trap 'echo \"{\\\"errors\\\":[{\\\"message\\\":\\\"too slow\\\"}]}\"; exit 65' TERM; sleep 1000 & wait",
      job: #"{"task":"task","soft_time_limit":0.3}"#)
    #expect(spool.waits(for: "errors/task/j.json"))
    #expect(spool.read("errors/task/j.error")?.contains(#""message":"too slow""#) == true)
  }

  @Test func `the hard limit ends whatever ignores the soft one`() throws {
    let spool = try spool(
      "trap '' TERM; while :; do sleep 1000; done",
      job: #"{"task":"task","soft_time_limit":0.2,"time_limit":0.6}"#)
    #expect(spool.waits(for: "errors/task/j.json"))
    #expect(spool.read("errors/task/j.error")?.contains("time limit") == true)
    #expect(spool.processes(running: "sleep").isEmpty)
  }

  @Test func `a task finds what spool-task promises`() throws {
    let spool = try spool(
      """
      printf '{"pwd":"%s","spool":"%s","queue":"%s","id":"%s","attempt":"%s","worker":"%s",' \
        "$PWD" "$SPOOL" "$SPOOL_QUEUE" "$SPOOL_JOB_ID" "$SPOOL_ATTEMPT" "$SPOOL_WORKER"
      printf '"cache":"%s","config":"%s","files":"%s","deadline":%s,"test":"%s",' \
        "$SPOOL_CACHE" "$SPOOL_CONFIG" "$SPOOL_FILES" "$SPOOL_DEADLINE" "$TEST"
      set -- /proc/$$/fd/[0-9] /proc/$$/fd/[1-9][0-9]
      printf '"stdin":"%s","three":"%s","descriptors":"%s","group":%s}' "$(readlink /proc/self/fd/0)" \
        "$(readlink /proc/self/fd/3)" "${*##*/}" \
        "$([ "$(ps -o pgid= -p $$)" -eq $$ ] && echo true)"
      """)
    #expect(spool.waits(for: "results/task/j.json"))
    let run = "\(spool.root)/active/task@1/j"
    let parts = [
      #""pwd":"\#(run)""#, #""spool":"\#(spool.root)""#, #""queue":"task""#, #""id":"j""#,
      #""attempt":"1""#, #""worker":"task@1""#, #""cache":"\#(spool.root)/cache""#,
      #""config":"\#(spool.root)/spool.toml""#, #""files":"\#(run)/files""#, #""test":"spool""#,
      #""stdin":"\#(spool.root)/active/task@1/j.json""#,
      #""three":"\#(spool.root)/active/task@1/j.json""#,
      // 4 is the directory that bash lists.
      #""descriptors":"0 1 2 3 4 [1-9][0-9]""#, #""group":true"#,
    ]
    let result = try #require(spool.read("results/task/j.json"))
    for part in parts { #expect(result.contains(part), "\(part) in \(result)") }
    #expect(spool.waits { !spool.exists("active/task@1/j") })
  }

  @Test func `files that a task leaves come with its result`() throws {
    let spool = try spool(
      "echo data > $SPOOL_FILES/data.json; mkdir $SPOOL_FILES/d; echo 1 > $SPOOL_FILES/d/e; echo 1")
    #expect(spool.waits(for: "results/task/j.json"))
    #expect(spool.read("results/task/j.files/data.json") == "data\n")
    #expect(spool.read("results/task/j.files/d/e") == "1\n")
  }

  @Test(arguments: [
    "rm stdout", "rm stdout; ln -s /etc/hostname stdout", "rm stdout; mkfifo stdout",
    "rm -rf \"$PWD\"",
    "rm stdout; mkdir stdout", "rm ../j.json; rm -rf ../j; mkdir ../j",
  ])
  func `a task that destroys its own run harms nobody else`(_ script: String) throws {
    let spool = try spool(
      "\(script); echo 1", settings: "[defaults]\nretry_pause = 0.1\ntries = 2\n")
    try spool.task("other", "exec cat")
    spool.run(
      "mkdir incoming/other; echo '{}' > incoming/other/a.json; touch incoming/task/.paused")
    #expect(spool.waits(for: "results/other/a.json"))
    #expect(spool.waits { spool.run("find active -name j -o -name 'j.*'") == "" })
    #expect(spool.run("find results/task -mindepth 1 ! -type f") == "")
    #expect(spool.end() == .exited(0))
  }

  @Test func `what was read as a job can be a result as well, also a number of any length`() throws
  {
    let spool = try TestSpool()
    try spool.start()
    let job = "{\"n\":-\(String(repeating: "7", count: 5000)).5e1}"
    try spool.put(job, at: "incoming/echo/a.json")
    #expect(spool.waits(for: "results/echo/a.json"))
    #expect(spool.read("results/echo/a.json") == job)
  }

  @Test(arguments: ["exit 75", "kill -9 $$", "kill -9 $PPID"])
  func `a job that may be tried for ever ends no program`(_ failure: String) throws {
    let spool = try TestSpool(
      ["task": "[ $SPOOL_ATTEMPT = 2 ] && exec cat; \(failure)"],
      configuration: "[defaults]\nretry_pause = 0.1\n")
    try spool.start()
    try spool.put(#"{"task":"task","retries":9223372036854775807}"#, at: "incoming/task/a.json")
    #expect(spool.waits(for: "results/task/a.json"), "\(spool.messages)")
    #expect(spool.end() == .exited(0))
  }

  @Test func `a pause by a task is told`() throws {
    let spool = try spool("echo no such server >&2; exit 78")
    #expect(spool.waits { spool.messages.contains("task is paused: no such server") })
  }
}

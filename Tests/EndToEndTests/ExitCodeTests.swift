// SPDX-License-Identifier: MIT
import SpoolTesting
import Testing

/// What spool.toml makes of a task's exit statuses.
@Suite struct ExitCodeTests {
  @Test func `a status that a queue calls temporary is tried again`() throws {
    let spool = try TestSpool.running(
      "[ $SPOOL_ATTEMPT = 2 ] && exec cat; exit 42",
      settings: "[queues.task]\nretry_pause = 0.1\ntemporary_codes = [42]\n")
    #expect(spool.waits(for: "results/task/j.json"))
    #expect(spool.waits { spool.read("log/jobs.jsonl")?.contains(#""attempt":2"#) == true })
    let log = spool.read("log/jobs.jsonl") ?? ""
    #expect(log.contains(#""verdict":"try later","place":"deferred","exit_status":42"#), "\(log)")
  }

  @Test func `a status that is no longer temporary is for good`() throws {
    let spool = try TestSpool.running(
      "exit 75", settings: "[queues.task]\ntemporary_codes = [42]\n")
    #expect(spool.waits(for: "errors/task/j.json"))
    #expect(spool.read("errors/task/j.error")?.contains(#""exit_status":75"#) == true)
  }

  @Test func `a status that a queue calls pausing pauses it`() throws {
    let spool = try TestSpool.running(
      "[ -e $SPOOL/tmp/well ] && exec cat; echo 'no licence' >&2; exit 9",
      settings: "[queues.task]\npausing_codes = [9]\n")
    #expect(spool.waits(for: "incoming/task/.paused"))
    #expect(spool.read("incoming/task/.paused") == "no licence\n")
    #expect(spool.waits(for: "incoming/task/j.json"))
    spool.run("touch tmp/well; rm incoming/task/.paused")
    #expect(spool.waits(for: "results/task/j.json"))
  }

  @Test func `a missing executable pauses its queue whatever the lists say`() throws {
    let spool = try TestSpool(
      [:], queues: ["task"], configuration: "[defaults]\npausing_codes = []\n")
    try spool.put("{}", at: "incoming/task/j.json")
    try spool.task("task", "#!/no/such/interpreter\n")
    try spool.start()
    #expect(spool.waits(for: "incoming/task/.paused"))
    #expect(spool.waits(for: "incoming/task/j.json"))
  }

  @Test func `contradicting lists stop the program with file and key`() throws {
    let spool = try TestSpool(configuration: "[queues.echo]\ntemporary_codes = [78]\n")
    try spool.start()
    #expect(spool.dispatcherEnd() == .exited(78))
    let text = "'queues.echo.temporary_codes' is not free of 78, which pausing_codes has as well"
    #expect(spool.messages.contains(text), "\(spool.messages)")
  }
}

// SPDX-License-Identifier: MIT
import SpoolTesting
import Testing

/// What a task may use, and what becomes of one that wants more.
@Suite struct ResourceLimitTests {
  private func failure(_ script: String, _ settings: String) throws -> String {
    let spool = try TestSpool.running(script, settings: "[queues.task]\n\(settings)\n")
    #expect(spool.waits(for: "errors/task/j.json"), "\(spool.messages)")
    #expect(spool.names(in: "results/task").isEmpty)
    return try #require(spool.read("errors/task/j.error"))
  }

  @Test func `a task has the limits of its queue`() throws {
    let spool = try TestSpool.running(
      #"printf '[%s,%s,%s,%s]' $(ulimit -v) $(ulimit -n) $(ulimit -St) $(ulimit -Ht)"#,
      settings: "[queues.task]\nmemory_limit = \"64MB\"\nopen_files_limit = 40\ncpu_limit = 1.5\n")
    #expect(spool.waits(for: "results/task/j.json"), "\(spool.messages)")
    #expect(spool.read("results/task/j.json") == "[65536,40,2,3]")
  }

  @Test func `a task without limits has those of spoold`() throws {
    let spool = try TestSpool(["task": #"printf '[%s,"%s"]' $(ulimit -n) $(ulimit -v)"#])
    try spool.put("{}", at: "incoming/task/j.json")
    try spool.start(limits: "ulimit -n 200; ulimit -v unlimited;")
    #expect(spool.waits(for: "results/task/j.json"))
    #expect(spool.read("results/task/j.json") == #"[200,"unlimited"]"#)
  }

  @Test func `a limit above that of spoold itself does not keep tasks from starting`() throws {
    let spool = try TestSpool(
      ["task": "ulimit -Hn"], configuration: "[defaults]\nopen_files_limit = 1000\n")
    try spool.put("{}", at: "incoming/task/j.json")
    try spool.start(limits: "ulimit -n 200;")
    #expect(spool.waits(for: "results/task/j.json"))
    #expect(spool.read("results/task/j.json") == "200\n")
  }

  @Test func `a task over its memory limit is told so by its calls, and its exit status counts`()
    throws
  {
    let error = try failure(
      "x=$(head -c 300000000 /dev/zero | tr '\\0' x); echo 1", "memory_limit = \"64MB\"")
    #expect(error.contains("cannot allocate"), "\(error)")
    #expect(error.contains(#""verdict":"bug""#), "\(error)")
  }

  @Test func `a task over its limit of open files is told so by its calls`() throws {
    let error = try failure(
      "set -e; for n in {1..40}; do exec {fd}< /dev/null; done; echo 1", "open_files_limit = 16")
    #expect(error.contains("Too many open files"), "\(error)")
  }

  @Test(arguments: [
    "while :; do :; done", "bash -c 'while :; do :; done'; exit $?",
    "trap '' XCPU; while :; do :; done",
  ])
  func `a task over its CPU limit has failed for good`(_ script: String) throws {
    let error = try failure(script, "cpu_limit = 1")
    #expect(error.contains(#""verdict":"over its CPU limit""#), "\(error)")
    #expect(error.contains(#""message":"it used more than 1 s of processor time""#), "\(error)")
    #expect(error.contains(#""attempt":1"#), "\(error)")
  }

  @Test func `a task that hears of its CPU limit may still report`() throws {
    let error = try failure(
      "trap 'echo too slow >&2; exit 65' XCPU; while :; do :; done", "cpu_limit = \"1s\"")
    #expect(error.contains(#""verdict":"bad input""#) && error.contains("too slow"), "\(error)")
  }

  @Test func `SIGKILL from elsewhere is a crash, whatever the CPU limit`() throws {
    let error = try failure("kill -KILL $$", "cpu_limit = 100\nretry_pause = 0.1")
    #expect(error.contains(#""verdict":"poison""#), "\(error)")
  }
}

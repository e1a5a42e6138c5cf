// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import SystemCalls
import Testing

/// Under load, strace(1) refuses one of the programs every n-th of its calls; `INJECTIONS=all` tries every combination.
@Suite(.serialized) struct InjectedErrorTests {
  struct Injection: CustomStringConvertible {
    let program: String
    let calls: String
    let error: String
    /// Every n-th call fails.
    let step: Int

    var description: String { "\(program): \(error) at every \(step)th \(calls)" }
  }

  private static let jobs = 120

  /// Steps that are no multiple of what a job costs, so that each call of it is hit once in a while.
  private static let injections: [Injection] = {
    let programs = ["spoold", "spool-worker", "spool-cache"]
    let errors = ["ENOSPC", "EIO", "EINTR", "EMFILE"]
    let calls = [("rename,renameat2", 7), ("fsync,syncfs", 5), ("openat", 41), ("write", 13)]
    var all: [Injection] = []
    for (row, program) in programs.enumerated() {
      for (column, error) in errors.enumerated() {
        for (index, call) in calls.enumerated() {
          // One for each program, each with other calls, where nobody asks for all.
          guard Proof.isAsked("INJECTIONS") || (column == row && index == row) else {
            continue
          }
          all.append(Injection(program: program, calls: call.0, error: error, step: call.1))
        }
      }
    }
    return all
  }()

  @Test func `a program that is refused every few of its calls loses no job`() throws {
    guard Shell(directory: "/").run("strace -V") != nil else {
      return print("SKIPPED: injected errors under load (no strace)")
    }
    var (injected, failed) = (0, 0)
    for injection in Self.injections {
      let (complaints, hits, failures) = try Self.complaints(injection)
      #expect(complaints.isEmpty, "\(injection): \(complaints.prefix(5))")
      injected += hits
      failed += failures
    }
    #expect(injected > 0)
    print(
      "PROOF: injected errors under load: \(Self.injections.count) combinations of \(Self.jobs) jobs, \(injected) calls refused, \(failed) jobs in errors/ with their reason"
    )
  }

  private static func complaints(
    _ injection: Injection
  ) throws -> (complaints: [String], hits: Int, failures: Int) {
    let spool = try TestSpool(
      ["task": RunJournal.task()],
      configuration: "[defaults]\nretry_pause = 0.05\nretry_pause_limit = 0.05\ntries = 1000\n")
    let tracer = [
      "strace", "-qq", "-o", "\(spool.root)/tmp/trace", "-e", "trace=\(injection.calls)", "-e",
      "inject=\(injection.calls):error=\(injection.error):when=\(injection.step)+\(injection.step)",
    ]
    let isCache = injection.program == "spool-cache"
    var cache = try spool.start(program: "spool-cache", under: isCache ? tracer : [])
    if isCache {
      try spool.start()
    } else {
      try spool.start(wrapping: injection.program, in: tracer)
    }
    let producer = try spool.startProducer(
      """
      for ((n = 0; n < \(jobs); n++)); do
        echo "{\\"id\\":\\"j$n\\",\\"job_metadata\\":{\\"channel_id\\":\\"c\\"}}" > tmp/j
        [ $((n % 2)) = 0 ] && cp tmp/j incoming/task/j$n.json || mv tmp/j incoming/task/j$n.json
      done
      """)
    _ = spool.waits(forEndOf: producer)
    // What cannot go on with every n-th call refused goes on afterwards.
    _ = spool.waitsUntilEmpty(for: .seconds(10))
    _ = spool.waits(for: .seconds(3)) { told(spool) >= jobs }
    let hits = (spool.read("tmp/trace") ?? "").split(separator: "\n")
      .count { $0.contains("(INJECTED)") }
    spool.killDispatcher()
    for pid in spool.processes(running: "/spool-cache") { kill(pid, SIGKILL) }
    _ = spool.waits(forEndOf: cache)
    _ = spool.waits { spool.processes(running: "/spool-cache").isEmpty }
    cache = try spool.start(program: "spool-cache")
    try spool.start()
    // Whoever is told to stop before it is at work has not stopped in good order.
    try spool.put(#"{"id":"last"}"#, at: "incoming/task/last.json")
    _ = spool.waits(for: "results/task/last.json")
    return (judge(spool, cache), hits, spool.names(in: "errors/task").count / 2)
  }

  private static func told(_ spool: TestSpool) -> Int {
    (spool.read("events/c.jsonl") ?? "").split(separator: "\n").count
  }

  private static func judge(_ spool: TestSpool, _ cache: ChildProcess) -> [String] {
    var oracle = EndOracle()
    if !spool.waitsUntilEmpty() { oracle.complain("unfinished: \(spool.messages.suffix(1000))") }
    let ids = (0..<jobs).map { "j\($0)" } + ["last"]
    var ends: [String: String] = [:]
    for id in ids {
      // A disk that says EIO, not a shortage: the job is buried with it, and a person decides.
      ends[id] = spool.exists("errors/task/\(id).error") ? "errors" : "results"
    }
    oracle.judgePlaces(spool, expecting: ends)
    oracle.judgeRuns(RunJournal(spool), of: Set(ids))
    _ = spool.waits { told(spool) >= jobs }
    cache.send(.terminate)
    if !spool.waits(forEndOf: cache) { oracle.complain("spool-cache did not stop") }
    if told(spool) != jobs { oracle.complain("\(told(spool)) events of \(jobs) jobs") }
    oracle.judgePeace(spool)
    return oracle.complaints
  }
}

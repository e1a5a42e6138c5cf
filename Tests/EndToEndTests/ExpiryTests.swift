// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

/// Jobs whose moment has passed before their turn came.
@Suite struct ExpiryTests {
  private static let task = "echo $SPOOL_JOB_ID >> $SPOOL/tmp/runs; exec cat"

  private func expectExpired(_ id: String, _ spool: TestSpool, attempt: Int = 1) throws {
    #expect(spool.waits(for: "errors/task/\(id).json"), "\(spool.messages)")
    let error = try #require(spool.read("errors/task/\(id).error"))
    #expect(error.contains(#""verdict":"expired""#), "\(error)")
    #expect(error.contains(#""message":"it expired at 20"#), "\(error)")
    #expect(error.contains(#""attempt":\#(attempt),"#), "\(error)")
    let line = {
      (spool.read("log/jobs.jsonl") ?? "").contains(#""verdict":"expired","place":"errors""#)
    }
    #expect(spool.waits(until: line))
  }

  @Test func `a job is not run after its moment, and is before`() throws {
    let spool = try TestSpool(["task": Self.task])
    let past = (SystemClock.now() + .seconds(-1)).iso8601
    try spool.put(#"{"task":"task","expires":"\#(past)"}"#, at: "incoming/task/late.json")
    let future = (SystemClock.now() + .seconds(3600)).iso8601
    try spool.put(#"{"task":"task","expires":"\#(future)"}"#, at: "incoming/task/fine.json")
    try spool.put(#"{"task":"task","expires":3600}"#, at: "incoming/task/fine2.json")
    try spool.start()
    try expectExpired("late", spool)
    #expect(
      spool.waits(for: "results/task/fine.json") && spool.waits(for: "results/task/fine2.json"))
    #expect(spool.read("tmp/runs")?.contains("late") == false)
    #expect(spool.read("errors/task/late.error")?.contains("it expired at \(past)") == true)
  }

  @Test func `the time in a paused queue counts, whatever the time of the file`() throws {
    let spool = try TestSpool(["task": Self.task])
    spool.run("touch incoming/task/.paused")
    try spool.start()
    try spool.put(#"{"task":"task","expires":0.2}"#, at: "incoming/task/j.json")
    spool.run("touch -d '+1 hour' incoming/task/j.json; sleep 0.3; rm incoming/task/.paused")
    try expectExpired("j", spool)
    #expect(!spool.exists("tmp/runs"))
  }

  @Test func `a job that waits for the end of another one in its worker's folder can expire`()
    throws
  {
    let spool = try TestSpool(
      [
        "task":
          "[ $SPOOL_JOB_ID = first ] && until [ -e $SPOOL/tmp/go ]; do sleep 0.02; done; exec cat"
      ],
      configuration: "[defaults]\nworkers = 1\n")
    try spool.start()
    try spool.put("{}", at: "incoming/task/first.json")
    #expect(spool.waits { spool.exists("active/task@1/first") })
    // As a dispatcher that prefetches would.
    try spool.put(#"{"task":"task","expires":0.1}"#, at: "active/task@1/second.json")
    spool.run("sleep 0.2; touch tmp/go")
    #expect(spool.waits(for: "results/task/first.json"))
    try expectExpired("second", spool)
  }

  @Test func `the pauses between the attempts count, and so does the time until the eta`() throws {
    let spool = try TestSpool(
      ["task": "exit 75"], configuration: "[defaults]\nretry_pause = 12\n")
    try spool.start()
    // Chance makes the pause of 12 s one of 9 at least; a busy machine may take the 6 s.
    let eta = (SystemClock.now() + .seconds(6)).iso8601
    try spool.put(#"{"task":"task","expires":6}"#, at: "incoming/task/again.json")
    try spool.put(
      #"{"task":"task","expires":0.5,"eta":"\#(eta)"}"#, at: "incoming/task/eta.json")
    try expectExpired("eta", spool)
    try expectExpired("again", spool, attempt: 2)
    #expect(spool.read("errors/task/again.error")?.contains("before it was tried again") == true)
  }

  @Test(arguments: ["mv errors/task/j.json incoming/task/", "$COMMAND retry j"])
  func `an expired job that a person tries again has its seconds anew`(_ again: String) throws {
    let spool = try TestSpool(["task": Self.task])
    try spool.put(#"{"task":"task","expires":3600}"#, at: "tmp/j.json")
    let past = (SystemClock.now() + .seconds(-1)).iso8601
    let noted =
      "python3 -c \"import os; os.setxattr('tmp/j.json', 'user.spool.expires', b'\(past)')\""
    try #require(spool.run("\(noted) && mv tmp/j.json incoming/task/") != nil)
    try spool.start()
    try expectExpired("j", spool)
    let command = RunningProgram.path.parentPath + "/spool"
    try #require(spool.run("COMMAND=\(command); \(again)") != nil)
    #expect(spool.waits(for: "results/task/j.json"), "\(spool.messages)")
    #expect(spool.waits { !spool.exists("errors/task/j.error") })
  }
}

// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

/// Directories that somebody has removed, or replaced by something else.
@Suite struct BrokenQueueTests {
  @Test(arguments: ["deferred", "hold", "results", "errors"])
  func `a queue with a broken directory keeps no other one waiting, and goes on once it is mended`(
    _ state: String
  ) throws {
    let spool = try TestSpool(["good": "exec cat", "bad": "exec cat"])
    try spool.start()
    try spool.put("{}", at: "incoming/bad/first.json")
    #expect(spool.waits(for: "results/bad/first.json") && spool.waitsUntilEmpty())
    try #require(spool.run("rm -r \(state)/bad && touch \(state)/bad") != nil)
    try spool.put("{}", at: "incoming/bad/x.json")
    let began = SystemClock.monotonic()
    for number in 1...60 {
      try spool.put("{}", at: "incoming/good/\(number).json")
      try #require(spool.waits(for: "results/good/\(number).json"))
    }
    // Where each of them waits for the other queue's next try, they take a second each, or for ever.
    #expect(SystemClock.monotonic() - began < 45_000_000_000)
    #expect(spool.exists("incoming/bad/x.json"))
    #expect(spool.messages.contains("Not a directory"))
    try #require(spool.run("rm \(state)/bad && mkdir \(state)/bad") != nil)
    #expect(spool.waits(for: "results/bad/x.json"))
    #expect(spool.end() == .exited(0))
  }

  @Test func `a worker whose folder is removed is replaced`() throws {
    let spool = try TestSpool(["task": "exec cat"], configuration: "[defaults]\nworkers = 1\n")
    try spool.start()
    try spool.put("{}", at: "incoming/task/a.json")
    #expect(spool.waits(for: "results/task/a.json") && spool.waitsUntilEmpty())
    try #require(spool.run("rm -r active/task@1") != nil)
    try spool.put("{}", at: "incoming/task/b.json")
    #expect(spool.waits(for: "results/task/b.json"), "\(spool.messages)")
  }

  @Test func `a dead worker's job goes back to its queue though that has been removed`() throws {
    let spool = try TestSpool(
      ["task": "[ $SPOOL_ATTEMPT = 1 ] && sleep 600; exec cat"],
      configuration: "[defaults]\nworkers = 1\n")
    try spool.start()
    try spool.put("{}", at: "incoming/task/a.json")
    #expect(spool.waits(for: "active/task@1/a/stderr"))
    try #require(spool.run("rm -r incoming/task && kill -9 $(cat active/task@1/.lock)") != nil)
    #expect(spool.waits(for: "results/task/a.json"), "\(spool.messages)")
  }
}

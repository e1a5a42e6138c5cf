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

  @Test(arguments: ["incoming/good", "incoming"])
  func `an envelope for a broken queue keeps nobody waiting where it lies`(_ place: String) throws {
    let spool = try TestSpool(["good": "exec cat", "bad": "exec cat"])
    try #require(spool.run("mkdir -p results && touch results/bad") != nil)
    try spool.start()
    try spool.put(#"{"task":"bad","kwargs":{}}"#, at: "\(place)/a.json")
    #expect(spool.waits { spool.messages.contains("Not a directory") })
    let began = SystemClock.monotonic()
    for number in 1...60 {
      try spool.put("{}", at: "incoming/good/\(number).json")
      try #require(spool.waits(for: "results/good/\(number).json"))
    }
    #expect(SystemClock.monotonic() - began < 45_000_000_000)
    try #require(spool.run("rm results/bad && mkdir results/bad") != nil)
    #expect(spool.waits(for: "results/bad/a.json"), "\(spool.messages)")
  }

  @Test func `a mark that cannot be read pauses its queue, and is told of no more than once`()
    throws
  {
    let spool = try TestSpool(["task": "exec cat", "other": "exec cat"])
    spool.run("mkdir incoming/task/.paused")
    try spool.start()
    try spool.put("{}", at: "incoming/task/a.json")
    try spool.put("{}", at: "incoming/other/b.json")
    #expect(spool.waits(for: "results/other/b.json"))
    spool.run("sleep 2")
    #expect(spool.exists("incoming/task/a.json"))
    #expect(spool.messages.split(separator: "\n").count < 10, "\(spool.messages)")
    spool.run("rmdir incoming/task/.paused")
    #expect(spool.waits(for: "results/task/a.json"))
  }

  @Test(arguments: ["rm active/task@1/.trigger", "rm -r active/task@1; mkdir active/task@1"])
  func `a worker that cannot be woken any more is replaced`(_ break: String) throws {
    let spool = try TestSpool(["task": "exec cat"], configuration: "[defaults]\nworkers = 1\n")
    try spool.start()
    try spool.put("{}", at: "incoming/task/a.json")
    #expect(spool.waits(for: "results/task/a.json") && spool.waitsUntilEmpty())
    // A worker that is only starting has none yet.
    spool.run("sleep 6; \(`break`)")
    try spool.put("{}", at: "incoming/task/b.json")
    #expect(spool.waits(for: "results/task/b.json"), "\(spool.messages)")
    #expect(spool.messages.contains("task@1 cannot be woken: it is replaced"))
  }

  @Test func `many queues are looked at with few descriptors, and the end comes`() throws {
    let spool = try TestSpool(["task": "exec cat"])
    spool.run("for n in $(seq 200); do mkdir incoming/q$n; done")
    try spool.start(limits: "ulimit -n 60;")
    try spool.put("{}", at: "incoming/task/a.json")
    #expect(spool.waits(for: "results/task/a.json"), "\(spool.messages)")
    #expect(spool.end() == .exited(0))
    #expect(!spool.messages.contains("Too many open files"), "\(spool.messages.suffix(2000))")
  }

  @Test
  func `the command finds a job beside a broken queue, and says what is wrong where it finds none`()
    throws
  {
    let spool = try TestSpool(["bad": "exec cat", "good": "exec cat"])
    try #require(
      spool.run("mkdir -p results && touch results/bad; mkdir incoming/bad/.paused") != nil)
    try spool.start()
    try spool.put("{}", at: "incoming/good/a.json")
    let command = "\(RunningProgram.path.parentPath)/spool --spool ."
    #expect(spool.run("\(command) wait a --timeout 60") != nil)
    #expect(spool.run("\(command) status")?.contains("good") == true)
    #expect(spool.run("\(command) cancel nobody 2>&1; true")?.contains("results/bad") == true)
  }

  @Test func `a dispatcher whose FIFO is removed hears of its workers again`() throws {
    let spool = try TestSpool(
      ["task": "exec cat"], configuration: "backstop = 1\n[defaults]\nworkers = 1\n")
    try spool.start()
    try spool.put("{}", at: "incoming/task/first.json")
    #expect(spool.waits(for: "results/task/first.json") && spool.waitsUntilEmpty())
    spool.run("rm .trigger; for n in $(seq 300); do echo {} > incoming/task/$n.json; done")
    #expect(spool.waits { spool.exists(".trigger") })
    #expect(spool.waitsUntilEmpty(), "\(spool.messages)")
  }
}

// SPDX-License-Identifier: MIT
import SpoolTesting
import Testing

/// What a task, a producer or a person does to the tree never stops a queue.
@Suite struct HostileTests {
  /// A task's script, and what its `.error` says.
  static let tasks: [(String, String)] = [
    ("rm stdout", "standard output"),
    ("rm stdout; mkfifo stdout", "standard output"),
    ("rm stdout; mkdir stdout", "standard output"),
    ("rm stdout; ln -s /etc/passwd stdout", "standard output"),
    ("rm -r \"$PWD\"", "standard output"),
    ("mv \"$PWD\" \"$PWD.moved\"", "standard output"),
    ("rm -r files; echo > files", "SPOOL_FILES"),
    ("rm -r files; ln -s /etc files", "SPOOL_FILES"),
    ("rm stderr; exit 65", "exit status 65"),
    ("rm stderr; mkfifo stderr; exit 65", "exit status 65"),
    ("rm stdout; mkfifo stdout; exit 65", "exit status 65"),
  ]

  @Test(arguments: tasks)
  func `a task that takes its run to pieces fails, and the next job runs`(
    _ script: String, _ message: String
  ) throws {
    let spool = try TestSpool(
      ["task": "if grep -q bad; then \(script); fi; [ ! -e stdout ] || echo 1; exit 0"],
      configuration: "[defaults]\nworkers = 1\n")
    try spool.start()
    try spool.put(#"{"bad":1}"#, at: "incoming/task/a.json")
    #expect(spool.waits(for: "errors/task/a.json"))
    #expect(spool.read("errors/task/a.error")?.contains(message) == true)
    try spool.put("{}", at: "incoming/task/b.json")
    #expect(spool.waits(for: "results/task/b.json"))
  }

  @Test(arguments: ["kill -9 $$", "exit 75", "exit 65", "echo 1"])
  func `a job that is gone when its task ends stops nothing`(_ end: String) throws {
    let spool = try TestSpool(
      ["task": "if grep -q bad; then rm ../a.json; \(end); else echo 1; fi"],
      configuration: "[defaults]\nworkers = 1\n")
    try spool.start()
    try spool.put(#"{"bad":1}"#, at: "incoming/task/a.json")
    try spool.put("{}", at: "incoming/task/b.json")
    #expect(spool.waits(for: "results/task/b.json"))
    #expect(spool.waits { spool.names(in: "active/task@1").isEmpty })
  }

  @Test(arguments: ["rm $J", "mv $J hold/task/", "mv $J errors/task/"])
  func `a job that is taken away just before its task ends has no result`(_ take: String) throws {
    let spool = try TestSpool(["task": "sleep 0.4; echo 1"])
    try spool.start()
    try spool.put("{}", at: "incoming/task/a.json")
    #expect(spool.waits(for: "active/task@1/a"))
    try #require(spool.run("J=active/task@1/a.json; \(take)") != nil)
    #expect(spool.waits { spool.names(in: "active/task@1").isEmpty })
    #expect(!spool.exists("results/task/a.json"))
    #expect(spool.exists("hold/task/a.json") == take.contains("hold"))
    #expect(spool.exists("errors/task/a.json") == take.contains("errors"))
  }

  @Test(arguments: ["results", "deferred", "errors"])
  func `a queue's directory that was removed is made again`(_ state: String) throws {
    let ends = ["results": "echo 1", "deferred": "exit 75", "errors": "exit 65"]
    let spool = try TestSpool(["task": ends[state] ?? ""])
    try spool.start()
    #expect(spool.waits(for: "\(state)/task"))
    try #require(spool.run("rm -r \(state)/task") != nil)
    try spool.put("{}", at: "incoming/task/a.json")
    #expect(spool.waits { !spool.names(in: "\(state)/task").isEmpty })
  }

  @Test func `a next attempt whose name is taken gets another`() throws {
    let spool = try TestSpool(["task": "sleep 0.5; exit 75"])
    try spool.start()
    try spool.put("{}", at: "incoming/task/a.json")
    #expect(spool.waits(for: "active/task@1/a"))
    try #require(
      spool.run("echo '{}' > x; touch -d '+1 hour' x; mv x deferred/task/a.try2.json") != nil)
    #expect(spool.waits(for: "deferred/task/a-2.try2.json"))
  }

  @Test func `a job that fails beside another one of its id in errors gets another`() throws {
    let spool = try TestSpool(
      [
        "task":
          "if grep -q bad; then until [ -e $SPOOL/tmp/go ]; do sleep 0.02; done; exit 65; fi; echo 1"
      ],
      configuration: "[defaults]\nworkers = 1\n")
    try spool.start()
    try spool.put(#"{"bad":1}"#, at: "incoming/task/a.json")
    #expect(spool.waits(for: "active/task@1/a"))
    try spool.put("{}", at: "errors/task/a.json")
    try spool.put("", at: "tmp/go")
    #expect(spool.waits(for: "errors/task/a-2.json"))
    #expect(spool.read("errors/task/a.json") == "{}" && !spool.exists("errors/task/a.error"))
    #expect(spool.read("errors/task/a-2.error")?.contains("exit status 65") == true)
    try spool.put("{}", at: "incoming/task/b.json")
    #expect(spool.waits(for: "results/task/b.json"))
    #expect(spool.waits { spool.read("log/jobs.jsonl")?.contains(#""id":"a-2""#) == true })
  }

  /// Runs until `tmp/go` stands, so that the tree can be changed under it.
  private static let waiting = "until [ -e $SPOOL/tmp/go ]; do sleep 0.02; done"

  @Test(arguments: ["echo 1", "exit 75"])
  func `a job that cannot go where it should goes to errors, and the next one runs`(
    _ end: String
  ) throws {
    let state = end == "exit 75" ? "deferred" : "results"
    let spool = try TestSpool(
      ["task": "\(Self.waiting); \(end)"], configuration: "[defaults]\nworkers = 1\n")
    try spool.start()
    try spool.put("{}", at: "incoming/task/a.json")
    #expect(spool.waits(for: "active/task@1/a"))
    spool.run("rm -r \(state)/task; echo > \(state)/task; touch tmp/go")
    #expect(spool.waits(for: "errors/task/a.json"))
    #expect(spool.read("errors/task/a.error")?.contains("Not a directory") == true)
    spool.run("rm \(state)/task; mkdir \(state)/task")
    try spool.put("{}", at: "incoming/task/b.json")
    #expect(spool.waits { !spool.names(in: "\(state)/task").isEmpty })
  }

  @Test func `a queue whose jobs cannot fail is paused, and none of them is lost`() throws {
    let spool = try TestSpool(
      ["task": "\(Self.waiting); [ -e $SPOOL/tmp/well ] && exec cat; exit 65"],
      configuration: "[defaults]\nworkers = 1\n")
    try spool.start()
    try spool.put("{}", at: "incoming/task/a.json")
    #expect(spool.waits(for: "active/task@1/a"))
    spool.run("rm -r errors/task; echo > errors/task; touch tmp/go")
    #expect(spool.waits(for: "incoming/task/.paused"))
    #expect(spool.read("incoming/task/.paused")?.contains("Not a directory") == true)
    #expect(spool.waits(for: "incoming/task/a.json"))
    spool.run("rm errors/task; touch tmp/well; rm incoming/task/.paused")
    #expect(spool.waits(for: "results/task/a.json"))
  }

  /// Its name in the folder cannot be removed, whoever asks: it is the place of a mount.
  @Test func `a job that can go nowhere stays, is told of once, and the others run`() throws {
    let spool = try TestSpool(
      ["task": "if grep -q bad; then mount --bind ../a.json ../a.json; fi; echo 1"],
      configuration: "[defaults]\nworkers = 1\n")
    guard spool.run("touch tmp/m && mount --bind tmp/m tmp/m && umount tmp/m") != nil else {
      return print("SKIPPED: a job that can go nowhere (no right to mount)")
    }
    try spool.start()
    #expect(spool.waits(for: "results/task"))
    try spool.put(#"{"bad":1}"#, at: "incoming/task/a.json")
    for number in 1...5 { try spool.put("{}", at: "incoming/task/\(number).json") }
    #expect(spool.waits { spool.messages.contains("a stays in task@1") })
    let others = spool.waits { spool.names(in: "results/task").count == 6 }
    spool.run("umount active/task@1/a.json")
    #expect(others)
    let told = spool.messages.split(separator: "\n").count { $0.contains("a stays in") }
    #expect(told == 1)
    #expect(spool.end() == .exited(0))
  }

  @Test func `times beyond the year 2262 stop nothing`() throws {
    let spool = try TestSpool()
    try spool.start()
    #expect(spool.waits(for: "deferred/echo"))
    let drop = "echo '{}' > x; touch -d @15000000000 x; mv x"
    try #require(spool.run("\(drop) incoming/echo/a.json; \(drop) deferred/echo/b.json") != nil)
    try spool.put(#"{"task":"echo","eta":"9999-12-31"}"#, at: "incoming/echo/c.json")
    try spool.put("{}", at: "incoming/echo/d.json")
    #expect(spool.waits(for: "results/echo/a.json"))
    #expect(spool.waits(for: "deferred/echo/c.json"))
    #expect(spool.waits(for: "results/echo/d.json"))
    #expect(spool.exists("deferred/echo/b.json"))
  }

  @Test func `a dropped reason is kept when the file it is named after is no job`() throws {
    let spool = try TestSpool()
    try spool.start()
    try spool.put("first", at: "incoming/echo/x.reason")
    #expect(spool.waits { spool.names(in: "corrupt/echo").count == 2 })
    try spool.put("second", at: "incoming/echo/x")
    #expect(spool.waits { spool.names(in: "corrupt/echo").count == 4 })
    let kept = spool.names(in: "corrupt/echo").compactMap { spool.read("corrupt/echo/\($0)") }
    #expect(kept.contains("first") && kept.contains("second"))
  }

  @Test func `with few descriptors jobs go through, a few at a time`() throws {
    let spool = try TestSpool(["task": "echo 1"])
    for number in 1...60 { try spool.put("{}", at: "incoming/task/\(number).json") }
    try spool.start(limits: "ulimit -n 26;")
    #expect(spool.waitsUntilEmpty())
    #expect(spool.names(in: "results/task").count == 60)
  }
}

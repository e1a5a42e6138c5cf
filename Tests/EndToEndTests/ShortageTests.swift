// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

/// The machine has too little of something: jobs stay, the programs go on, and all is done once there is enough.
@Suite struct ShortageTests {
  @Test func `a full disk loses no job`() throws {
    let mount = try TemporaryDirectory("full")
    let shell = Shell(directory: mount.path)
    guard shell.run("mkdir m && mount -t tmpfs -o size=2m none m") != nil else {
      return print("SKIPPED: a full disk loses no job (no right to mount)")
    }
    defer { _ = shell.run("umount -l m") }
    let spool = try TestSpool(
      ["task": "cat"], at: mount.path + "/m", configuration: "[defaults]\nretry_pause = 0.1\n")
    try spool.start()
    try spool.put("{}", at: "incoming/task/before.json")
    #expect(spool.waits(for: "results/task/before.json"))
    for number in 1...20 {
      try spool.put("{\"n\":\(number)}", at: "incoming/task/\(number).json.tmp")
    }
    spool.run(
      "dd if=/dev/zero of=tmp/fill bs=1k status=none; for f in incoming/task/*.tmp; do mv $f ${f%.tmp}; done"
    )
    // Some rounds of the programs against the full disk.
    #expect(spool.waits { spool.messages.contains("No space left") })
    #expect(!spool.waits(for: .seconds(3)) { spool.run("find errors corrupt -type f") != "" })
    spool.run("rm tmp/fill")
    #expect(spool.waitsUntilEmpty())
    #expect(spool.names(in: "results/task").count == 21)
    for number in 1...20 {
      #expect(spool.read("results/task/\(number).json") == "{\"n\":\(number)}")
    }
    #expect(spool.end() == .exited(0))
  }

  @Test func `too few descriptors slow the dispatcher down, no more`() throws {
    let spool = try TestSpool()
    for number in 1...200 { try spool.put("{}", at: "incoming/echo/\(number).json") }
    try spool.start(limits: "ulimit -n 32;")
    #expect(spool.waitsUntilEmpty())
    #expect(spool.names(in: "results/echo").count == 200)
    #expect(spool.end() == .exited(0))
  }

  @Test func `a task may leave more files than may be open`() throws {
    let spool = try TestSpool(["task": "cd $SPOOL_FILES; for i in $(seq 200); do : > $i; done"])
    try spool.start(limits: "ulimit -n 32;")
    for id in ["a", "b", "c"] { try spool.put("{}", at: "incoming/task/\(id).json") }
    #expect(spool.waitsUntilEmpty())
    #expect(spool.run("ls results/task/*.files/* | wc -l") == "600")
  }

  /// After the worker's first two descriptors, strace(1) refuses it the n-th or all the others: its tasks' among them.
  @Test(arguments: ["3", "4", "5", "3+"])
  func `a task whose end cannot be waited for is run once, and its end is seen`(
    _ when: String
  ) throws {
    let spool = try TestSpool(
      ["task": "echo $SPOOL_JOB_ID >> $SPOOL/tmp/runs; exec cat"],
      configuration: "[defaults]\nworkers = 1\n")
    guard spool.run("strace -V") != nil else { return print("SKIPPED: no strace") }
    let tracer = [
      "strace", "-o", "/dev/null", "-e", "trace=epoll_ctl", "-e",
      "inject=epoll_ctl:error=ENOMEM:when=\(when)",
    ]
    for id in ["a", "b", "c"] { try spool.put("{}", at: "incoming/task/\(id).json") }
    try spool.start(wrapping: "spool-worker", in: tracer)
    #expect(spool.waitsUntilEmpty())
    #expect(spool.names(in: "results/task") == ["a.json", "b.json", "c.json"])
    let runs = spool.read("tmp/runs")?.split(separator: "\n").map(String.init) ?? []
    #expect(runs.sorted() == ["a", "b", "c"])
    #expect(spool.waits { spool.run("grep -c '\"verdict\":\"ok\"' log/jobs.jsonl") == "3" })
  }

  /// A listing makes two of these calls; which of them are a worker's looks does not matter, each is refused in its turn.
  @Test(arguments: 1...6) func `a worker that cannot look into its folder looks again`(
    _ occurrence: Int
  ) throws {
    let spool = try TestSpool(configuration: "[defaults]\nworkers = 1\n")
    guard spool.run("strace -V") != nil else { return print("SKIPPED: no strace") }
    let tracer = [
      "strace", "-o", "/dev/null", "-e", "trace=getdents64", "-e",
      "inject=getdents64:error=ENOMEM:when=\(occurrence)",
    ]
    try spool.start(wrapping: "spool-worker", in: tracer)
    for id in ["a", "b"] {
      try spool.put("{}", at: "incoming/echo/\(id).json")
      #expect(spool.waits(for: "results/echo/\(id).json"), "\(spool.messages)")
    }
  }

  @Test func `a worker that could not be taken over at once is taken over later`() throws {
    let spool = try TestSpool([
      "task": "[ $SPOOL_ATTEMPT = 2 ] && exec cat; touch $SPOOL/tmp/begun; exec sleep 1000"
    ])
    guard spool.run("strace -V") != nil else { return print("SKIPPED: no strace") }
    try spool.start()
    try spool.put("{}", at: "incoming/task/a.json")
    #expect(spool.waits(for: "tmp/begun"))
    #expect(spool.end(with: .kill) == .signalled(9))
    // Its own descriptors come first: events, signals, trigger, clock.
    try spool.start(under: [
      "strace", "-o", "/dev/null", "-e", "trace=epoll_ctl", "-e",
      "inject=epoll_ctl:error=ENOMEM:when=5",
    ])
    #expect(spool.waits { spool.messages.contains("Cannot allocate memory") })
    #expect(spool.waits { spool.messages.contains("took over task@1") })
    let worker = try #require(spool.processes(running: "spool-worker").first)
    spool.run("kill -9 \(worker)")
    #expect(spool.waits(for: "results/task/a.json"))
  }
}

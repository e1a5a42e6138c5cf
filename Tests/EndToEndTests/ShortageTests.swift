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
}

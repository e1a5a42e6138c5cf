// SPDX-License-Identifier: MIT
import CeleryMessages
import JSONValues
import SpoolTesting
import SystemCalls
import Testing

/// Messages, ids and directories as somebody would make them who means harm, or knows no better.
@Suite(.serialized) struct CeleryHostileTests {
  @Test func `an id that is used again is another task's`() throws {
    var bench = try MessageBench()
    try bench.start()
    try bench.send("add", [1, 2], id: "nightly")
    #expect(bench.waitForValue(of: "nightly") == 3)
    try bench.send("add", [5, 5], id: "nightly")
    #expect(bench.waitForValue(of: "nightly", other: 3) == 10)
    bench.killBridge()
    try bench.send("add", [50, 50], id: "nightly")
    try bench.start()
    #expect(bench.waitForValue(of: "nightly", other: 10) == 100)
  }

  @Test func `the same id twice at once is two tasks`() throws {
    var bench = try MessageBench()
    try bench.send("note", [1], id: "one")
    try bench.send("note", [2], id: "one")
    try bench.send("note", [3], id: "other")
    try bench.start()
    #expect(bench.spool.waits { bench.notes.sorted() == ["1", "2", "3"] })
    #expect(bench.spool.waits { bench.spool.names(in: ".celery").isEmpty })
    #expect(bench.spool.waits { bench.spool.names(in: "messages").isEmpty })
  }

  @Test func `ids that are too long for a file's name do not become each other's`() throws {
    var bench = try MessageBench()
    let same = String(repeating: "x", count: 220)
    try bench.send("note", [1], id: same + "1")
    try bench.send("note", [2], id: same + "2")
    try bench.start()
    #expect(bench.spool.waits { bench.notes.sorted() == ["1", "2"] })
    #expect(bench.waitForValue(of: same + "1") == 1)
    #expect(bench.waitForValue(of: same + "2") == 2)
  }

  @Test(arguments: ["a/b", "../b", "n\0ul", String(repeating: "x", count: 10_000)])
  func `whose id no file can have is told nothing, and holds up nobody`(_ id: String) throws {
    var bench = try MessageBench()
    try bench.send("note", [1], id: id)
    try bench.send("note", [2], id: "other")
    try bench.start()
    #expect(bench.waitForValue(of: "other") == 2)
    #expect(bench.spool.waits { bench.spool.names(in: ".celery").isEmpty })
    #expect(bench.notes.sorted() == ["1", "2"])
    #expect(bench.spool.names(in: "told") == ["celery-task-meta-other"])
  }

  @Test func `a directory in a result's place holds up nobody`() throws {
    var bench = try MessageBench()
    bench.spool.run("mkdir told/celery-task-meta-one; touch told/celery-task-meta-one/x")
    try bench.send("add", [1, 2], id: "one")
    try bench.send("add", [1, 3], id: "two")
    try bench.start()
    #expect(bench.waitForValue(of: "two") == 4)
    #expect(bench.spool.waits { bench.spool.names(in: ".celery").isEmpty })
  }

  @Test func `a result that is a link elsewhere is exchanged, and not followed`() throws {
    var bench = try MessageBench()
    try bench.spool.put("secret", at: "elsewhere")
    bench.spool.run("ln -s ../elsewhere told/celery-task-meta-one")
    try bench.start()
    try bench.send("add", [1, 2], id: "one")
    #expect(bench.waitForValue(of: "one") == 3)
    #expect(bench.spool.read("elsewhere") == "secret")
  }

  @Test func `a group with more members than files may be open follows all the same`() throws {
    var bench = try MessageBench()
    try bench.start()
    let bridge = try #require(bench.bridge)
    bench.spool.run("prlimit --pid \(bridge.pid) --nofile=48")
    let members = (1...200).map { number in
      CelerySignature(task: "note", args: [.integer(number)], isImmutable: true)
    }
    var first = CeleryMessage(task: "add", id: "first", args: [1, 2])
    first.callbacks = members
    try bench.send(first)
    #expect(bench.waitForValue(of: "first") == 3)
    #expect(bench.spool.waits { Set(bench.notes).count == 200 })
    #expect(bench.spool.waits { bench.spool.names(in: ".celery").isEmpty })
  }

  @Test(arguments: ["celery", "celery@spool.celery.pidbox"])
  func `what only has a message's name holds up nobody`(_ queue: String) throws {
    var bench = try MessageBench()
    bench.spool.run(
      """
      cd messages; echo secret > ../elsewhere
      ln -s ../elsewhere 1_1.\(queue).msg; mkdir 2_1.\(queue).msg; mkfifo 3_1.\(queue).msg
      truncate -s 20G 4_1.\(queue).msg; echo '[[[' > 5_1.\(queue).msg
      """)
    try bench.send("add", [1, 2], id: "one")
    try bench.start()
    #expect(bench.waitForValue(of: "one") == 3)
    let corrupt = bench.spool.names(in: "corrupt/incoming").filter { !$0.hasSuffix(".reason") }
    #expect(corrupt.count >= 4)
    #expect(bench.spool.read("elsewhere") == "secret\n")
  }

  @Test func `where results cannot be told, messages are taken all the same`() throws {
    var bench = try MessageBench()
    try bench.start()
    try bench.send("add", [1, 2], id: "first")
    #expect(bench.waitForValue(of: "first") == 3)
    bench.spool.run("mv told hidden")
    try bench.send("note", [1], id: "one")
    #expect(bench.spool.waits { bench.notes == ["1"] })
    // The pauses of telling are long by now.
    bench.spool.run("sleep 4")
    try bench.send("note", [2], id: "two")
    #expect(bench.spool.waits(for: .seconds(3)) { bench.notes == ["1", "2"] })
    bench.spool.run("mv hidden told")
    #expect(bench.waitForValue(of: "one") == 1)
    #expect(bench.waitForValue(of: "two") == 2)
  }

  @Test func `a task that no queue can be for is not registered`() throws {
    var bench = try MessageBench()
    try bench.start()
    try bench.send("../x", [1], id: "one")
    #expect(bench.waitForValue(of: "one")?["exc_type"] == "NotRegistered")
    #expect(bench.spool.waits { bench.spool.names(in: "messages").isEmpty })
  }

  @Test func `who asks for what the dispatcher refuses is told so`() throws {
    var bench = try MessageBench()
    try bench.start()
    var message = CeleryMessage(task: "add", id: "one", args: [1, 2])
    message.timeLimit = 1e300
    try bench.send(message)
    #expect(bench.waitForValue(of: "one")?["exc_type"] == "TaskError")
    #expect(bench.spool.waits { bench.spool.names(in: ".celery").isEmpty })
  }

  @Test func `the soft limit is told as the soft one, also where there is a hard one`() throws {
    var bench = try MessageBench()
    try bench.start()
    var message = CeleryMessage(task: "sleep", id: "soft", args: [60])
    (message.softTimeLimit, message.timeLimit) = (0.5, 30)
    try bench.send(message)
    #expect(bench.waitForValue(of: "soft")?["exc_type"] == "SoftTimeLimitExceeded")
  }

  @Test func `a limit of nought is none`() throws {
    var bench = try MessageBench()
    try bench.start()
    var message = CeleryMessage(task: "add", id: "one", args: [1, 2])
    (message.softTimeLimit, message.timeLimit) = (0, 0)
    try bench.send(message)
    #expect(bench.waitForValue(of: "one") == 3)
  }

  @Test func `directories may be links`() throws {
    var bench = try MessageBench()
    bench.spool.run("rmdir messages told control; mkdir elsewhere; cd elsewhere; mkdir a b c")
    bench.spool.run("ln -s elsewhere/a messages; ln -s elsewhere/b told; ln -s elsewhere/c control")
    try bench.start()
    try bench.send("add", [1, 2], id: "one")
    #expect(bench.waitForValue(of: "one") == 3)
    #expect(bench.spool.waits { bench.spool.names(in: ".celery").isEmpty })
    try bench.revoke(["two"])
    #expect(bench.spool.waits { bench.spool.names(in: "messages").isEmpty })
  }

  /// Where rename(2) can move nothing.
  @Test func `messages on another file system are taken, and what cannot be copied stays`() throws {
    let place = "/dev/shm/spool-\(SystemClock.monotonic())"
    var bench = try MessageBench(messages: place)
    guard bench.spool.run("mkdir \(place)") != nil else {
      print("SKIPPED: there is no other file system at /dev/shm")
      return
    }
    defer { bench.spool.run("rm -r \(place)") }
    bench.spool.run(
      """
      cd \(place); ln -s /etc/passwd 1_1.celery.msg; mkdir 2_1.celery.msg; mkfifo 3_1.celery.msg
      truncate -s 20G 4_1.celery.msg; echo '[[[' > 5_1.celery.msg
      """)
    try bench.send("add", [1, 2], id: "one")
    bench.spool.run("mv messages/* \(place)/")
    try bench.start()
    #expect(bench.waitForValue(of: "one") == 3)
    let left = [1, 2, 3, 4].map { "\($0)_1.celery.msg" }.joined(separator: " ")
    #expect(bench.spool.waits { bench.spool.run("ls \(place) | paste -sd ' '") == left })
    #expect(
      bench.spool.names(in: "corrupt/incoming") == ["5_1.celery.msg", "5_1.celery.msg.reason"])
  }

  @Test func `what clients pass is kept from everybody else`() throws {
    var bench = try MessageBench()
    bench.spool.run("rmdir messages; mkdir -m 755 .celery")
    try bench.start()
    #expect(bench.spool.waits { bench.spool.exists("messages") })
    #expect(bench.spool.waits { bench.spool.run("stat -c %a .celery") == "700" })
    #expect(bench.spool.waits { bench.spool.run("stat -c %a messages")?.hasSuffix("0") == true })
  }
}

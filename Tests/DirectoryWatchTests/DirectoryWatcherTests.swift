// SPDX-License-Identifier: MIT
import DirectoryWatch
import SpoolTesting
import SystemCalls
import Testing

@Suite(.serialized)
struct DirectoryWatcherTests {
  @Test(
    arguments: [
      ("cp /etc/hostname a", "a"), ("touch .x && mv .x a", "a"), ("touch a && ln a b", "b"),
      ("mkfifo f", "f"), ("mkdir d", "d"), ("ln -s nowhere l", "l"),
      ("rm -f a; touch a; rm a", "a"),
      ("touch $'a\\nb c\\\\d'", "a\nb c\\d"), ("touch $'\\xff\\xfe'", "\u{10FFFF}\u{10FFFE}"),
      ("touch 'Zoë 👶'", "Zoë 👶"),
    ])
  func `every way to make a name is seen`(_ command: String, _ name: String) throws {
    let watched = try Watched()
    #expect(watched.sees(.scanAll))
    try watched.run(command)
    #expect(watched.sees(name: name))
  }

  @Test func `a directory can be added while it runs`() throws {
    let watched = try Watched()
    #expect(watched.sees(.scanAll))
    let added = watched.path + "/b c\n"
    try SystemFiles().makeDirectory(added)
    watched.watcher?.add(added)
    #expect(watched.sees(.watching(directory: added)))
    try watched.run("touch $'b c\\n/x'")
    #expect(watched.sees(.look(directory: added, name: "x")))
  }

  @Test func `a directory that goes is told, and can come back`() throws {
    let watched = try Watched()
    let other = watched.path + "/other"
    #expect(watched.sees(.scanAll))
    for command in ["rmdir other", "mv other moved"] {
      try watched.run("mkdir other")
      watched.watcher?.add(other)
      #expect(watched.sees(.watching(directory: other)))
      try watched.run(command)
      #expect(watched.sees(.gone(directory: other)))
      watched.forget()
    }
    watched.watcher?.add(watched.path + "/never")
    #expect(watched.sees(.gone(directory: watched.path + "/never")))
  }

  @Test func `lost events mean that everything is looked at`() throws {
    let watched = try Watched()
    #expect(watched.sees(.scanAll))
    watched.forget()
    let pid = try #require(watched.watcher?.processID)
    try watched.run("kill -STOP \(pid); for i in {1..11000}; do >x$i; done; kill -CONT \(pid)")
    #expect(watched.sees(.scanAll))
    watched.forget()
    try watched.run("touch after")
    #expect(watched.sees(name: "after"))
  }

  @Test func `a killed spool-watch is replaced, and everything is looked at`() throws {
    let watched = try Watched()
    #expect(watched.sees(.scanAll))
    let added = watched.path + "/added"
    try SystemFiles().makeDirectory(added)
    watched.watcher?.add(added)
    #expect(watched.sees(.watching(directory: added)))
    let pid = try #require(watched.watcher?.processID)
    watched.forget()
    try watched.run("kill -9 \(pid)")
    #expect(watched.sees(.scanAll))
    #expect(watched.watcher?.processID != pid)
    #expect(try !SystemFiles().exists("/proc/\(pid)"), "a zombie is left")
    try watched.run("touch added/x")
    #expect(watched.sees(.look(directory: added, name: "x")))
    #expect(!watched.sightings.contains { if case .degraded = $0 { true } else { false } })
  }

  @Test func `no process is left behind`() throws {
    let watched = try Watched()
    #expect(watched.sees(.scanAll))
    let pid = try #require(watched.watcher?.processID)
    watched.stop()
    #expect(try !SystemFiles().exists("/proc/\(pid)"))
  }

  @Test func `without spool-watch everything is looked at again and again`() throws {
    let watched = try Watched(program: "/nowhere/spool-watch")
    let reason = "unable to execute /nowhere/spool-watch: No such file or directory"
    #expect(watched.sees(.degraded(reason: reason)))
    watched.forget()
    #expect(watched.sees(.scanAll))
    #expect(!watched.sightings.contains(.degraded(reason: reason)), "it is said once")
  }

  @Test func `a directory beyond the limit of watches is asked for again`() throws {
    let script = try TemporaryDirectory("script")
    try script.write(
      """
      #!/bin/sh
      echo "FAILED $2: No space left on device"
      echo READY
      read request
      echo "WATCHING ${request#+}"
      read request
      """, to: "watch")
    let watched = try Watched(program: script.path + "/watch")
    try watched.run("chmod +x \(script.path)/watch")
    #expect(watched.sees(.watching(directory: watched.path)))
    let reason = "unable to watch \(watched.path): No space left on device"
    #expect(watched.sightings.filter { $0 == .degraded(reason: reason) }.count == 1)
  }
}

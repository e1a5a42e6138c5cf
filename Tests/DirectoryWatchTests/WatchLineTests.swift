// SPDX-License-Identifier: MIT
import Testing

@testable import DirectoryWatch

struct WatchLineTests {
  @Test func `each line becomes what it says`() {
    let lines: [(String, WatchLine)] = [
      ("READY", .ready), ("OVERFLOW", .overflow), ("GONE /s/in", .gone(directory: "/s/in")),
      ("WATCHING /a b", .watching(directory: "/a b")),
      ("CREATE /s/in/41.json", .event(directory: "/s/in", name: "41.json")),
      ("DELETE /x", .event(directory: "/", name: "x")),
      ("ATTRIB /bin/task", .event(directory: "/bin", name: "task")),
      ("MOVED_TO /s/a\\012b", .event(directory: "/s", name: "a\nb")),
      ("FAILED /s: t: No such file", .failed(directory: "/s: t", reason: "No such file")),
      ("BROKEN unable to use inotify: x", .broken(reason: "unable to use inotify: x")),
    ]
    for (text, line) in lines { #expect(WatchLine(Array(text.utf8)) == line) }
  }

  @Test(arguments: ["", "HELLO", "CREATE", "CREATE nopath", "FAILED dir"])
  func `what spool-watch does not print is nothing`(_ text: String) {
    #expect(WatchLine(Array(text.utf8)) == nil)
  }

  @Test func `a directory's name survives the way to spool-watch and back`() {
    let name = "/tmp/a b\\c\nd/Zoë\u{10FFFF}"
    let line = Array("WATCHING ".utf8) + WatchLine.escaped(name)
    #expect(!line.contains(UInt8(ascii: "\n")))
    #expect(WatchLine(line) == .watching(directory: name))
  }
}

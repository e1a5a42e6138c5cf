// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

/// What is not a job goes to corrupt/, byte for byte, its reason beside it.
@Suite struct NotAJobTests {
  /// A command that makes the thing as `$N`, and what its reason says.
  static let things: [(String, String, String)] = [
    ("a.json", "echo 'not json' > $N", "not JSON"),
    ("a.json", "echo '[1, 2]' > $N", "not an object"),
    ("a.json", "echo '\"text\"' > $N", "not an object"),
    ("a.json", "echo '{\"a\":1} {\"b\":2}' > $N", "JSON"),
    ("a.json", "printf '{\"a\":\"\\xff\"}' > $N", "JSON"),
    ("a.json", "ln -s /etc/hostname $N", "a symbolic link"),
    ("a.json", "ln -s nowhere $N", "a symbolic link"),
    ("a.json", "mkfifo $N", "a FIFO"),
    ("a.json", "mkdir $N && echo '{}' > $N/inside", "a directory"),
    ("a.json", "mknod $N c 1 3", "a device"),
    ("a.json", "mknod $N c 5 0", "a device"),
    ("a.json", "truncate -s 17M $N", "larger than the limit"),
    ("a.txt", "echo '{}' > $N", "does not end in .json"),
    ("a", "echo '{}' > $N", "does not end in .json"),
    ("-a.json", "echo '{}' > ./$N", "begins with '-'"),
    ("a b.json", "echo '{}' > \"$N\"", "other characters"),
    ("é.json", "echo '{}' > $N", "other characters"),
    ("$(id).json", "echo '{}' > \"$N\"", "other characters"),
    ("a.json", "echo '{\"task\":7}' > $N", "'task'"),
    ("a.json", "echo '{\"task\":\"../../etc\"}' > $N", "'task'"),
    ("a.json", "echo '{\"task\":\"nobody\"}' > $N", "there is no queue nobody"),
    ("a.json", "echo '{\"task\":\"echo\",\"eta\":\"soon\"}' > $N", "'eta'"),
    ("a.json", "echo '{\"task\":\"echo\",\"priority\":10}' > $N", "'priority'"),
  ]

  @Test(arguments: things)
  func `it is kept and its reason told`(_ name: String, _ command: String, _ reason: String) throws
  {
    let spool = try TestSpool()
    try spool.start()
    // Made elsewhere and moved: what is not complete has to wait, and is another test's business.
    let make = "mkdir made && cd made && N='\(name)' && \(command) && tar cf ../tmp/copy ./*"
    try #require(spool.run("\(make) && mv ./* ../incoming/echo/") != nil)
    #expect(spool.waits { spool.names(in: "corrupt/echo").count == 2 })
    let kept = try #require(spool.names(in: "corrupt/echo").first { !$0.hasSuffix(".reason") })
    let told = try #require(spool.read("corrupt/echo/\(kept).reason"))
    #expect(told.contains(reason), "\(told)")
    #expect(told.split(separator: "\n").count == 1)
    let back = "mv 'corrupt/echo/\(kept)' './made/\(name)' && tar df tmp/copy -C made"
    #expect(spool.run(back) == "")
    #expect(spool.names(in: "incoming/echo").isEmpty)
    #expect(spool.names(in: "results/echo").isEmpty)
    #expect(spool.messages.contains(reason))
  }

  @Test func `a name that is no text is kept under a generated one`() throws {
    let spool = try TestSpool()
    try spool.start()
    try #require(spool.run(#"echo '{}' > $'incoming/echo/\xff\n\x01.json'"#) != nil)
    #expect(spool.waits { spool.names(in: "corrupt/echo").count == 2 })
    #expect(spool.names(in: "corrupt/echo").allSatisfy { $0.hasPrefix("unnamed-") })
  }

  @Test func `a name of 255 bytes is kept, one of 200 runs`() throws {
    let spool = try TestSpool()
    try spool.start()
    let allowed = String(repeating: "n", count: 200)
    try spool.put("{}", at: "incoming/echo/\(String(repeating: "n", count: 250)).json")
    try spool.put("{}", at: "incoming/echo/\(allowed).json")
    #expect(spool.waits(for: "results/echo/\(allowed).json"))
    #expect(spool.waits { spool.names(in: "corrupt/echo").count == 2 })
  }

  @Test func `a bare object in incoming itself belongs to nobody`() throws {
    let spool = try TestSpool()
    try spool.start()
    try spool.put("{}", at: "incoming/a.json")
    #expect(spool.waits(for: "corrupt/incoming/a.json"))
    #expect(spool.read("corrupt/incoming/a.json") == "{}")
  }

  @Test func `two corrupt files of one name are both kept`() throws {
    let spool = try TestSpool()
    try spool.start()
    for text in ["first", "second"] {
      try spool.put(text, at: "incoming/echo/a.json")
      #expect(spool.waits { !spool.exists("incoming/echo/a.json") })
    }
    #expect(spool.waits { spool.names(in: "corrupt/echo").count == 4 })
    #expect(spool.read("corrupt/echo/a.json") == "first")
    #expect(spool.read("corrupt/echo/a.json-2") == "second")
  }

  /// The directory of its run would look like another job's file.
  @Test func `an id that ends in json is none`() throws {
    let spool = try TestSpool()
    try spool.start()
    for name in ["a.json.json", "c.json"] {
      try spool.put("{}", at: "incoming/echo/\(name)")
    }
    #expect(spool.waits(for: "results/echo/c.json"))
    #expect(spool.waits(for: "corrupt/echo/a.json.json"))
  }

  @Test(arguments: [
    "a.try9223372036854775807", "a.try99999999999999999999", "a.try0", "a.try1", "a.try02",
    "a.try+2",
  ])
  func `an attempt in a dropped name cannot bring the programs down`(_ name: String) throws {
    let spool = try TestSpool(["late": "exit 75", "echo": "exec cat"])
    try spool.start()
    try spool.put("{}", at: "incoming/late/\(name).json")
    try spool.put("{}", at: "incoming/echo/\(name).json")
    #expect(spool.waits { !spool.names(in: "results/echo").isEmpty })
    #expect(spool.waits { spool.read("log/jobs.jsonl")?.contains("try later") == true })
    #expect(spool.names(in: "deferred/late") == ["\(name).try2.json"])
    #expect(!spool.messages.contains("died"))
    #expect(spool.end() == .exited(0))
  }
}

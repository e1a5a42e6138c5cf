// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import SystemCalls
import Testing

@testable import SpoolProtocol

/// A spool with one queue, `noop`, and paths relative to its root.
private struct CheckedSpool {
  let directory: TemporaryDirectory
  let spool: Spool

  init() throws {
    directory = try TemporaryDirectory("check")
    spool = Spool(root: directory.path)
    try spool.initialize(queues: [try #require(QueueName("noop"))])
  }

  func write(_ text: String = "{}", to names: String...) throws {
    for name in names { try directory.write(text, to: name) }
  }

  /// The findings, the root cut off their paths.
  func findings(after age: Duration = .zero) throws -> [String] {
    try spool.check(at: SystemClock.now() + age).findings.sorted()
      .map { String("\($0)".dropFirst(directory.path.count + 1)) }
  }
}

struct CheckTests {
  @Test func `a new spool is clean, and made again it stays as it is`() throws {
    let checked = try CheckedSpool()
    try checked.write("workers = 3", to: "spool.toml")
    try checked.spool.initialize(queues: [])
    #expect(try checked.findings() == [])
    #expect(try checked.directory.read("spool.toml") == "workers = 3")
    #expect(try checked.spool.check(at: SystemClock.now()).jobs == 0)
  }

  @Test func `what a spool in use holds is clean and counted`() throws {
    let checked = try CheckedSpool()
    try checked.write(
      to: "incoming/noop/a.json", "incoming/noop/.paused", "incoming/noop/x.part",
      "incoming/stray.json", "deferred/noop/b.try2.json", "hold/noop/c.json",
      "results/noop/d.json", "results/noop/d.files/data", "errors/noop/e.json",
      "errors/noop/e.error", "corrupt/noop/f", "corrupt/noop/f.reason", "corrupt/incoming/g.json",
      "corrupt/incoming/g.json.reason", "tmp/anything", "events/channel.jsonl")
    #expect(try checked.findings() == [])
    #expect(try checked.spool.check(at: SystemClock.now()).jobs == 7)
  }

  @Test(arguments: [
    (["results/noop/a.json", "errors/noop/a.json", "errors/noop/a.error"], "errors/noop/a.json"),
    (["deferred/noop/a.try2.json", "results/noop/a.json"], "results/noop/a.json"),
    (["hold/noop/a.json", "deferred/noop/a.try3.json"], "hold/noop/a.json"),
    (["incoming/noop/a.try2.json", "hold/noop/a.json"], "hold/noop/a.json"),
  ])
  func `an id in two places is found`(_ files: [String], _ other: String) throws {
    let checked = try CheckedSpool()
    for file in files { try checked.write(to: file) }
    let findings = try checked.findings()
    #expect(findings.count == 1)
    #expect(findings.contains { $0.contains("the job a also stands in") && $0.contains(other) })
  }

  @Test func `a newcomer whose id is taken is no fault, since it gets another`() throws {
    let checked = try CheckedSpool()
    try checked.write(to: "incoming/noop/a.json", "results/noop/a.json")
    #expect(try checked.findings() == [])
  }

  @Test(arguments: [
    ("errors/noop/a.json", "failed without a reason: no .error"),
    ("errors/noop/a.error", "is the reason of a job that is not there"),
    ("errors/noop/a.txt", "is neither NAME.json nor NAME.error"),
    ("corrupt/noop/a.reason", "is the reason of a file that is not there"),
    ("corrupt/noop/a", "was set aside without a .reason"),
    ("results/noop/a.files", "is not a directory"),
    ("results/noop/a", "is neither NAME.json nor NAME.files"),
    ("results/a.json", "is no queue: only directories with a proper name stand here"),
    ("incoming/a.txt", "is no queue: only directories with a proper name stand here"),
    ("deferred/noop/a.txt", "cannot be a job: it does not end in .json"),
    ("deferred/noop/a b.json", "cannot be a job: the name has other characters"),
    ("active/noop", "is no worker's folder: these are named QUEUE@NUMBER"),
    ("active/noop@1", "is a regular file, not a directory"),
    ("active/noop@1/a.json", "its worker is dead; the next spoold takes it back"),
  ])
  func `a file that stands alone or in the wrong place is found`(
    _ file: String, _ sentence: String
  ) throws {
    let checked = try CheckedSpool()
    try checked.write(to: file)
    let findings = try checked.findings()
    #expect(findings.contains { $0.hasPrefix("\(file): \(sentence)") }, "\(findings)")
  }

  @Test func `files without a result are found, but not while their job is on its way`() throws {
    let checked = try CheckedSpool()
    try checked.write(to: "results/noop/a.files/data")
    #expect(try checked.findings() == ["results/noop/a.files: are files without a result"])
    try checked.write(to: "deferred/noop/a.try2.json")
    #expect(try checked.findings() == [])
  }

  @Test func `the reason of a failed job stays while the job is tried again`() throws {
    let checked = try CheckedSpool()
    try checked.write(to: "errors/noop/a.error", "incoming/noop/a.json")
    #expect(try checked.findings() == [])
  }

  @Test func `a result that is not JSON is found`() throws {
    let checked = try CheckedSpool()
    try checked.write("{\"a\":", to: "results/noop/a.json")
    #expect(
      try checked.findings() == ["results/noop/a.json: is no result: its content is not JSON"])
  }

  @Test func `a half-written file is found once its writer must be dead`() throws {
    let checked = try CheckedSpool()
    try checked.write(to: "errors/noop/.a.error.new", "incoming/noop/.mine")
    #expect(try checked.findings() == [])
    #expect(
      try checked.findings(after: .seconds(61))
        == [
          "errors/noop/.a.error.new: was left half-written by a program that died; it can be removed"
        ])
  }

  @Test func `links, pipes and directories are no jobs`() throws {
    let checked = try CheckedSpool()
    let root = checked.directory.path
    symlink("/etc/passwd", "\(root)/results/noop/a.json")
    mkfifo("\(root)/errors/noop/b.json", 0o666)
    try checked.spool.files.makeDirectory("\(root)/hold/noop/c.json")
    #expect(
      try checked.findings() == [
        "errors/noop/b.json: is a FIFO, not a regular file",
        "hold/noop/c.json: is a directory, not a regular file",
        "results/noop/a.json: is a symbolic link, not a regular file",
      ])
  }

  @Test func `a state that is missing or a link to elsewhere is found`() throws {
    let checked = try CheckedSpool()
    let root = checked.directory.path
    try checked.spool.files.removeTree("\(root)/hold")
    try checked.spool.files.removeTree("\(root)/tmp")
    symlink("/tmp", "\(root)/tmp")
    #expect(
      try checked.findings() == [
        "hold: is missing; spool init makes it", "tmp: is a symbolic link, not a directory",
      ])
  }

  @Test func `a configuration that everybody may write is found`() throws {
    let checked = try CheckedSpool()
    chmod("\(checked.directory.path)/spool.toml", 0o666)
    #expect(try checked.findings() == ["spool.toml: can be written by everybody"])
  }

  @Test func `jobs of a living worker, or of a dead one under a dispatcher, are no fault`() throws {
    let checked = try CheckedSpool()
    let layout = checked.spool.layout
    let worker = WorkerName(queue: try #require(QueueName("noop")), number: 1)
    try checked.write(to: "active/noop@1/a.json", "active/noop@1/a/stdout")
    #expect(try checked.findings().count == 2)
    for path in [layout.lock(of: worker), layout.dispatcherLock] {
      let lock = try #require(try LifeLock.take(path))
      #expect(try withExtendedLifetime(lock) { try checked.findings() } == [])
    }
  }

  @Test func `only what a second look confirms is wrong`() {
    var first = CheckReport()
    first.findings = [SpoolFinding("a", "moves"), SpoolFinding("b", "stays")]
    var second = CheckReport()
    second.findings = [SpoolFinding("b", "stays"), SpoolFinding("c", "moves")]
    #expect(first.confirmed(by: second).findings == [SpoolFinding("b", "stays")])
  }
}

// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import SystemCalls
import Testing

@testable import SpoolProtocol

struct ExamineTests {
  private let directory: TemporaryDirectory
  private let spool: Spool
  private let queue: QueueName

  init() throws {
    directory = try TemporaryDirectory("examine")
    spool = Spool(root: directory.path)
    queue = try #require(QueueName("noop"))
    try spool.files.makeDirectories(spool.layout.directory(of: .incoming, queue))
  }

  private func examine(
    _ name: String, after pause: Duration = .zero, rules: IntakeRules = IntakeRules()
  ) throws -> Examination {
    try spool.examine(name, in: queue, by: rules, at: SystemClock.now() + pause)
  }

  private func reason(_ examination: Examination) -> String? {
    if case .notAJob(let reason) = examination { reason } else { nil }
  }

  @Test func `a whole object is ready`() throws {
    try directory.write("{}", to: "incoming/noop/a.json")
    guard case .ready(let candidate) = try examine("a.json") else {
      Issue.record("not ready")
      return
    }
    #expect(candidate.queue == queue)
  }

  @Test func `an incomplete file waits and becomes corrupt when it has settled`() throws {
    try directory.write(#"{"a":"#, to: "incoming/noop/a.json")
    guard case .notYet = try examine("a.json", after: .seconds(59)) else {
      Issue.record("did not wait")
      return
    }
    #expect(try reason(examine("a.json", after: .seconds(61)))?.contains("truncated") == true)
  }

  @Test func `a file that somebody holds open for writing waits, whole or not`() throws {
    try directory.write("{}", to: "incoming/noop/a.json")
    let path = "\(directory.path)/incoming/noop/a.json"
    try withExtendedLifetime(spool.files.open(path, .append)) {
      guard case .notYet = try examine("a.json", after: .seconds(100)) else {
        Issue.record("taken from under its writer")
        return
      }
    }
    guard case .ready = try examine("a.json") else {
      Issue.record("not taken after its writer was done")
      return
    }
  }

  @Test func `a file over the limit, a directory and a link are no jobs`() throws {
    try directory.write(#"{"a":"0123456789"}"#, to: "incoming/noop/big.json")
    try directory.write("{}", to: "incoming/noop/dir.json/x")
    #expect(
      try reason(examine("big.json", rules: IntakeRules(sizeLimit: 10)))?.contains("10 bytes")
        == true)
    #expect(try reason(examine("dir.json"))?.contains("directory") == true)
  }

  @Test func `a name that is not there is nothing`() throws {
    guard case .gone = try examine("nothing.json") else {
      Issue.record("found")
      return
    }
  }

  @Test func `a name without .json is no job, a temporary one is left alone`() throws {
    try directory.write("{}", to: "incoming/noop/notes.txt")
    try directory.write("{}", to: "incoming/noop/a.json.part")
    #expect(try reason(examine("notes.txt")) == "the name does not end in .json")
    guard case .producersOwn = try examine("a.json.part") else {
      Issue.record("touched")
      return
    }
  }

  @Test func `of a file with two names the bytes that were examined are claimed`() throws {
    try directory.write(#"{"a":1}"#, to: "incoming/noop/a.json")
    let path = "\(directory.path)/incoming/noop/a.json"
    try spool.files.link(path, to: "\(directory.path)/twin")
    guard case .ready(let candidate) = try examine("a.json") else {
      Issue.record("not ready")
      return
    }
    let twin = try spool.files.open("\(directory.path)/twin", .update)
    try spool.files.write(Array("no job ".utf8), to: twin)
    let worker = WorkerName(queue: queue, number: 1)
    try spool.files.makeDirectories(spool.layout.folder(of: worker))
    #expect(try spool.claim(candidate, for: worker, as: candidate.name))
    #expect(try directory.read("active/noop@1/a.json") == #"{"a":1}"#)
  }

  @Test func `a file that took the place of one with two names is left to be examined`() throws {
    try directory.write(#"{"a":1}"#, to: "incoming/noop/a.json")
    let path = "\(directory.path)/incoming/noop/a.json"
    try spool.files.link(path, to: "\(directory.path)/twin")
    guard case .ready(let candidate) = try examine("a.json") else {
      Issue.record("not ready")
      return
    }
    try directory.write(#"{"b":2}"#, to: "incoming/noop/a.json")
    let worker = WorkerName(queue: queue, number: 1)
    try spool.files.makeDirectories(spool.layout.folder(of: worker))
    #expect(throws: SystemError.self) {
      try spool.claim(candidate, for: worker, as: candidate.name)
    }
    #expect(try directory.read("incoming/noop/a.json") == #"{"b":2}"#)
  }

  @Test func `who may only read what others have dropped takes copies`() throws {
    try directory.write("{}", to: "incoming/noop/a.json")
    let path = "\(directory.path)/incoming/noop/a.json"
    let inode = try #require(try spool.files.status(of: path)).inode
    let worker = WorkerName(queue: queue, number: 1)
    try spool.files.makeDirectories(spool.layout.folder(of: worker))
    for (copier, isCopied) in [(getuid() + 1, true), (getuid(), false)] {
      guard
        case .ready(let candidate) = try examine("a.json", rules: IntakeRules(copier: copier))
      else {
        Issue.record("not ready")
        return
      }
      #expect(try (spool.prepare(candidate).copy != nil) == isCopied)
    }
    guard
      case .ready(let candidate) = try examine("a.json", rules: IntakeRules(copier: getuid() + 1))
    else { return }
    #expect(try spool.claim(spool.prepare(candidate), for: worker, as: candidate.name))
    let taken = try #require(
      try spool.files.status(of: spool.layout.active(candidate.name, of: worker)))
    #expect(taken.inode != inode)
  }
}

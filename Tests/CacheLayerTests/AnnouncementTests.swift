// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol
import SpoolTesting
import SystemCalls
import TaskContract
import Testing

@testable import CacheLayer

struct AnnouncementTests {
  @Test func `a result is cached under its key and told to its channel, in Superset's form`() throws
  {
    let spool = try CacheSpool()
    try spool.finish("41", key: "qc-1", data: "rows")
    try spool.restart()
    #expect(try spool.data(of: "qc-1") == "rows")
    #expect(
      try spool.events() == [
        [
          "id": spool.eventID(0), "channel_id": "c", "job_id": "41", "user_id": 1,
          "status": "done", "errors": [], "result_url": "/api/qc-1", "queue": "q", "job": "41",
        ]
      ])
  }

  @Test func `a failure is told once its job stands in errors`() throws {
    let spool = try CacheSpool()
    try spool.directory.write(#"{"message": "Error: no such table"}"#, to: "errors/q/7.error")
    try spool.restart()
    #expect(try spool.events().isEmpty)
    try spool.fail("7", message: "Error: no such table")
    try spool.restart()
    let event = try #require(try spool.events().first)
    #expect(event["status"] == "error")
    #expect(event["errors"] == [["message": "Error: no such table"]])
    #expect(event["result_url"] == .null)
  }

  @Test func `why a job failed is kept where it says`() throws {
    let spool = try CacheSpool()
    let reason = #"{"message": "no", "cache": [{"key": "k", "timeout": 60}, {"timeout": 60}]}"#
    try spool.directory.write(reason, to: "errors/q/7.error")
    try spool.restart()
    #expect(throws: (any Error).self) { try spool.data(of: "k") }
    try spool.directory.write("{}", to: "errors/q/7.json")
    try spool.restart()
    #expect(try spool.data(of: "k") == reason)
    #expect(try spool.events().isEmpty)
  }

  @Test(
    arguments: [
      #"{"job_metadata": {"channel_id": "c"}}"#,
      #"{"task": "q", "kwargs": {"job_metadata": {"channel_id": "c"}}}"#,
      #"{"task": "q", "args": [{"channel_id": "c"}, {}]}"#,
    ])
  func `the channel of a failed job is found where Superset's tasks get it`(_ job: String) throws {
    let spool = try CacheSpool()
    try spool.directory.write(#"{"errors": ["a", {"message": "b"}]}"#, to: "errors/q/7.error")
    try spool.directory.write(job, to: "errors/q/7.json")
    try spool.restart()
    #expect(try spool.events().map { $0["errors"] } == [["a", ["message": "b"]]])
  }

  @Test func `nothing is announced twice, and a job that ends again is announced again`() throws {
    let spool = try CacheSpool()
    try spool.fail("7")
    try spool.restart()
    try spool.restart()
    #expect(try spool.events().count == 1)
    try SystemFiles().unlink(spool.layout.root + "/errors/q/7.json")
    try spool.restart()
    try spool.fail("7", message: "again")
    try spool.restart()
    try spool.restart()
    #expect(try spool.events().map { $0["status"] } == ["error", "error"])
    try spool.finish("7", key: "k", data: "rows")
    try spool.restart()
    #expect(try spool.events().map { $0["status"] } == ["error", "error", "done"])
  }

  @Test func `the mark of a pruned result goes, at once or at the next scan`() throws {
    let spool = try CacheSpool()
    let files = SystemFiles()
    for id in ["1", "2"] { try spool.finish(id, key: id, data: id) }
    try spool.restart()
    #expect(try files.names(in: spool.layout.allMarks + "/q").count == 2)
    try files.unlink(spool.layout.root + "/results/q/1.json")
    let queue = try #require(QueueName("q"))
    let gone = try #require(Outcome(name: "1.json", in: queue, of: .result))
    try spool.keeper().settle([gone], at: spool.now)
    #expect(try files.names(in: spool.layout.allMarks + "/q") == ["2.json"])
    try files.unlink(spool.layout.root + "/results/q/2.json")
    try spool.restart()
    #expect(try files.names(in: spool.layout.allMarks + "/q").isEmpty)
    #expect(try spool.data(of: "1") == "1", "the cache keeps what results no longer have")
  }

  @Test func `ids rise also when the clock is set back and after a restart`() throws {
    let spool = try CacheSpool()
    for id in ["1", "2"] { try spool.finish(id, key: id, data: id) }
    try spool.restart()
    let expected = (0..<3).map(spool.eventID)
    spool.now = spool.now + .seconds(-3600)
    try spool.finish("3", key: "3", data: "3")
    try spool.restart()
    #expect(try spool.events().compactMap { $0["id"] } == expected)
  }

  @Test func `a line that somebody left unfinished does not swallow the next`() throws {
    let spool = try CacheSpool()
    try spool.directory.write("{\"id\": \"5-0\"}\n{\"id\": \"9", to: "events/c.jsonl")
    try spool.finish("1", key: "1", data: "1")
    try spool.restart()
    #expect(try spool.events().compactMap { $0["id"] } == ["5-0", spool.eventID(0)])
  }

  @Test func `a log that a power cut filled with zeros is repaired from the intention`() throws {
    let spool = try CacheSpool()
    try spool.finish("1", key: "1", data: "1")
    try spool.restart()
    let first = try spool.directory.read("events/c.jsonl")
    let line = first.replacing("-0\"", with: "-1\"")
    let intention = Announcement(
      logs: [.init(fileName: "c.jsonl", offset: first.utf8.count, bytes: Array(line.utf8))])
    for tail in ["", "\0\0\0\0", String(line.prefix(9)), line] {
      try spool.directory.write(first + tail, to: "events/c.jsonl")
      try spool.directory.write(intention.document.text, to: "cache/.announcement")
      try spool.restart()
      #expect(try spool.directory.read("events/c.jsonl") == first + line)
    }
  }

  @Test(
    arguments: [
      #"{"key": "k", "file": "../../../spool.toml"}"#, #"{"key": "k", "file": ".hidden"}"#,
      #"{"key": "k", "file": "link"}"#, #"{"key": "k", "file": "directory"}"#,
      #"{"key": "k", "file": "fifo"}"#, #"{"key": "k", "file": "missing"}"#,
      #"{"key": "", "file": "data"}"#, #"{"file": "data"}"#, #"{"key": "k"}"#, "7",
      #"{"key": "k", "file": "data", "timeout": -1}"#,
      #"{"key": "k", "file": "data", "timeout": 1.5}"#,
      #"{"key": "k", "file": "data", "timeout": 1e30}"#, #"{"key": "k", "file": "a\u0000b"}"#,
    ])
  func `a bad entry is an error event and touches nothing`(_ entry: String) throws {
    let spool = try CacheSpool()
    try spool.directory.write("secret", to: "spool.toml")
    try spool.directory.write("rows", to: "results/q/1.files/data")
    try spool.directory.write("", to: "results/q/1.files/directory/x")
    let files = "\(spool.layout.root)/results/q/1.files"
    #expect(Shell.run("ln -s data \(files)/link && mkfifo \(files)/fifo") == 0)
    try spool.directory.write(
      #"{"job_metadata": {"channel_id": "c"}, "cache": [\#(entry)]}"#, to: "results/q/1.json")
    try spool.restart()
    #expect(try spool.events().map { $0["status"] } == ["error"])
    #expect(try spool.store.statistics(at: spool.now).entries == 0)
    #expect(spool.reports.count == 1)
    #expect(try spool.strayNames().isEmpty)
  }

  @Test(arguments: ["../../etc/passwd", "a/b", "..", ".x", "a\nb"])
  func `no key and no channel leaves its directory`(_ name: String) throws {
    let spool = try CacheSpool()
    try spool.finish("1", key: name, data: "rows", channel: name)
    try spool.restart()
    #expect(try spool.data(of: name) == "rows")
    #expect(try spool.events(of: name).count == 1)
    #expect(try SystemFiles().names(in: spool.layout.events).count == 1)
  }

  @Test func `a failing result does not stop the others`() throws {
    let spool = try CacheSpool()
    for id in ["1", "2", "3"] { try spool.finish(id, key: id, data: id, channel: id) }
    try SystemFiles().makeDirectory(spool.layout.root + "/events/2.jsonl")
    try spool.restart()
    #expect(try spool.events(of: "1").count + spool.events(of: "3").count == 2)
    try SystemFiles().removeDirectory(spool.layout.root + "/events/2.jsonl")
    try spool.restart()
    #expect(try spool.events(of: "2").count == 1)
  }

  @Test func `a hundred results of one key leave the last`() throws {
    let spool = try CacheSpool()
    for id in 100..<200 { try spool.finish("\(id)", key: "k", data: "\(id)") }
    try spool.restart()
    #expect(try spool.data(of: "k") == "199")
    #expect(Set(try spool.events().map { $0["id"] }).count == 100)
    #expect(try spool.strayNames().isEmpty)
  }
}

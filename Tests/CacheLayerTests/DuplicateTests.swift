// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol
import SystemCalls
import Testing

@testable import CacheLayer

/// Jobs that were not run, since another one stands for them, and somebody waits for their events.
struct DuplicateTests {
  private func duplicate(_ id: String, of original: String, _ spool: CacheSpool) throws {
    let result: JSONValue = [
      "duplicate_of": .string(original), "queue": "q", "unique": "k",
      "job_metadata": spool.metadata(id, "c"),
    ]
    try spool.directory.write(result.text, to: "results/q/\(id).json")
  }

  private func outcome(_ id: String, _ kind: Outcome.Kind = .result) throws -> Outcome {
    Outcome(kind: kind, queue: try #require(QueueName("q")), id: try #require(JobID(id)))
  }

  private func told(_ spool: CacheSpool) throws -> [JSONValue?] {
    try spool.events().map { $0["job_id"] }
  }

  @Test func `a duplicate is told of when the job that was run is, and as it ended`() throws {
    let spool = try CacheSpool()
    let keeper = spool.keeper()
    try duplicate("b", of: "a", spool)
    try duplicate("c", of: "b", spool)
    try keeper.settle([outcome("b"), outcome("c")], at: spool.now)
    #expect(try spool.events().isEmpty)
    try spool.finish("a", key: "qc-1", data: "rows")
    try keeper.settle([outcome("a")], at: spool.now)
    #expect(try told(spool) == ["a", "b", "c"])
    #expect(try spool.events().allSatisfy { $0["result_url"] == "/api/qc-1" })
    #expect(try spool.events().allSatisfy { $0["status"] == "done" })
    try spool.restart()
    #expect(try spool.events().count == 3)
  }

  @Test func `a duplicate of a job that failed is told its errors`() throws {
    let spool = try CacheSpool()
    let keeper = spool.keeper()
    try duplicate("b", of: "a", spool)
    try keeper.settle([outcome("b")], at: spool.now)
    try spool.fail("a", message: "no such table")
    try keeper.settle([outcome("a", .failure)], at: spool.now)
    #expect(try told(spool) == ["a", "b"])
    #expect(try spool.events().last?["errors"] == [["message": "no such table"]])
  }

  @Test func `a duplicate that is found first does not go before the data`() throws {
    let spool = try CacheSpool()
    try duplicate("A", of: "z", spool)
    try spool.finish("z", key: "qc-1", data: "rows")
    try spool.restart()
    #expect(try told(spool) == ["z", "A"])
  }

  @Test func `results that name each other are waited for without end and without a loop`() throws {
    let spool = try CacheSpool()
    try duplicate("a", of: "b", spool)
    try duplicate("b", of: "a", spool)
    try duplicate("c", of: "c", spool)
    try spool.restart()
    #expect(try spool.events().isEmpty)
  }
}

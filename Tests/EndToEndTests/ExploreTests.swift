// SPDX-License-Identifier: MIT
import JSONValues
import SpoolTesting
import SystemCalls
import Testing

/// The form of a legacy chart, from the drop to the cache and the event.
@Suite struct ExploreTests {
  private static let queue = "load_explore_json_into_cache"
  private static let programs = RunningProgram.path.parentPath

  /// A spool with the sample databases, and a process that stays for all its jobs.
  private func spool() throws -> TestSpool {
    let spool = try TestSpool([Self.queue: "exec \(Self.programs)/\(Self.queue) \"$@\""])
    let metadata = "sqlite:///\(spool.root)/tmp/sample/example/metadata.db"
    try spool.put(
      """
      [superset]
      metadata_url = "\(metadata)"
      [queues.\(Self.queue)]
      resident = true
      workers = 1

      """, at: "spool.toml")
    spool.run("\(Self.programs)/spool init tmp/sample --example")
    try #require(spool.exists("tmp/sample/example/metadata.db"))
    return spool
  }

  private func drop(_ form: String, as id: String, in spool: TestSpool) throws {
    let job =
      #"{"job_metadata":{"channel_id":"c","job_id":"\#(id)","user_id":1},"form_data":\#(form)}"#
    try spool.put(job, at: "incoming/\(Self.queue)/\(id).json")
  }

  /// What was told of a job.
  private func event(of id: String, _ spool: TestSpool) -> JSONValue? {
    (spool.read("events/c.jsonl") ?? "").split(separator: "\n")
      .compactMap { try? JSONValue(parsing: String($0)) }.first { $0["job_id"] == .string(id) }
  }

  @Test func `the answer lies under its key, and the event says where, or what went wrong`() throws
  {
    let spool = try spool()
    let cache = try spool.start(program: "spool-cache")
    try spool.start()
    let form =
      #"{"datasource":"2__table","viz_type":"para","series":"region","metrics":["count"],"time_range":"No filter"}"#
    try drop(form, as: "good", in: spool)
    try drop(
      #"{"datasource":"2__table","viz_type":"time_table","metrics":[]}"#, as: "bad", in: spool)
    try #require(spool.waits { event(of: "good", spool) != nil && event(of: "bad", spool) != nil })
    let told = try #require(event(of: "good", spool))
    #expect(told["status"] == "done")
    let url = try #require(told["result_url"]?.stringValue)
    let key = url.dropFirst("/superset/explore_json/data/".count)
    #expect(url.hasPrefix("/superset/explore_json/data/ejr-"))
    let answer = try #require(spool.run("\(Self.programs)/spool --spool . cache get \(key)"))
    #expect(try JSONValue(parsing: answer)["data"]?.arrayValue?.isEmpty == false)
    let failed = try #require(event(of: "bad", spool))
    #expect(failed["status"] == "error" && failed["errors"] == ["Pick at least one metric"])
    #expect(spool.exists("errors/\(Self.queue)/bad.json"))
    cache.send(.terminate)
    #expect(spool.waits(forEndOf: cache))
  }
}

// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import SQLDatabases
import SystemCalls
import TaskContract
import Testing

/// What a task that stays sees of a Superset that changes between its jobs: all of it.
struct ResidentChartTests {
  private static let bob = 3
  private let bench: Workbench
  private let counts =
    #"{"datasource":{"id":2,"type":"table"},"queries":[{"columns":[],"metrics":["count"]}]}"#

  init() throws { bench = try Workbench() }

  private func count(_ answer: ResidentTask.Answer) -> Int? {
    answer.rows?.arrayValue?.first?["count"]?.integerValue
  }

  @Test func `each job is answered as by a process of its own`() throws {
    let task = try ResidentTask(bench)
    let alone = try bench.load(counts)
    #expect(alone.status == 0, "\(alone.log)")
    for _ in 1...3 { #expect(try task.ask(counts).rows == alone.rows) }
    let wrong = try task.ask(
      #"{"datasource":{"id":2,"type":"table"},"queries":[{"columns":["nothing"]}]}"#)
    #expect(wrong.status.map(Int32.init) == Verdict.badInput.rawValue)
    #expect(try task.ask(counts).rows == alone.rows)
  }

  @Test func `what a user loses between two jobs he has lost for the second`() throws {
    let task = try ResidentTask(bench)
    let before = try task.ask(counts, user: Self.bob)
    #expect(before.isOK)
    #expect(try task.ask(counts, user: Self.bob).isOK)
    try bench.changeMetadata(
      "UPDATE row_level_security_filters SET clause = 'orders < 3' WHERE id = 3")
    let fewer = try task.ask(counts, user: Self.bob)
    #expect(try #require(count(fewer)) < #require(count(before)))
    try bench.changeMetadata("DELETE FROM ab_permission_view_role WHERE role_id = 7")
    let forbidden = try task.ask(counts, user: Self.bob)
    #expect(forbidden.status.map(Int32.init) == Verdict.noPermission.rawValue)
    try bench.changeMetadata("UPDATE ab_user SET active = 0 WHERE id = \(Self.bob)")
    let inactive = try task.ask(counts, user: Self.bob)
    #expect(inactive.status.map(Int32.init) == Verdict.noUser.rawValue)
    #expect(try task.ask(counts).isOK)
  }

  @Test func `metadata that somebody puts in the place of others are read`() throws {
    try FileManager.default.copyItem(atPath: bench.metadata, toPath: "\(bench.path)/other.db")
    let builder = try SQLiteBuilder(creating: "\(bench.path)/other.db")
    try builder.run("UPDATE ab_user SET active = 0")
    try builder.finish()
    let task = try ResidentTask(bench)
    for _ in 1...2 { #expect(try task.ask(counts).isOK) }
    try SystemFiles().replace(bench.metadata, with: "\(bench.path)/other.db")
    #expect(try task.ask(counts).status.map(Int32.init) == Verdict.noUser.rawValue)
    try SystemFiles().unlink(bench.metadata)
    #expect(try task.ask(counts).status.map(Int32.init) == Verdict.unavailable.rawValue)
  }

  @Test func `data that change between two jobs are read as they are`() throws {
    let task = try ResidentTask(bench)
    let before = try #require(count(try task.ask(counts)))
    #expect(count(try task.ask(counts)) == before)
    let writer = try SQLiteBuilder(creating: bench.examples)
    try writer.run("INSERT INTO sales SELECT * FROM sales LIMIT 5")
    try writer.finish()
    #expect(count(try task.ask(counts)) == before + 5)
    try FileManager.default.copyItem(atPath: bench.examples, toPath: "\(bench.path)/other.db")
    let other = try SQLiteBuilder(creating: "\(bench.path)/other.db")
    try other.run("DELETE FROM sales WHERE rowid > 7")
    try other.finish()
    try SystemFiles().replace(bench.examples, with: "\(bench.path)/other.db")
    #expect(count(try task.ask(counts)) == 7)
  }

  @Test func `a changed spool.toml holds for the next job`() throws {
    let path = "\(bench.path)/spool.toml"
    let raw = #"{"datasource":{"id":2,"type":"table"},"queries":[{"columns":["region"]}]}"#
    func write(_ limit: Int) throws {
      try bench.write(
        "spool.toml",
        "[superset]\nmetadata_url = 'sqlite:///\(bench.metadata)'\nrow_limit = \(limit)\n")
    }
    try write(3)
    let task = try ResidentTask(
      bench, arguments: ["--config", path], ["SUPERSET_METADATA_URL": ""])
    for _ in 1...2 { #expect(try task.ask(raw).rows?.arrayValue?.count == 3) }
    try write(2)
    #expect(try task.ask(raw).rows?.arrayValue?.count == 2)
    try bench.write("spool.toml", "[superset]\nrow_limit = 'many'\n")
    #expect(try task.ask(raw).status.map(Int32.init) == Verdict.badConfiguration.rawValue)
    try write(4)
    #expect(try task.ask(raw).rows?.arrayValue?.count == 4)
  }
}

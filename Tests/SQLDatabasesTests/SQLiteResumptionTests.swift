// SPDX-License-Identifier: MIT
import Foundation
import SpoolTesting
import SystemCalls
import Testing

@testable import SQLDatabases

/// A database that stays open from one job to the next.
struct SQLiteResumptionTests {
  private let directory: TemporaryDirectory
  private let path: String
  private let question = SQLStatement("SELECT a FROM t WHERE a > ? ORDER BY a", .integer(0))

  init() throws {
    directory = try TemporaryDirectory()
    path = "\(directory.path)/data.db"
    try write(path, "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)")
  }

  private func write(_ path: String, _ script: String) throws {
    let builder = try SQLiteBuilder(creating: path)
    try builder.run(script)
    try builder.finish()
  }

  private func answer(of database: SQLiteDatabase) throws -> [SQLValue] {
    try database.rows(question) { $0[0] }
  }

  /// Opens it when its last change is old enough, so that any further one will show.
  private func settled(_ path: String? = nil) throws -> SQLiteDatabase {
    let path = path ?? self.path
    while true {
      let database = try SQLiteDatabase(readingFrom: path)
      guard !database.resumes(until: nil) else { return database }
    }
  }

  @Test func `it resumes as long as its file is the same`() throws {
    let database = try settled()
    #expect(try answer(of: database) == [.integer(1), .integer(2)])
    #expect(database.resumes(until: nil))
    #expect(try answer(of: database) == [.integer(1), .integer(2)])
  }

  @Test func `it does not resume when another file has come in its place`() throws {
    let database = try settled()
    try write("\(directory.path)/new.db", "CREATE TABLE t (a); INSERT INTO t VALUES (3), (4)")
    try SystemFiles().replace(path, with: "\(directory.path)/new.db")
    #expect(!database.resumes(until: nil))
    #expect(try answer(of: settled()) == [.integer(3), .integer(4)])
    try SystemFiles().unlink(path)
    #expect(!database.resumes(until: nil))
  }

  @Test func `it does not resume when its bytes were exchanged by others than SQLite`() throws {
    let database = try settled()
    _ = try answer(of: database)
    // The same counters and the same size: SQLite would take its old pages for right.
    try write("\(directory.path)/new.db", "CREATE TABLE t (a); INSERT INTO t VALUES (5), (6)")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(directory.path)/new.db"))
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.write(contentsOf: bytes)
    #expect(!database.resumes(until: nil))
    #expect(try answer(of: settled()) == [.integer(5), .integer(6)])
  }

  @Test func `it does not resume when a link leads to another file`() throws {
    let link = "\(directory.path)/link.db"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "data.db")
    let database = try settled(link)
    try write("\(directory.path)/new.db", "CREATE TABLE t (a)")
    try FileManager.default.removeItem(atPath: link)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "new.db")
    #expect(!database.resumes(until: nil))
  }

  @Test func `a file that has just been written is not trusted to show the next change`() throws {
    try write("\(directory.path)/new.db", "CREATE TABLE t (a)")
    let database = try SQLiteDatabase(readingFrom: "\(directory.path)/new.db")
    // Where this machine is slow, the tick is over before it is opened.
    let status = try SystemFiles().status(of: "\(directory.path)/new.db")
    if status?.isSettled(at: SystemClock.now()) == false {
      #expect(!database.resumes(until: nil))
    }
  }

  @Test func `what others write is seen, a changed schema too`() throws {
    let database = try settled()
    #expect(try answer(of: database) == [.integer(1), .integer(2)])
    try write(path, "INSERT INTO t VALUES (7)")
    #expect(try answer(of: database) == [.integer(1), .integer(2), .integer(7)])
    try write(path, "CREATE TABLE u (b); DROP TABLE t; CREATE TABLE t (c, a)")
    #expect(try answer(of: database) == [])
    try write(path, "DROP TABLE t")
    #expect(throws: SQLError.statement(reason: "no such table: t")) { try answer(of: database) }
  }

  @Test func `between two statements nobody is kept from writing`() throws {
    let database = try settled()
    #expect(throws: SQLError.interrupted) {
      try database.read(question) { (_: any SQLRow) throws(SQLError) in throw .interrupted }
    }
    let writer = try SQLiteBuilder(creating: path)
    try writer.run("COMMIT; BEGIN EXCLUSIVE; INSERT INTO t VALUES (8)")
    try writer.finish()
    #expect(try answer(of: database).last == .integer(8))
  }

  @Test func `a statement may be asked again during its own visit, with other parameters`() throws {
    let database = try settled()
    var seen: [[SQLValue]] = []
    try database.read(question) { (row: any SQLRow) throws(SQLError) in
      let inner = SQLStatement(question.text, .integer(row.integer(at: 0)))
      seen.append([row[0]] + (try database.rows(inner) { $0[0] }))
    }
    #expect(seen == [[.integer(1), .integer(2)], [.integer(2)]])
    #expect(try answer(of: database) == [.integer(1), .integer(2)])
  }
}

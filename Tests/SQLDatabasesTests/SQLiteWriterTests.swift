// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

@testable import SQLDatabases

/// What only files can do to a writer.
struct SQLiteWriterTests {
  private let place: WritablePlace
  private let insertion = SQLStatement("INSERT INTO t (a) VALUES (4)")

  init() throws { place = try WritablePlace(.sqlite) }

  @Test func `whoever holds the lock longer than a moment makes us try later`() throws {
    let other = try SQLiteBuilder(creating: place.path)
    try other.run("COMMIT; BEGIN IMMEDIATE; DELETE FROM t WHERE a = 1")
    let writer = try place.writer()
    #expect(throws: SQLError.locked(path: place.path)) { try writer.write([insertion]) }
    try other.finish()
    #expect(try writer.write([insertion]) == [1])
  }

  @Test
  func `a reader in the middle of its rows keeps a commit waiting, and then nothing of it counts`()
    throws
  {
    let writer = try place.writer()
    var visited = 0
    try place.reader().read(SQLStatement("SELECT a FROM t")) { (_: any SQLRow) throws(SQLError) in
      visited += 1
      guard visited == 1 else { return }
      #expect(throws: SQLError.locked(path: place.path)) { try writer.write([insertion]) }
    }
    #expect(visited == 3)
    #expect(try writer.write([insertion]) == [1])
  }

  @Test func `a writer that cannot make sure of its commits is none`() throws {
    let other = try SQLiteBuilder(creating: place.path)
    try other.run("COMMIT; BEGIN EXCLUSIVE")
    #expect(throws: SQLError.locked(path: place.path)) { try place.writer() }
    try other.finish()
    #expect(try place.writer().write([insertion]) == [1])
  }

  @Test func `a file that is not there is not made`() throws {
    let path = place.path + "-other"
    #expect(throws: SQLError.missing(path: path)) { try SQLiteWriter(writingTo: path) }
    #expect(try !SystemFiles().exists(path))
  }

  @Test func `a file that may not be written is told by its name`() throws {
    // A file format of the future: even root may only read it.
    let file = try SystemFiles().open(place.path, .update)
    try file.seek(to: 18)
    try file.write([3])
    #expect(
      throws: SQLError.notWritable(
        place: place.path, reason: "attempt to write a readonly database")
    ) { try place.writer().write([insertion]) }
  }

  @Test func `a file that is no database is one that nobody writes to`() throws {
    try SystemFiles().write(
      Array("this is no database, but long enough to have been one".utf8),
      to: try SystemFiles().open(place.path + "-other", .create))
    #expect(throws: SQLError.self) {
      try SQLiteWriter(writingTo: place.path + "-other").write([insertion])
    }
  }
}

// SPDX-License-Identifier: MIT
import Foundation
import SQLDatabases
import SpoolTesting
import SystemCalls
import Testing

@testable import SampleData

struct SampleDataTests {
  private static let now = Timestamp(seconds: 1_800_000_000)

  @Test func `the sample is the same every time`() throws {
    let (first, second) = (try TemporaryDirectory(), try TemporaryDirectory())
    try SampleData.write(to: first.path, now: Self.now)
    try SampleData.write(to: second.path, now: Self.now)
    for name in [SampleData.metadataName, SampleData.examplesName] {
      let contents = [first, second].map {
        FileManager.default.contents(atPath: "\($0.path)/\(name)")
      }
      #expect(contents[0] != nil && contents[0] == contents[1])
    }
  }

  @Test func `the tables are large and odd enough to be worth looking at`() throws {
    let directory = try TemporaryDirectory()
    try SampleData.write(to: directory.path, now: Self.now)
    let database = try SQLiteDatabase(readingFrom: "\(directory.path)/examples.db")
    func number(_ sql: String) throws -> Int {
      try database.rows(SQLStatement(sql)) { $0[0].integerValue ?? -1 }.first ?? -1
    }
    #expect((73_000...77_000).contains(try number("SELECT COUNT(*) FROM birth_names")))
    #expect(try number("SELECT COUNT(*) FROM sales") == Sales.rowCount)
    let oddities = [
      "name IS NULL", "num IS NULL", "state IS NULL", "ds IS NULL", "name = ''",
      "name LIKE ' %'", "name LIKE '%''%'", "name LIKE '%\"%'", "name LIKE '%\\%'", "name = '🌻'",
    ]
    for oddity in oddities {
      #expect(try number("SELECT COUNT(*) FROM birth_names WHERE \(oddity)") > 0, "\(oddity)")
    }
    for column in ["region", "sales", "is_delivery", "note"] {
      #expect(try number("SELECT COUNT(*) FROM sales WHERE \(column) IS NULL") > 0, "\(column)")
    }
    #expect(try number("SELECT COUNT(*) FROM birth_names WHERE num < 0") == 0)
  }

  @Test func `a half-written sample is never seen under its name`() throws {
    let directory = try TemporaryDirectory()
    try Data("left by a crash".utf8).write(
      to: URL(fileURLWithPath: "\(directory.path)/.examples.db.new"))
    try SampleData.write(to: directory.path, now: Self.now)
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
    #expect(names == ["examples.db", "metadata.db"])
  }
}

// SPDX-License-Identifier: MIT
import SQLDatabases
import SystemCalls
import Testing

/// How often the database is asked: its time is what a chart costs.
struct StatementCountTests {
  /// A database that counts its statements.
  private final class CountingDatabase: SQLDatabase {
    private(set) var count = 0
    private let database: any SQLDatabase
    var dialect: SQLDialect { database.dialect }

    init(_ database: any SQLDatabase) { self.database = database }

    func read(
      _ statement: SQLStatement, _ visit: (any SQLRow) throws(SQLError) -> Void
    ) throws(SQLError) {
      count += 1
      try database.read(statement, visit)
    }

    func resumes(until deadline: Timestamp?) -> Bool { database.resumes(until: deadline) }
  }

  @Test(arguments: ["001-groupby-one", "314-empty-result", "316-empty-result-post"])
  func `one query is one statement, also where it finds nothing that could be worked up`(
    _ name: String
  ) throws {
    let recording = try Recording.shared.get()
    let golden = try #require(recording.cases.first { $0.name == name })
    let data = CountingDatabase(try recording.open("examples"))
    let answer = try GoldenRun(golden) { name in
      if name == "examples" { data } else { try recording.open(name) }
    }.answer()
    #expect(answer?.status == 200)
    #expect(data.count == 1)
  }
}

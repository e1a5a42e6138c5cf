// SPDX-License-Identifier: MIT
import SQLDatabases
import SpoolTesting
import Testing

@testable import SupersetMetadata

/// The recorded requests again, with metadata and data in PostgreSQL: the same rows where Superset's rules say so.
@Suite(.enabled(if: PostgresServer.isInstalled, "\(PostgresServer.howToInstall)"))
struct PostgresGoldenTests {
  @Test func `PostgreSQL gives the recorded rows, or has its reason`() throws {
    let recording = try Recording.shared.get()
    let postgres = try PostgresRecording.shared.get()
    let databases = [
      "metadata": try postgres.open("metadata"), "examples": try postgres.open("examples"),
    ]
    var passed = 0
    var asked = 0
    // Legacy charts shape the same rows; their documents hold the SQL, which differs.
    for golden in recording.cases
    where recording.later[golden.name] == nil && !golden.path.hasPrefix(ExploreComparison.path) {
      asked += 1
      let comparison = GoldenComparison(golden) { name in
        guard let database = databases[name] else { throw SQLError.missing(path: name) }
        return database
      }
      let differences = try comparison.rowDifferences()
      guard let reason = postgres.different[golden.name] else {
        #expect(differences == [], "\(golden.name)")
        passed += 1
        continue
      }
      #expect(differences != [], "\(golden.name) is the same now: take it off the list")
      // Where the order alone is different, nothing else may be.
      guard reason.hasPrefix("order: ") else { continue }
      #expect(differences.allSatisfy { $0.hasPrefix("order: ") }, "\(golden.name)")
    }
    print("\(passed) of \(asked) recorded cases have the same rows in PostgreSQL")
  }

  @Test func `a Superset over PostgreSQL gives the same answers`() throws {
    let recording = try Recording.shared.get()
    let postgres = try PostgresRecording.shared.get()
    let databases = [
      "metadata": try postgres.open("metadata"), "examples": try postgres.open("examples"),
    ]
    #expect(recording.postgresCases.count > 300)
    for golden in recording.postgresCases {
      let comparison = GoldenComparison(golden) { name in
        guard let database = databases[name] else { throw SQLError.missing(path: name) }
        return database
      }
      #expect(try comparison.differences() == [], "\(golden.name)")
    }
  }

  @Test func `the list of what is different names only recorded cases, each with a reason`() throws
  {
    let recording = try Recording.shared.get()
    let names = Set(recording.cases.map(\.name))
    for (name, reason) in try PostgresRecording.shared.get().different {
      #expect(names.contains(name) && !reason.isEmpty, "\(name)")
    }
  }

  @Test func `both databases tell the same of users, their rights and datasets`() throws {
    let recording = try Recording.shared.get()
    let ours = MetadataStore(try PostgresRecording.shared.get().open("metadata"))
    let theirs = MetadataStore(
      try SQLiteDatabase(readingFrom: "\(recording.directory)/metadata.db"))
    for name in ["admin", "alice", "bob"] {
      let user = try ours.user(named: name)
      #expect(user == (try theirs.user(named: name)))
      for id in 1...3 {
        #expect(
          try ours.rowFilters(onDataset: id, for: user)
            == theirs.rowFilters(onDataset: id, for: user))
        let dataset = try ours.dataset(id: id)
        #expect(try ours.canRead(dataset, as: user) == theirs.canRead(dataset, as: user))
        #expect(dataset.metrics == (try theirs.dataset(id: id)).metrics)
      }
    }
    #expect(try ours.anonymousUser() == theirs.anonymousUser())
    #expect(try ours.rowFilters(onDataset: 1, for: User(id: nil, username: "", roles: [])).isEmpty)
    #expect(try ours.chart(id: 1) == theirs.chart(id: 1))
    #expect(throws: MetadataError.noUserNamed("nobody")) { try ours.user(named: "nobody") }
  }
}

// SPDX-License-Identifier: MIT
import CacheWarmUp
import ChartQueries
import JSONValues
import SpoolTesting
import SupersetMetadata
import Testing

/// The recorded metadata in SQLite and in PostgreSQL choose the same charts and the same users.
@Suite(.enabled(if: PostgresServer.isInstalled, "\(PostgresServer.howToInstall)"))
struct PostgresWarmUpTests {
  private let stores: [MetadataStore]

  init() throws {
    stores = [
      MetadataStore(try Recording.shared.get().open("metadata")),
      MetadataStore(try PostgresRecording.shared.get().open("metadata")),
    ]
  }

  @Test(
    arguments: [
      ("dummy", [], 18), ("top_n_dashboards", [2, "3000 days ago"], 12),
      ("top_n_dashboards", [2, "1 hour ago"], 0), ("dashboard_tags", [["core"]], 10),
      ("dashboard_tags", [["core", "'"]], 10), ("dashboards", [[1, 3, 7]], 14),
    ] as [(String, [JSONValue], Int)])
  func `strategies choose the same charts`(
    _ name: String, _ arguments: [JSONValue], _ count: Int
  ) throws {
    let now = try #require(CivilTime(year: 2026, month: 11, day: 29))
    let charts = try stores.map {
      try WarmUpStrategies.charts(of: name, StrategyArguments(arguments), now: now, from: $0)
    }
    #expect(charts[0].count == count)
    #expect(charts[0] == charts[1])
  }

  @Test(arguments: OwnedKind.allCases)
  func `rules find the same users`(_ kind: OwnedKind) throws {
    let executors = try stores.map { store in
      let object = try store.owned(kind, id: 1)
      return try store.executor([.creatorOwner, .owner], for: object, seleniumUser: nil)
    }
    #expect(executors[0].user.username == "admin")
    #expect(executors[0] == executors[1])
  }
}

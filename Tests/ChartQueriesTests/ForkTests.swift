// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import ChartQueries
@testable import SupersetMetadata

/// What DODO's fork of Superset adds, and only it.
struct ForkTests {
  private static let query: JSONValue = [
    "columns": ["region"], "metrics": ["count"], "granularity": "ds",
    "time_range": "2024-01-01 : 2024-02-01", "time_range_end_type": "included",
  ]
  private static let limits = RowLimits(standard: 50, samples: 10, maximum: 100)

  private func context(
    _ language: JSONValue?, format: JSONValue = "json", isFork: Bool = true
  ) throws -> QueryContext {
    var request: JSONObject = [
      "datasource": ["id": 1, "type": "table"], "queries": [Self.query],
      "result_format": format,
    ]
    if let language { request["language"] = language }
    return try QueryContext(.object(request), isFork: isFork, now: .test)
  }

  private func sql(_ query: QueryObject) throws -> String {
    try SelectBuilder(
      query, over: .sample, rowFilters: [], limits: Self.limits, templates: .off, in: .sqlite
    ) { _ in true }.statement().text
  }

  @Test func `a range includes its end where the fork is asked to`() throws {
    let asked = try context(nil).queries(temporalColumns: [])[0]
    #expect(try sql(asked).contains("ds <= '2024-02-01 00:00:00"))
    let unknown = try context(nil, isFork: false).queries(temporalColumns: [])[0]
    #expect(try sql(unknown).contains("ds < '2024-02-01 00:00:00"))
  }

  @Test func `its keys are made of the kind of end, were it none`() throws {
    func key(isFork: Bool) throws -> String {
      let query = try QueryObject(["columns": ["region"]], now: .test)
      return CacheIdentity(.sample, rowFilters: [], limits: Self.limits, isFork: isFork)
        .queryKey(of: query)
    }
    #expect(try key(isFork: true) != key(isFork: false))
  }

  @Test func `a language is known to the fork alone, and counts where it is seen`() throws {
    #expect(throws: ChartQueryError.incorrect(FieldFault("language", "Unknown field."))) {
      try context("ru", isFork: false)
    }
    #expect(
      throws: ChartQueryError.incorrect(FieldFault("language", "Must be one of: ru, en."))
    ) {
      try context("de")
    }
    #expect(try context("ru", format: "csv").isRussian)
    #expect(try !context("ru").isRussian && !context("en", format: "csv").isRussian)
    let keys = try [context("ru", format: "csv"), context("en", format: "csv")].map {
      CacheIdentity(.sample, rowFilters: [], limits: Self.limits)
        .contextKey(of: $0.members(temporalColumns: []))
    }
    #expect(keys[0] != keys[1])
  }
}

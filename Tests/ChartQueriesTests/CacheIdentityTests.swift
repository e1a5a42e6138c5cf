// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts
import Testing

@testable import ChartQueries
@testable import SupersetMetadata

struct CacheIdentityTests {
  private static let query: JSONValue = [
    "columns": ["region"], "metrics": ["count", "revenue"], "orderby": [["count", false]],
    "filters": [], "row_limit": 10,
  ]
  private static let limits = RowLimits(standard: 50_000, samples: 1_000, maximum: 100_000)

  private func identity(_ filters: [RowFilter] = []) -> CacheIdentity {
    CacheIdentity(.sample, rowFilters: filters, limits: Self.limits)
  }

  /// The text and its MD5 are those of a real Superset.
  @Test func `a query's key is Superset's`() throws {
    #expect(
      identity().queryKey(of: try QueryObject(Self.query, now: .test))
        == "22b4e215496e1dda43cc287ab877e764")
    var members = Self.query.objectValue ?? [:]
    members["time_range"] = "2024-01-01 : "
    #expect(
      identity().queryKey(of: try QueryObject(.object(members), now: .test))
        != "22b4e215496e1dda43cc287ab877e764")
  }

  @Test func `a context's key is Superset's`() throws {
    let context = try QueryContext(
      [
        "datasource": ["id": 1, "type": "table"], "queries": [Self.query],
        "force": true,
      ], now: .test)
    #expect(
      identity().contextKey(of: context.members(temporalColumns: []))
        == "qc-6515385c85ca6f4db283544542cc4269")
  }

  @Test func `users who see different rows never share a key`() throws {
    let context = try QueryContext(
      [
        "datasource": ["id": 1, "type": "table"], "queries": [Self.query],
      ], now: .test)
    let filters = [
      [], [RowFilter(clause: "a = 1", groupKey: nil)], [RowFilter(clause: "a = 2", groupKey: nil)],
      [RowFilter(clause: "a = 1", groupKey: "g")],
      // As Superset writes them into its keys, these would be the same.
      [RowFilter(clause: "a = 1-g", groupKey: nil, isGuests: true)],
      [RowFilter(clause: "a = 1-g", groupKey: nil)], [RowFilter(clause: "a", groupKey: "b-")],
      [RowFilter(clause: "a-b", groupKey: nil)],
    ]
    #expect(
      Set(filters.map { identity($0).contextKey(of: context.members(temporalColumns: [])) }).count
        == filters.count)
  }

  @Test func `a pivot table's key is also one of its form`() throws {
    let keys = try ["Sum", "Average"].flatMap { function in
      try ["post_processed", "full"].map { type in
        let context = try QueryContext(
          [
            "datasource": ["id": 1, "type": "table"], "queries": [Self.query],
            "result_type": .string(type),
            "form_data": [
              "viz_type": "pivot_table_v2", "metrics": ["count"],
              "aggregateFunction": .string(function),
            ],
          ], now: .test)
        return identity().contextKey(of: context.members(temporalColumns: []))
      }
    }
    #expect(keys[0] != keys[2] && keys[1] == keys[3])
  }

  @Test(arguments: [
    ("", "d41d8cd98f00b204e9800998ecf8427e"), ("abc", "900150983cd24fb0d6963f7d28e17f72"),
    ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
    (
      "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
      "57edf4a22be3c955ac49da2e2107b67a"
    ),
  ])
  func `MD5 is that of RFC 1321`(_ text: String, _ digest: String) {
    #expect(MD5.hexadecimal(text) == digest)
  }

  @Test func `texts are escaped as Python escapes them`() {
    let value: JSONValue = ["b": "é\u{7F}/\"\n😀", "B": [1.0, 1e20, 0.1, 9_007_199_254_740_993.0]]
    #expect(
      PythonText.json(value)
        == #"{"B": [1.0, 1e+20, 0.1, 9007199254740992.0], "b": "\u00e9\u007f/\"\n\ud83d\ude00"}"#)
  }
}

extension Dataset {
  /// The dataset for which Superset's keys were noted.
  static let sample = sample(predicate: nil)

  static func sample(predicate: String?) -> Dataset {
    Dataset(
      id: 1, name: "sales", schema: nil, catalog: nil, sql: nil, mainTemporalColumn: "ds",
      hourOffset: 0, cacheTimeout: nil, fetchValuesPredicate: predicate, templateParameters: nil,
      alwaysFiltersMainTemporalColumn: false, perm: nil, schemaPerm: nil, catalogPerm: nil,
      changedOn: "2024-01-02 03:04:05.678901",
      database: DatasetDatabase(id: 1, name: "examples", uri: "sqlite:///e.db", cacheTimeout: nil),
      columns: [
        DatasetColumn(
          name: "ds", verboseName: nil, type: "DATETIME", expression: nil, isTemporal: true,
          pythonDateFormat: nil),
        DatasetColumn(
          name: "region", verboseName: nil, type: "VARCHAR(64)", expression: nil, isTemporal: false,
          pythonDateFormat: nil),
        DatasetColumn(
          name: "qty", verboseName: nil, type: "BIGINT", expression: nil, isTemporal: false,
          pythonDateFormat: nil),
        DatasetColumn(
          name: "price", verboseName: nil, type: "DOUBLE PRECISION", expression: nil,
          isTemporal: false, pythonDateFormat: nil),
        DatasetColumn(
          name: "active", verboseName: nil, type: "BOOLEAN", expression: nil, isTemporal: false,
          pythonDateFormat: nil),
      ],
      metrics: [
        DatasetMetric(name: "count", verboseName: nil, expression: "COUNT(*)"),
        DatasetMetric(name: "revenue", verboseName: nil, expression: "SUM(qty*price)"),
      ])
  }
}

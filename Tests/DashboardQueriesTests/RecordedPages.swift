// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import Testing

@testable import DashboardQueries
@testable import SupersetMetadata

/// What a browser has posted; `recorded/record.py` has watched it.
struct RecordedPages {
  /// One request that a page has made.
  struct Request: CustomStringConvertible {
    let page: String
    let pageID: Int
    let chartID: Int
    /// Nil where a chart has asked.
    let filterID: String?
    let kind: String
    let body: JSONValue

    var description: String { "\(kind) of chart \(chartID) on \(page) \(pageID)" }
  }

  let charts: [Int: Chart]
  let dashboards: [Int: Dashboard]
  let titles: [String: Int]
  let requests: [Request]

  static let all = Result { try RecordedPages() }

  private init() throws {
    var charts: [Int: Chart] = [:]
    for row in try Self.rows("charts") {
      let id = try #require(row["id"]?.integerValue)
      charts[id] = Chart(
        id: id, name: "c\(id)", vizType: row["viz_type"]?.stringValue ?? "",
        datasetID: row["datasource"]?.integerValue ?? 0,
        datasource: "\(row["datasource"]?.integerValue ?? 0)__table", cacheTimeout: nil,
        queryContext: nil, form: row["params"]?.text)
    }
    var dashboards: [Int: Dashboard] = [:]
    var titles: [String: Int] = [:]
    for row in try Self.rows("dashboards") {
      let id = try #require(row["id"]?.integerValue)
      dashboards[id] = Dashboard(
        id: id, isPublished: true, metadata: row["json_metadata"]?.text,
        position: row["position_json"]?.text, roles: [], owners: [],
        charts: Set(row["charts"]?.arrayValue?.compactMap(\.integerValue) ?? []), embeddings: [])
      titles[row["title"]?.stringValue ?? ""] = id
    }
    self.charts = charts
    self.dashboards = dashboards
    self.titles = titles
    requests = try Self.rows("requests").map { row in
      Request(
        page: row["page"]?.stringValue ?? "", pageID: row["id"]?.integerValue ?? 0,
        chartID: row["chart"]?.integerValue ?? 0, filterID: row["chart"]?.stringValue,
        kind: row["kind"]?.stringValue ?? "", body: row["body"] ?? .null)
    }
  }

  private static func rows(_ name: String) throws -> [JSONValue] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "recorded")
    let text = try String(contentsOf: folder.appending(path: "\(name).jsonl"), encoding: .utf8)
    return try text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
  }

  func filters(ofDashboard id: Int) throws -> DashboardFilters {
    let dashboard = try #require(dashboards[id])
    let types = charts.filter { dashboard.charts.contains($0.key) }.mapValues(\.vizType)
    return try DashboardFilters(of: dashboard, types: types)
  }

  /// The requests of a dashboard's page, for each chart the first one.
  func requests(ofDashboard id: Int) -> [Request] {
    var seen: Set<Int> = []
    return requests.filter {
      $0.page == "dashboard" && $0.pageID == id && seen.insert($0.chartID).inserted
    }
  }
}

extension JSONValue {
  /// With the members of all objects in the order of their names, as they stand in a key.
  var sorted: JSONValue {
    switch self {
    case .array(let elements): .array(elements.map(\.sorted))
    case .object(let members):
      .object(
        JSONObject(
          uniqueKeysWithValues: members.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted) }
        ))
    default: self
    }
  }
}

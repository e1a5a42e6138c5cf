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
  /// Charts after somebody has saved them on their own pages, by their numbers.
  let saved: [Int: JSONValue]

  static let all = Result { try RecordedPages() }

  private init() throws {
    func numbered(_ name: String) throws -> [(Int, JSONValue)] {
      try Self.rows(name).map { (try #require($0["id"]?.integerValue), $0) }
    }
    charts = Dictionary(
      uniqueKeysWithValues: try numbered("charts").map { ($0, Self.chart($0, $1)) })
    saved = Dictionary(uniqueKeysWithValues: try numbered("saved"))
    var dashboards: [Int: Dashboard] = [:]
    var titles: [String: Int] = [:]
    for (id, row) in try numbered("dashboards") {
      dashboards[id] = Dashboard(
        id: id, isPublished: true, metadata: row["json_metadata"]?.text,
        position: row["position_json"]?.text, roles: [], owners: [],
        charts: Set(row["charts"]?.arrayValue?.compactMap(\.integerValue) ?? []), embeddings: [])
      titles[row["title"]?.stringValue ?? ""] = id
    }
    self.dashboards = dashboards
    self.titles = titles
    requests = try Self.rows("requests").map { row in
      Request(
        page: row["page"]?.stringValue ?? "", pageID: row["id"]?.integerValue ?? 0,
        chartID: row["chart"]?.integerValue ?? 0, filterID: row["chart"]?.stringValue,
        kind: row["kind"]?.stringValue ?? "", body: row["body"] ?? .null)
    }
  }

  static func chart(_ id: Int, _ row: JSONValue) -> Chart {
    let dataset = row["datasource"]?.integerValue ?? 0
    return Chart(
      id: id, name: "c\(id)", vizType: row["viz_type"]?.stringValue ?? "", datasetID: dataset,
      datasource: "\(dataset)__table", cacheTimeout: nil, queryContext: nil,
      form: row["params"]?.text)
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

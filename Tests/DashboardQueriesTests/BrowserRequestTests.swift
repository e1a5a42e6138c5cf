// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import DashboardQueries
@testable import SupersetMetadata

/// Requests of charts on dashboards, against what a browser has posted for the same.
struct BrowserRequestTests {
  /// Of the body the members that Superset's key is made of.
  private static let keyMembers = ["datasource", "queries", "result_type", "result_format"]

  /// Of the sample data, in the order in which the recorded filters sort them.
  private static let firstValues: [String: JSONValue] = [
    "NATIVE_FILTER-1": "boy", "NATIVE_FILTER-2": "Natalie", "NATIVE_FILTER-3": "girl",
  ]

  private let pages: RecordedPages

  init() throws { pages = try RecordedPages.all.get() }

  @Test func `a chart is asked for as the browser asks that opens the dashboard`() throws {
    var count = 0
    for id in pages.dashboards.keys.sorted() {
      let filters = try pages.filters(ofDashboard: id).taking(firstValues: Self.firstValues)
      for recorded in pages.requests(ofDashboard: id) {
        let chart = try #require(pages.charts[recorded.chartID])
        let request = try BrowserRequest(of: chart, on: filters)
        expect(request, is: recorded)
        count += 1
      }
    }
    #expect(count > 300)
  }

  @Test func `a filter asks for its values as the browser's does`() throws {
    var count = 0
    for recorded in pages.requests where recorded.page == "filter" {
      let filters = try pages.filters(ofDashboard: recorded.pageID)
      let filter = try #require(filters.filters.first { $0.id == recorded.filterID })
      guard filter.definition["filterType"] == "filter_select" else { continue }
      let body = try filters.body(of: filter, for: .superset, rowLimit: 1000)
      expect(.chartData(body), is: recorded)
      count += 1
    }
    #expect(count > 10)
  }

  @Test func `where nothing can be asked the browser has asked nothing`() throws {
    let needed = try #require(pages.titles["needed"])
    #expect(!pages.requests.contains { $0.page == "dashboard" && $0.pageID == needed })
    let filters = try pages.filters(ofDashboard: needed)
    var silent: Set<Int> = []
    for chart in pages.charts.values {
      #expect(throws: DashboardQueryError.noValue(filters: ["F1"])) {
        try BrowserRequest(of: chart, on: filters)
      }
      do { _ = try BrowserRequest(of: chart, on: nil) } catch { silent.insert(chart.id) }
    }
    let asked = Set(pages.requests.map(\.chartID))
    #expect(!silent.isEmpty)
    #expect(silent == Set(pages.charts.keys).subtracting(asked))
  }

  /// Older forms are made over there before they ask: that takes the dataset, and is not ours to
  /// do.
  @Test func `a chart that its own page has saved is asked for as this page asks`() throws {
    var count = 0
    for recorded in pages.requests where recorded.page == "explore" {
      let chart = try #require(pages.charts[recorded.chartID])
      guard Self.isOfToday(ChartForm.saved(chart)) else { continue }
      expect(try BrowserRequest(of: chart, on: nil), is: recorded)
      count += 1
    }
    #expect(count > 12)
  }

  private static func isOfToday(_ form: JSONObject) -> Bool {
    let filters = form.filter { $0.key.hasPrefix("adhoc_filters") }.map { Optional($0.value).list }
    let isOfTime =
      !filters.isEmpty
      && filters.allSatisfy { filters in
        filters.contains { $0["operator"] == "TEMPORAL_RANGE" }
      }
    return isOfTime && form["granularity"] == nil && form["time_compare"]?.stringValue == nil
  }

  private func expect(_ request: BrowserRequest, is recorded: RecordedPages.Request) {
    switch request {
    case .exploreJSON(let form):
      #expect(recorded.kind == "exploreJSON", "\(recorded)")
      // What Superset throws away before it makes the key.
      var posted = recorded.body.objectValue
      posted?["js_tooltip"] = nil
      #expect(form.sorted.text == posted.map { JSONValue.object($0).sorted.text }, "\(recorded)")
    case .chartData(let body):
      #expect(recorded.kind == "chartData", "\(recorded)")
      for name in Self.keyMembers {
        #expect(
          body[name]?.sorted.text == recorded.body[name]?.sorted.text, "\(name) in \(recorded)")
      }
    }
  }
}

// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import DashboardQueries
@testable import SupersetMetadata

/// What could not be recorded: types of others, forms that no page can use, DODO's fork.
struct OtherTypesTests {
  private static let dashboard = Dashboard.of(filters: [
    .filter(
      extra: [
        "filters": [["col": "a"]], "time_grain_sqla": "P1M", "time_range_end_type": "included",
      ])
  ])

  private func request(
    _ chart: Chart, for frontend: Frontend = .superset, today: CivilDay? = nil
  ) throws -> BrowserRequest {
    let filters = try DashboardFilters(of: Self.dashboard)
    return try BrowserRequest(of: chart, on: filters, for: frontend, today: today)
  }

  @Test
  func
    `of a type that is not Superset's the saved queries are asked, with the dashboard's filters`()
    throws
  {
    let saved: JSONValue = [
      "queries": [
        [
          "columns": [["columnType": "BASE_AXIS", "label": "ds", "timeGrain": "P1D"]],
          "filters": [["col": "b", "op": "IS NULL"]], "metrics": ["own"], "row_limit": 5,
        ]
      ]
    ]
    let filter: JSONValue = [
      "expressionType": "SIMPLE", "clause": "WHERE", "subject": "b", "operator": "IS NULL",
    ]
    let chart = Chart.of("my_own", ["adhoc_filters": [filter]], saved: saved)
    let request = try request(chart)
    #expect(request.member("filters") == [["col": "a"], ["col": "b", "op": "IS NULL"]])
    #expect(request.member("metrics") == ["own"])
    #expect(request.member("row_limit") == 5)
    #expect(request.member("extras")?["time_grain_sqla"] == "P1M")
    #expect(request.member("columns")?.arrayValue?.first?["timeGrain"] == "P1M")
  }

  @Test func `a type that is not Superset's cannot be asked for before a browser has saved it`() {
    #expect(throws: DashboardQueryError.unknownType(chart: 7, name: "my_own")) {
      try request(.of("my_own", [:]))
    }
    #expect(throws: DashboardQueryError.unknownType(chart: 7, name: "echarts_bar_dodo")) {
      try request(.of("echarts_bar_dodo", [:]))
    }
  }

  @Test func `a form that is not JSON says nothing`() throws {
    let chart = Chart(
      id: 7, name: "c", vizType: "pie", datasetID: 1, datasource: "1__table", cacheTimeout: 9,
      queryContext: nil, form: "{")
    let request = try request(chart)
    #expect(request.member("row_limit") == 100)
    guard case .chartData(let body) = request else { return }
    #expect(body["form_data"]?["cache_timeout"] == 9)
    #expect(body["datasource"] == ["id": 1, "type": "table"])
  }

  private static let unusable: [(String, JSONValue)] = [
    ("bubble_v2", ["orderby": "count"]), ("heatmap_v2", ["sort_x_axis": 1]),
    ("box_plot", ["whiskerOptions": "long"]),
    ("pie", ["adhoc_filters": [["clause": "WHERE", "expressionType": "SQL"]]]),
  ]

  @Test(arguments: unusable)
  func `on a form on which the page fails there is nothing to ask`(
    _ type: String, _ form: JSONValue
  ) {
    #expect {
      try request(.of(type, form))
    } throws: { error in
      guard case .unusableForm(chart: 7, _) = error as? DashboardQueryError else { return false }
      return true
    }
  }

  @Test func `a comparison with the time before counts from the day`() throws {
    let range: JSONValue = [
      "expressionType": "SIMPLE", "clause": "WHERE", "subject": "ds",
      "operator": "TEMPORAL_RANGE", "comparator": "Last month",
    ]
    let chart = Chart.of(
      "table",
      [
        "metrics": ["count"], "time_compare": ["inherit"], "adhoc_filters": [range],
      ])
    #expect(throws: DashboardQueryError.today(chart: 7)) { try request(chart) }
    let march = CivilDay(year: 2024, month: 3, day: 15)
    #expect(try request(chart, today: march).member("time_offsets") == ["29 days ago"])
  }

  @Test func `the fork turns filters around, and tells templates the time`() throws {
    let range: JSONValue = [
      "expressionType": "SIMPLE", "clause": "WHERE", "subject": "ds",
      "operator": "TEMPORAL_RANGE", "comparator": "Last week",
    ]
    let form: JSONValue = [
      "metrics": ["count"], "groupby": ["name"], "adhoc_filters": [range], "show_totals": true,
      "time_grain_sqla": "P1Y", "series_limit_metric": "sum",
    ]
    let fork = Frontend.fork(language: "ru")
    let pie = try request(.of("pie", form), for: fork)
    #expect(pie.member("filters")?.arrayValue?.last == ["col": "a"])
    #expect(pie.member("time_range") == "Last week")
    #expect(pie.member("time_range_end_type") == "included")
    // Both queries of a table share one list, which is turned around twice.
    let table = try request(.of("table", form), for: fork)
    #expect(table.member("filters")?.arrayValue?.first == ["col": "a"])
    #expect(table.member("orderby") == [["sum", false]])
    #expect(table.member("extras")?["time_grain_sqla"] == "P1Y")
  }

  @Test(arguments: [("ru", "name_ru", "Ёж"), ("en", "name", "Hedgehog")])
  func `a value of the fork's in two languages is that of the reader's`(
    _ language: String, _ column: String, _ value: String
  ) throws {
    let extra: JSONValue = [
      "filters": [["col": "name", "op": "IN", "val": [["name": "Hedgehog", "name_ru": "Ёж"]]]]
    ]
    let filters = try DashboardFilters(of: .of(filters: [.filter(extra: extra)]))
    let request = try BrowserRequest(
      of: .of("pie", [:]), on: filters, for: .fork(language: language))
    #expect(
      request.member("filters")
        == [["col": .string(column), "op": "IN", "val": [.string(value)]]])
  }

  @Test func `scripts in a legacy chart's form do not count, all else does`() throws {
    guard case .exploreJSON(let form) = try request(.of("deck_scatter", ["js_tooltip": "x"])) else {
      Issue.record("not a legacy chart")
      return
    }
    #expect(form["js_tooltip"] == nil)
    #expect(form["dashboardId"] == 3)
    #expect(form["chart_id"] == 7)
    #expect(form["extra_form_data"]?["time_grain_sqla"] == "P1M")
  }

  @Test func `numbers come out of a browser as it writes them`() throws {
    let form: JSONValue = ["row_limit": .double(20.0), "metric": ["label": .double(1.5)]]
    let request = try request(.of("pie", form))
    #expect(request.member("row_limit")?.text == "20")
    #expect(JSONValue.integer(9_007_199_254_740_993).asBrowserReads == 9_007_199_254_740_992)
    #expect(JSONValue.double(1e21).asBrowserReads == .double(1e21))
  }
}

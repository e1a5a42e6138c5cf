// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import DashboardQueries
@testable import SupersetMetadata

struct DashboardFiltersTests {
  private static let boys: JSONValue = ["filters": [["col": "gender", "op": "IN", "val": ["boy"]]]]
  private static let chart = Chart.of("big_number_total", ["metric": "count"])
  /// Two tabs, chart 7 in the second; what it notes of ancestors is out of date.
  private static let tabs: JSONValue = [
    "DASHBOARD_VERSION_KEY": "v2",
    "ROOT_ID": ["type": "ROOT", "id": "ROOT_ID", "children": ["TABS"]],
    "TABS": ["type": "TABS", "id": "TABS", "children": ["ONE", "TWO"], "parents": ["ROOT_ID"]],
    "ONE": ["type": "TAB", "id": "ONE", "children": [], "parents": ["ROOT_ID", "TABS"]],
    "TWO": ["type": "TAB", "id": "TWO", "children": ["C"], "parents": ["ROOT_ID", "TABS"]],
    "C": [
      "type": "CHART", "id": "C", "children": [], "parents": ["ROOT_ID", "TABS", "ONE"],
      "meta": ["chartId": 7],
    ],
  ]

  private func filters(_ dashboard: Dashboard) throws -> JSONValue? {
    try BrowserRequest(of: Self.chart, on: DashboardFilters(of: dashboard)).member("filters")
  }

  @Test func `a reader's state stands in the place of what a dashboard opens with`() throws {
    let dashboard = Dashboard.of(filters: [.filter(extra: Self.boys)], position: Self.tabs)
    let id = try #require(JSONValue.filter(extra: Self.boys)["id"]?.stringValue)
    let girls: JSONValue = ["filters": [["col": "gender", "op": "IN", "val": ["girl"]]]]
    func found(_ masks: JSONObject) throws -> JSONValue? {
      let filters = try DashboardFilters(of: dashboard).taking(masks: masks)
      return try BrowserRequest(of: Self.chart, on: filters).member("filters")
    }
    #expect(try found([:]) == Self.boys["filters"])
    #expect(try found([id: ["extraFormData": girls]]) == girls["filters"])
    // Emptied by the reader.
    #expect(try found([id: ["extraFormData": [:]]]) == [])
    #expect(try found(["gone": ["extraFormData": girls], "x": 1]) == Self.boys["filters"])
  }

  @Test(arguments: [("TWO", true), ("ONE", false), ("TABS", true), ("gone", false)])
  func `a filter is about the charts below what it names`(_ root: String, _ isMeant: Bool) throws {
    let filter = JSONValue.filter(
      extra: Self.boys, more: ["scope": ["rootPath": [.string(root)], "excluded": []]])
    let found = try filters(.of(filters: [filter], position: Self.tabs))
    #expect(found == (isMeant ? Self.boys["filters"] : []))
  }

  @Test func `a chart that nobody has placed stands in the first tab`() throws {
    let layout = DashboardLayout(Self.tabs.objectValue)
    #expect(layout.ancestors(ofChart: 8) == ["ROOT_ID", "TABS", "ONE"])
    #expect(layout.ancestors(ofChart: 7) == ["ROOT_ID", "TABS", "TWO"])
    #expect(DashboardLayout(nil).ancestors(ofChart: 8) == ["ROOT_ID", "GRID_ID"])
  }

  @Test func `a ring of components ends`() {
    let ring: JSONObject = ["ROOT_ID": ["id": "ROOT_ID", "children": ["ROOT_ID"]], "v": "v2"]
    #expect(!DashboardLayout(ring).ancestors(ofChart: 8).isEmpty)
    let pair: JSONObject = [
      "ROOT_ID": ["id": "ROOT_ID", "children": ["A", "A"]],
      "A": ["id": "A", "children": ["B", "B"]], "B": ["id": "B", "children": ["A", "A", "C"]],
      "C": ["id": "C", "type": "CHART", "meta": ["chartId": 8]],
    ]
    #expect(DashboardLayout(pair).ancestors(ofChart: 8) == ["ROOT_ID", "A", "B"])
  }

  @Test func `what stands in several places is looked at once, and the last place counts`() {
    var layout: JSONObject = ["ROOT_ID": ["id": "ROOT_ID", "children": ["0", "0"]]]
    for depth in 0..<50 {
      layout["\(depth)"] = [
        "id": .string("\(depth)"), "children": [.string("\(depth + 1)"), .string("\(depth + 1)")],
      ]
    }
    layout["50"] = ["id": "50", "type": "CHART", "meta": ["chartId": 8]]
    #expect(DashboardLayout(layout).ancestors(ofChart: 8).count == 51)

    layout = [
      "ROOT_ID": ["id": "ROOT_ID", "children": ["ONE", "TWO"]],
      "ONE": ["id": "ONE", "children": ["C"]], "TWO": ["id": "TWO", "children": ["ROW"]],
      "ROW": ["id": "ROW", "children": ["C"]],
      "C": ["id": "C", "type": "CHART", "meta": ["chartId": 8]],
    ]
    #expect(DashboardLayout(layout).ancestors(ofChart: 8) == ["ROOT_ID", "TWO", "ROW"])
  }

  @Test func `an excluded chart is not filtered, whatever a browser has noted`() throws {
    let filter = JSONValue.filter(
      extra: Self.boys,
      more: ["scope": ["rootPath": ["ROOT_ID"], "excluded": [7]], "chartsInScope": [7]])
    #expect(try filters(.of(filters: [filter])) == [])
  }

  @Test func `of two filters the lists are joined, and of single values the last one counts`()
    throws
  {
    let one: JSONValue = ["filters": [["col": "a"]], "time_range": "1990 : 2000"]
    let two: JSONValue = ["filters": [["col": "b"]], "time_range": "2001 : 2002"]
    let dashboard = Dashboard.of(filters: [.filter("A", extra: one), .filter("B", extra: two)])
    let request = try BrowserRequest(of: Self.chart, on: DashboardFilters(of: dashboard))
    #expect(request.member("filters") == [["col": "a"], ["col": "b"]])
    #expect(request.member("time_range") == "2001 : 2002")
  }

  @Test func `what a chart was saved with of another dashboard's filters is put aside`() throws {
    let form: JSONValue = ["metric": "count", "extra_form_data": Self.boys]
    let chart = Chart.of("big_number_total", form)
    func found(_ charts: Set<Int>, _ types: [Int: String]) throws -> JSONValue? {
      let filters = try DashboardFilters(of: .of(charts: charts), types: types)
      return try BrowserRequest(of: chart, on: filters).member("filters")
    }
    #expect(try found([7], [:]) == Self.boys["filters"])
    #expect(try found([7, 8], [8: "big_number"]) == Self.boys["filters"])
    // A table could be clicked at, and then it would filter.
    #expect(try found([7, 8], [8: "table"]) == [])
  }

  @Test func `a value that only data tell is asked for, and then known`() throws {
    let filter = JSONValue.filter(
      extra: [:],
      more: [
        "requiredFirst": true, "controlValues": ["defaultToFirstItem": true],
        "defaultDataMask": ["extraFormData": [:], "filterState": [:]],
        "targets": [["datasetId": 1, "column": ["name": "gender"]]],
      ])
    let filters = try DashboardFilters(of: .of(filters: [filter]))
    #expect(throws: DashboardQueryError.firstValue(filters: ["F"])) {
      try BrowserRequest(of: Self.chart, on: filters)
    }
    let question = try #require(try filters.questions().first)
    #expect(question.column == "gender")
    #expect(question.body["queries"]?.arrayValue?.first?["orderby"] == [["gender", true]])
    let known = filters.taking(firstValues: ["F": "boy"])
    #expect(try known.questions().isEmpty)
    let request = try BrowserRequest(of: Self.chart, on: known)
    #expect(request.member("filters") == Self.boys["filters"])
  }

  @Test func `a page that waits for somebody's choice asks for nothing`() throws {
    let filter = JSONValue.filter(
      extra: [:],
      more: [
        "requiredFirst": true, "scope": ["rootPath": [], "excluded": []], "defaultDataMask": [:],
      ])
    let filters = try DashboardFilters(of: .of(filters: [filter]))
    #expect(throws: DashboardQueryError.noValue(filters: ["F"])) {
      try BrowserRequest(of: Self.chart, on: filters)
    }
  }

  @Test func `a dashboard that is not JSON is told`() {
    let dashboard = Dashboard(
      id: 3, isPublished: true, metadata: "{", position: nil, roles: [], owners: [], charts: [],
      embeddings: [])
    #expect {
      try DashboardFilters(of: dashboard)
    } throws: { error in
      "\(error)".hasPrefix("unable to read dashboard 3: json_metadata is the JSON ends too early")
    }
  }
}

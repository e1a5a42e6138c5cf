// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import ChartPages

/// Dashboards, by the places of their parts.
struct DashboardTests {
  private func chart(_ name: String) -> ChartSource {
    ChartSource(title: name, form: ["viz_type": "pie"], document: Sample.pairs([("a", 1)]))
  }

  private func plan(_ layout: JSONValue, tabs: Set<String> = []) -> GridPlan {
    GridPlan(layout, activeTabs: tabs, in: Box(32, 24, 1536, 0))
  }

  private func component(
    _ type: String, _ children: [String] = [], _ meta: JSONValue = [:]
  ) -> JSONValue {
    ["type": .string(type), "children": .array(children.map { .string($0) }), "meta": meta]
  }

  private func chart(_ id: Int, width: Int, height: Int) -> JSONValue {
    component(
      "CHART", [],
      ["chartId": .integer(id), "width": .integer(width), "height": .integer(height)])
  }

  /// As in the picture that Superset made of the sample dashboard: 1600 pixels, four columns each.
  @Test func `charts stand where Superset has them`() {
    let plan = plan([
      "ROOT_ID": component("ROOT", ["GRID_ID"]), "GRID_ID": component("GRID", ["R1", "R2"]),
      "R1": component("ROW", ["A", "B", "C"]), "R2": component("ROW", ["D"]),
      "A": chart(1, width: 4, height: 50), "B": chart(2, width: 4, height: 30),
      "C": chart(3, width: 4, height: 50), "D": chart(4, width: 12, height: 20),
    ])
    let boxes = plan.items.map(\.box)
    #expect(boxes.map { $0.left.rounded() } == [32, 549, 1067, 32])
    #expect(boxes.map { $0.width.rounded() } == [501, 501, 501, 1536])
    #expect(boxes.map(\.height) == [400, 240, 400, 160])
    #expect(boxes.map(\.top) == [24, 24, 24, 440])
    #expect(plan.height == 576)
  }

  @Test func `columns hold what stands one under the other`() {
    let plan = plan([
      "GRID_ID": component("GRID", ["R"]), "R": component("ROW", ["COL", "C"]),
      "COL": component("COLUMN", ["A", "B"], ["width": 3]),
      "A": chart(1, width: 3, height: 10), "B": chart(2, width: 3, height: 20),
      "C": chart(3, width: 9, height: 50),
    ])
    #expect(plan.items.map(\.box.top) == [24, 120, 24])
    #expect(plan.items[0].box.width == plan.items[1].box.width)
    #expect(plan.items[2].box.right.rounded() == 1568)
  }

  @Test func `of tabs one is open`() {
    let layout: JSONValue = [
      "ROOT_ID": component("ROOT", ["TABS"]), "TABS": component("TABS", ["T1", "T2"]),
      "T1": component("TAB", ["R1"], ["text": "First"]),
      "T2": component("TAB", ["R2"], ["text": "Second"]), "R1": component("ROW", ["A"]),
      "R2": component("ROW", ["B"]), "A": chart(1, width: 4, height: 10),
      "B": chart(2, width: 4, height: 10),
    ]
    let bar = GridItem.Content.tabs(["First", "Second"], active: 0)
    #expect(plan(layout).items.map(\.content) == [bar, .chart(1, title: "")])
    let second = plan(layout, tabs: ["T2"]).items.map(\.content)
    #expect(second == [.tabs(["First", "Second"], active: 1), .chart(2, title: "")])
  }

  @Test func `a component within itself ends`() {
    let ring: JSONValue = [
      "GRID_ID": component("GRID", ["R", "R"]), "R": component("ROW", ["COL", "R"]),
      "COL": component("COLUMN", ["R", "GRID_ID", "A"]), "A": chart(1, width: 99, height: -5),
    ]
    #expect(plan(ring).items.map(\.content) == [.chart(1, title: "")])
    var deep: JSONObject = ["GRID_ID": component("GRID", ["N0"])]
    for index in 0..<500 { deep["N\(index)"] = component("COLUMN", ["N\(index + 1)"]) }
    #expect(plan(.object(deep)).items.isEmpty)
  }

  @Test func `a row that is too wide is made narrower`() {
    let plan = plan([
      "GRID_ID": component("GRID", ["R"]), "R": component("ROW", ["A", "B", "C"]),
      "A": chart(1, width: 8, height: 10), "B": chart(2, width: 8, height: 10),
      "C": chart(3, width: 8, height: 10),
    ])
    #expect(plan.items.allSatisfy { $0.box.right < 1568.1 })
    for (left, right) in zip(plan.items, plan.items.dropFirst()) {
      #expect(left.box.right < right.box.left)
    }
  }

  @Test func `a page is as high as its dashboard, and says which charts have failed`() {
    let layout: JSONValue = [
      "GRID_ID": component("GRID", ["H", "R", "D", "R2"]),
      "H": component("HEADER", [], ["text": "<Head>"]),
      "R": component("ROW", ["A", "M"]), "D": component("DIVIDER"), "R2": component("ROW", ["B"]),
      "A": chart(1, width: 6, height: 50), "B": chart(2, width: 6, height: 50),
      "M": component("MARKDOWN", [], ["code": "# Words", "width": 6, "height": 20]),
    ]
    let source = DashboardSource(title: "Board & co", layout: layout, charts: [1: chart("One")])
    let page = DashboardPage(source, PageStyle(width: 1200, height: 200))
    let html = String(decoding: page.bytes, as: UTF8.self)
    #expect(page.height > 900)
    #expect(html.contains("height:\(page.height)px"))
    #expect(page.faults == [2: "There is no chart 2"])
    #expect(html.contains("Board &amp; co") && html.contains("&lt;Head&gt;"))
    #expect(html.contains(">One</h2>") && html.contains("<h1 dir=\"auto\">Words</h1>"))
    #expect(InjectionTests.strangers(in: html) == [])
  }

  @Test func `colours by label are the dashboard's`() {
    let layout: JSONValue = [
      "GRID_ID": component("GRID", ["R"]), "R": component("ROW", ["A"]),
      "A": chart(1, width: 6, height: 50),
    ]
    let source = DashboardSource(
      title: "", layout: layout, charts: [1: chart("")],
      metadata: ["label_colors": ["a": "#010203"], "color_scheme": "d3Category10"])
    let page = DashboardPage(source, PageStyle(width: 800, height: 600))
    #expect(String(decoding: page.bytes, as: UTF8.self).contains("fill=\"#010203\""))
  }

  @Test func `a label has one colour in all charts`() {
    let layout: JSONValue = [
      "GRID_ID": component("GRID", ["R"]), "R": component("ROW", ["A", "B"]),
      "A": chart(1, width: 6, height: 50), "B": chart(2, width: 6, height: 50),
    ]
    let pies = [[("x", 2.0), ("y", 1)], [("z", 3), ("y", 2), ("x", 1)]].map {
      ChartSource(title: "", form: ["viz_type": "pie"], document: Sample.pairs($0))
    }
    let source = DashboardSource(title: "", layout: layout, charts: [1: pies[0], 2: pies[1]])
    let page = DashboardPage(source, PageStyle(width: 1200, height: 600))
    let drawn = Drawn(String(decoding: page.bytes, as: UTF8.self))
    let fills = drawn.elements("path", kind: "mark").map { $0.text("fill") }
    #expect(fills[0] == fills[4] && fills[1] == fills[3])
  }

  @Test func `a dashboard without parts says so`() {
    for layout: JSONValue in [nil, [:], [], "x", ["GRID_ID": 5], ["ROOT_ID": ["children": [1]]]] {
      let source = DashboardSource(title: "", layout: layout, charts: [:])
      let page = DashboardPage(source, PageStyle(width: 800, height: 600))
      #expect(page.height == 600)
      #expect(
        String(decoding: page.bytes, as: UTF8.self).contains("There are no charts added"))
    }
  }
}

// SPDX-License-Identifier: MIT
import JSONValues
import SpoolTesting
import SystemCalls
import Testing

@testable import ChartPages

/// What the filter reads, and what it prints.
struct InputTests {
  private let shell = Shell(
    directory: "/", variables: ["PAGE=\(CommandLine.arguments[0].parentPath)/chart-page"])

  private func chart(_ input: JSONValue, viz: String? = nil, form: JSONValue? = nil) -> ChartSource?
  {
    guard case .chart(let source) = PageInput(input, viz: viz, form: form) else { return nil }
    return source
  }

  @Test func `an answer alone, one with its form, a row of Superset's table: each is a chart`() {
    let answer = Sample.pairs([("a", 1)])
    #expect(chart(answer, viz: "pie")?.form == ["viz_type": "pie"])
    let both = chart(["form_data": ["viz_type": "pie", "metric": "value"], "response": answer])
    #expect(both?.form["metric"] == "value" && both?.document == answer)
    let row = chart(["params": "{\"viz_type\":\"pie\"}", "slice_name": "P", "response": answer])
    #expect(row?.form["viz_type"] == "pie" && row?.title == "P")
  }

  @Test func `a form is taken out of a query context and of a job`() {
    let form: JSONValue = ["viz_type": "pie"]
    let context: JSONValue = ["queries": [["columns": ["c"]]], "form_data": form]
    #expect(chart([], form: context)?.form == form)
    #expect(chart([], form: ["job_metadata": [:], "form_data": context])?.form == form)
    let bare = chart([], form: ["queries": [["columns": ["c"], "metrics": ["m"]]]])?.form
    #expect(bare == ["metrics": ["m"], "groupby": ["c"]])
  }

  @Test func `rows alone are drawn, one a line or in an array`() throws {
    for rows in [#"[{"n":"a","v":1},{"n":"b","v":3}]"#, #"{"n":"a","v":1}\n{"n":"b","v":3}\n"#] {
      let page = try #require(shell.run("printf '\(rows)' | $PAGE --viz pie --title Words"))
      #expect(page.contains("data-viz=\"pie\"") && page.contains(">Words</h2>"))
      #expect(Drawn(page).elements("path", kind: "mark").count == 2)
    }
  }

  @Test func `a dashboard comes as Superset keeps it, its layout as text`() throws {
    let layout =
      #"{\"GRID_ID\":{\"children\":[\"C\"]},\"C\":{\"type\":\"CHART\",\"meta\":{\"chartId\":3}}}"#
    let input = """
      {"dashboard_title": "Board", "position_json": "\(layout)", "charts": {"3": {"title": "Pie",
       "form_data": {"viz_type": "pie"}, "response": [{"n": "a", "v": 1}]}}}
      """
    guard case .dashboard(let source) = PageInput(try JSONValue(parsing: input)) else {
      Issue.record("it is no dashboard")
      return
    }
    #expect(source.title == "Board" && source.charts[3]?.title == "Pie")
    #expect(source.layout["GRID_ID"] != nil)
  }

  @Test(arguments: [
    ("--size 5x5", 64), ("--size 800", 64), ("--theme blue", 64), ("--nope", 64),
    ("--form /nowhere", 66), ("--form /dev/null", 65),
  ])
  func `what cannot be is refused with its status`(_ options: String, _ status: Int) {
    let said = shell.run("echo '[]' | $PAGE \(options) >/dev/null 2>&1; echo $?")
    #expect(said?.trimmed == "\(status)")
  }

  @Test func `what is no JSON is refused`() {
    for input in ["", "{", "a\\nb\\n", "[1,2"] {
      let said = shell.run("printf '\(input)' | $PAGE 2>/dev/null; echo $?")
      #expect(said?.trimmed == "65")
    }
  }

  @Test func `an error of Superset's is a page that says so`() throws {
    let page = try #require(shell.run("echo '{\"message\": \"no table\"}' | $PAGE --viz pie"))
    #expect(page.contains("data-error=\"no table\""))
  }
}

extension String {
  fileprivate var trimmed: String { filter { !$0.isWhitespace } }
}

// SPDX-License-Identifier: MIT
import JSONValues
import Screenshots
import SpoolTesting
import TaskContract
import Testing

private let python = TestPython.path()

/// Reports that show the pages of a running Superset, or of what behaves as one.
@Suite(
  .enabled(if: BrowserSettings.isInstalled, "needs Debian's chromium-headless-shell"),
  .enabled(if: python != nil, "needs aiosmtpd from PyPI"))
struct ReportWebTests {
  private let bench: ReportBench
  private let server: SupersetServer

  init() throws {
    bench = try ReportBench(try #require(python))
    server = try SupersetServer(bench.bench)
    try bench.configure(
      """
      webdriver_baseurl = "\(server.url)"
      secret_key = "\(SupersetServer.secret)"
      browser_sandbox = false
      """)
  }

  private func text(_ mail: JSONValue) -> String {
    mail["parts"]?.arrayValue?.first { $0["type"] == "text/plain" }?["text"]?.stringValue ?? ""
  }

  @Test func `a dashboard's own page is photographed as the owner sees it`() throws {
    let outcome = try bench.run(ReportBench.dashboard)
    #expect(outcome.status == 0, "\(outcome.log)")
    let page = try #require(server.requests.first { $0.path.hasPrefix("/superset/") })
    #expect(page.query == "force=false&standalone=3")
    #expect(page.user == "admin")
    let mail = try #require(try bench.mails.last)
    #expect(mail["parts"]?.arrayValue?.contains { $0["type"] == "image/png" } == true)
    #expect(text(mail).contains("\(server.url.dropLast())\(page.path)?force=false"))
  }

  @Test func `a dashboard in a state is photographed behind a permalink, which stands in the mail`()
    throws
  {
    try bench.change(
      ReportBench.dashboard,
      """
      extra_json = '{"dashboard": {"activeTabs": ["TAB-2"], "dataMask": {}, "anchor": ""}}',
      force_screenshot = 1
      """)
    #expect(try bench.run(ReportBench.dashboard).status == 0)
    let asked = try #require(server.requests.first { $0.method == "POST" })
    #expect(asked.path == "/api/v1/dashboard/1/permalink")
    let page = try #require(server.requests.first { $0.path.hasPrefix("/superset/") })
    #expect(page.path.hasPrefix("/superset/dashboard/p/"))
    #expect(page.query == "force=true&standalone=3")
    #expect(text(try #require(try bench.mails.last)).contains(page.path))
  }

  @Test func `a state that Superset refuses is an error that says why`() throws {
    try bench.change(
      ReportBench.dashboard, #"extra_json = '{"dashboard": {"activeTabs": "TAB-2"}}'"#)
    let outcome = try bench.run(ReportBench.dashboard)
    #expect(outcome.status == Verdict.badInput.rawValue)
    #expect(outcome.message?.contains("Not a valid list") == true, "\(outcome.message ?? "")")
    #expect(try bench.state(of: ReportBench.dashboard) == "Error")
  }

  @Test func `a page that shows an error is none, and the owners hear of it`() throws {
    try bench.bench.changeMetadata(
      """
      INSERT INTO slices (id, created_on, changed_on, slice_name, params)
        SELECT 500, created_on, changed_on, 'c', '{}' FROM slices WHERE id = 1
      """)
    try bench.change(ReportBench.chart, "chart_id = 500, report_format = 'PNG'")
    let outcome = try bench.run(ReportBench.chart)
    // Its server may do better another time.
    #expect(outcome.status == Verdict.tryLater.rawValue)
    #expect(outcome.message?.hasPrefix("Failed taking a screenshot ") == true)
    #expect(try bench.addressees == ["admin@example.org"])
  }
}

// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import Screenshots
import SpoolTesting
import SystemCalls
import TaskContract
import Testing

private let python = TestPython.path()
private let hasBrowser = (try? SystemFiles().exists(BrowserSettings.usualProgram)) == true

/// What comes along with a message, in each format.
@Suite(.enabled(if: python != nil, "needs aiosmtpd from PyPI"))
struct ReportContentTests {
  private let bench: ReportBench

  init() throws {
    bench = try ReportBench(try #require(python))
    try bench.configure("browser_sandbox = false")
  }

  private func mail(of schedule: Int) throws -> JSONValue {
    let outcome = try bench.run(schedule)
    #expect(outcome.status == 0, "\(outcome.log)")
    return try #require(try bench.mails.last)
  }

  private func parts(_ mail: JSONValue) -> [JSONValue] { mail["parts"]?.arrayValue ?? [] }

  private func text(_ mail: JSONValue, _ type: String) -> String {
    parts(mail).first { $0["type"]?.stringValue == type }?["text"]?.stringValue ?? ""
  }

  private func attachment(_ mail: JSONValue, _ type: String) throws -> JSONValue {
    try #require(parts(mail).first { $0["type"]?.stringValue == type }, "\(mail)")
  }

  @Test func `a chart's rows are attached as they are worked up for its table`() throws {
    let mail = try mail(of: ReportBench.chart)
    let file = try attachment(mail, "text/csv")
    #expect(file["name"]?.stringValue?.hasPrefix("Popular names as a table: ") == true)
    #expect((file["size"]?.integerValue ?? 0) > 100)
    #expect(mail["sender"] == "superset@superset.com")
    #expect(mail["defects"] == [])
  }

  @Test func `a table stands in the mail, for both kinds of readers`() throws {
    try bench.change(ReportBench.chart, "report_format = 'TEXT'")
    let mail = try mail(of: ReportBench.chart)
    #expect(text(mail, "text/html").contains("<table"))
    #expect(text(mail, "text/html").contains("</td>"))
    #expect(text(mail, "text/plain").split(separator: "\n").count > 5)
    #expect(!text(mail, "text/plain").contains("<"))
  }

  @Test func `an alert without attachments is a mail alone`() throws {
    try bench.configure("alerts_attach_reports = false")
    try bench.change(ReportBench.alert, "report_format = 'CSV', description = '<b>Why</b>'")
    let mail = try mail(of: ReportBench.alert)
    #expect(parts(mail).count == 2)
    #expect(text(mail, "text/html").contains("<b>Why</b>"))
    #expect(text(mail, "text/plain").contains("Why"))
  }

  @Test func `a subject of its own stands in the place of the names`() throws {
    try bench.change(ReportBench.chart, "email_subject = 'Zahlen für Мария'")
    #expect(try mail(of: ReportBench.chart)["headers"]?["Subject"] == "[Report] Zahlen für Мария")
  }

  @Test func `links lead to the address that people use`() throws {
    try bench.configure(
      """
      webdriver_baseurl = "http://127.0.0.1:9/"
      webdriver_baseurl_user_friendly = "https://bi.example.org/"
      """)
    let mail = try mail(of: ReportBench.chart)
    #expect(
      text(mail, "text/plain").contains(
        "https://bi.example.org/explore/?form_data=%7B%22slice_id%22:+1%7D&force=false"))
  }

  @Test(.enabled(if: hasBrowser, "needs Debian's chromium-headless-shell"))
  func `a dashboard is a picture in the mail, as wide as the schedule wants it`() throws {
    try bench.change(ReportBench.dashboard, "custom_width = 900")
    let mail = try mail(of: ReportBench.dashboard)
    let picture = try attachment(mail, "image/png")
    let name = try #require(picture["id"]?.stringValue).filter { $0 != "<" && $0 != ">" }
    #expect(text(mail, "text/html").contains("cid:\(name)"))
    #expect((picture["size"]?.integerValue ?? 0) > 10_000)
  }

  @Test(.enabled(if: hasBrowser, "needs Debian's chromium-headless-shell"))
  func `a PDF is attached`() throws {
    try bench.change(ReportBench.chart, "report_format = 'PDF'")
    let file = try attachment(try mail(of: ReportBench.chart), "application/pdf")
    #expect((file["size"]?.integerValue ?? 0) > 5_000)
    #expect(file["disposition"] == "attachment")
  }

  @Test(arguments: [
    ("chart_id = 1", "CSV", "ReportScheduleCsvFailedError"),
    ("chart_id = 1", "TEXT", "ReportScheduleDataFrameFailedError"),
    ("custom_width = 99999", "PNG", "ReportScheduleScreenshotFailedError"),
    ("extra_json = '{}'", "GIF", "ReportScheduleUnexpectedError"),
  ])
  func `what cannot be made is an error by name`(
    _ change: String, _ format: String, _ name: String
  ) throws {
    try bench.bench.changeMetadata("UPDATE slices SET query_context = NULL WHERE id = 1")
    try bench.change(ReportBench.chart, "\(change), report_format = '\(format)'")
    let outcome = try bench.run(ReportBench.chart)
    #expect(outcome.status != 0)
    #expect(outcome.json["errors"]?.arrayValue?.first?["error_type"] == .string(name))
  }
}

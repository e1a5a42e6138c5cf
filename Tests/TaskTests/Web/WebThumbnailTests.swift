// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import Screenshots
import SpoolTesting
import SystemCalls
import Testing

/// Pictures of a running Superset's pages, or of what behaves as one.
@Suite(.enabled(if: BrowserSettings.isInstalled, "needs Debian's chromium-headless-shell"))
struct WebThumbnailTests {
  private let bench: Workbench
  private let files: String

  init() throws {
    bench = try Workbench()
    files = try bench.makeDirectory("files")
    // Charts and dashboards are told by their numbers what to become.
    try bench.changeMetadata(
      [500, 503, 700, 701, 702, 703].map { id in
        """
        INSERT INTO slices (id, created_on, changed_on, slice_name, params)
          SELECT \(id), created_on, changed_on, 'c', '{"id": \(id)}' FROM slices WHERE id = 1;
        """
      }.joined())
  }

  private func run(
    _ task: String, _ job: String, _ settings: [String: String]
  ) throws -> Workbench.Outcome {
    try bench.run(task, input: job, ["SPOOL_FILES": files].merging(settings) { $1 })
  }

  private func chart(
    _ id: Int, _ settings: [String: String]
  ) throws -> Workbench.Outcome {
    try run("cache_chart_thumbnail", #"{"current_user": "alice", "chart_id": \#(id)}"#, settings)
  }

  /// Red, green and blue in the middle of the picture.
  private func middle(of outcome: Workbench.Outcome) throws -> [UInt8] {
    let name = try #require(outcome.json["image"]?.stringValue, "\(outcome.log)")
    let path = "\(files)/\(name)"
    let shell = Shell(directory: bench.path)
    let text = shell.run(
      """
      python3 -B '\(#filePath.parentPath.parentPath)/server/pixel.py' '\(path)'
      """)
    return try #require(text).split(separator: " ").compactMap { UInt8($0) }
  }

  @Test func `a chart is photographed when it no longer loads, as who has asked`() throws {
    let server = try SupersetServer(bench)
    let outcome = try chart(1, bench.configure(server.url))
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(outcome.json["executor"] == "alice")
    #expect(try middle(of: outcome) == [0x1F, 0xA8, 0xC9])
    let pages = server.requests.filter { $0.path != "/favicon.ico" }
    #expect(pages.map(\.path) == ["/superset/slice/1/", "/explore/"])
    #expect(pages.first?.query == "standalone=true")
    #expect(pages.allSatisfy { $0.user == "alice" })
  }

  @Test func `a dashboard is photographed without its menu, when all charts are there`() throws {
    let server = try SupersetServer(bench)
    let settings = try bench.configure(server.url)
    let outcome = try run("cache_dashboard_thumbnail", #"{"dashboard_id": 1}"#, settings)
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(server.requests.first?.query == "standalone=3")
    let screenshot = try run(
      "cache_dashboard_screenshot",
      """
      {"username": "admin", "dashboard_id": 1, "cache_key": "a/b/../c",
        "dashboard_url": "/superset/dashboard/p/xyz/?standalone=1&a=b#top"}
      """, settings)
    #expect(screenshot.json["image"] == "a%2Fb%2F..%2Fc.png", "\(screenshot.log)")
    let page = try #require(server.requests.last { $0.path.hasPrefix("/superset/") })
    #expect(page.path == "/superset/dashboard/p/xyz/")
    #expect(page.query == "a=b&standalone=3")
  }

  @Test func `with a wrong key the login is seen, and the reason kept`() throws {
    let server = try SupersetServer(bench)
    let outcome = try chart(1, bench.configure(server.url, secret: "another"))
    #expect(outcome.status == 77, "\(outcome.log)")
    #expect(outcome.message?.contains("redirected to login") == true)
    let entry = try #require(outcome.json["cache"]?.arrayValue?.first)
    #expect(entry["timeout"] == 86_400)
    #expect(entry["key"]?.stringValue?.utf8.count == 32)
    #expect(try SystemFiles().names(in: files) == [])
  }

  @Test(arguments: [500, 503])
  func `a server that fails may do better later`(_ id: Int) throws {
    let server = try SupersetServer(bench)
    let outcome = try chart(id, bench.configure(server.url))
    #expect(outcome.status == 75, "\(outcome.log)")
    #expect(outcome.message?.contains("its server answers \(id)") == true)
  }

  @Test func `a page that is never ready is an error that says what it waits for`() throws {
    let server = try SupersetServer(bench)
    let settings = try bench.configure(
      server.url, secret: SupersetServer.secret, "screenshot_load_wait = 2\n")
    let outcome = try chart(700, settings)
    #expect(outcome.status == 75, "\(outcome.log)")
    #expect(outcome.message == "the page is not ready after 2.0 seconds: 1 .loading")
    let dashboard = try run(
      "cache_dashboard_screenshot",
      #"{"dashboard_id": 1, "cache_key": "k", "dashboard_url": "/superset/dashboard/700/"}"#,
      settings)
    #expect(dashboard.status == 75)
    #expect(dashboard.message?.contains("dashboard-chart-id-2") == true, "\(dashboard.output)")
  }

  @Test func `what a page complains of is logged, and photographed`() throws {
    let server = try SupersetServer(bench)
    let outcome = try chart(701, bench.configure(server.url))
    #expect(outcome.status == 0)
    #expect(outcome.log.contains("no such column"), "\(outcome.log)")
  }

  @Test func `an alert in the place of a chart is no picture of one`() throws {
    let server = try SupersetServer(bench)
    let outcome = try chart(703, bench.configure(server.url))
    #expect(outcome.status == 65)
    #expect(outcome.message == "the page says: Unexpected error no such column")
    #expect(outcome.json["cache"]?.arrayValue?.count == 1)
  }

  @Test func `a page that leads elsewhere gives no picture`() throws {
    let server = try SupersetServer(bench)
    let outcome = try chart(702, bench.configure(server.url))
    #expect(outcome.status == 77, "\(outcome.output)")
    #expect(outcome.message?.contains("which is not allowed") == true)
  }

  @Test func `an address elsewhere never gets the cookie`() throws {
    let server = try SupersetServer(bench)
    let evil = try SupersetServer(bench)
    let settings = try bench.configure(server.url)
    for address in [
      "\(evil.url)superset/dashboard/1/", "//127.0.0.1:\(evil.port)/superset/dashboard/2/",
    ] {
      let outcome = try run(
        "cache_dashboard_screenshot",
        #"{"dashboard_id": 1, "cache_key": "k", "force": true, "dashboard_url": "\#(address)"}"#,
        settings)
      #expect(outcome.status == 0, "\(outcome.output)")
    }
    #expect(evil.requests.isEmpty)
    #expect(
      server.requests.map(\.path).filter { $0.hasPrefix("/superset/") } == [
        "/superset/dashboard/1/", "/superset/dashboard/2/",
      ])
  }

  @Test(arguments: [
    "/superset/dashboard/../../logout", "/superset/dashboard/1/../../../logout/",
    "/superset/dashboard/%2E%2e/x", "/superset/dashboard/", "/superset/dashboard/1/x",
    "https://evil/?/superset/dashboard/1/", "//evil", "javascript:alert(1)", "file:///etc/passwd",
    "https://evil\\\\superset/dashboard/1/", "/superset/dashboard/1%2f..%2flogout",
    "/superset/dashboard/a b", "superset/dashboard/1/",
  ])
  func `what is no dashboard's page is asked for by nobody`(_ address: String) throws {
    let server = try SupersetServer(bench)
    let outcome = try run(
      "cache_dashboard_screenshot",
      #"{"dashboard_id": 1, "cache_key": "k", "dashboard_url": "\#(address)"}"#,
      try bench.configure(server.url))
    #expect(outcome.status == 65)
    #expect(outcome.message == "the job is malformed: dashboard_url is the page of no dashboard")
    #expect(server.requests.isEmpty)
  }

  @Test func `where sessions are on the server's side the picture is made after a login`() throws {
    let server = try SupersetServer(bench, ["--server-side"])
    #expect(try chart(1, bench.configure(server.url)).status == 77)
    let settings = try bench.configure(
      server.url, secret: nil,
      "session_server_side = true\nweb_user = 'admin'\nweb_password = 'admin'\n")
    let outcome = try chart(1, settings)
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(server.requests.last { $0.path == "/explore/" }?.user == "admin")
    let wrong = try bench.configure(
      server.url, secret: nil,
      "session_server_side = true\nweb_user = 'admin'\nweb_password = 'no'\n")
    #expect(try chart(2, wrong).status == 77)
  }
}

extension BrowserSettings {
  static var isInstalled: Bool { (try? SystemFiles().exists(usualProgram)) == true }
}

// SPDX-License-Identifier: MIT
import JSONValues
import Screenshots
import SpoolTesting
import SystemCalls
import Testing

private let hasBrowser = (try? SystemFiles().exists(BrowserSettings.usualProgram)) == true

/// Pictures from a real browser, without a running Superset.
@Suite(.enabled(if: hasBrowser, "needs Debian's chromium-headless-shell"))
struct ThumbnailTests {
  private let bench: Workbench
  private let files: String

  init() throws {
    bench = try Workbench()
    files = try bench.makeDirectory("files")
  }

  private func run(
    _ task: String, _ job: String, _ variables: [String: String] = [:]
  ) throws -> Workbench.Outcome {
    try bench.run(task, input: job, ["SPOOL_FILES": files].merging(variables) { $1 })
  }

  /// Width and height stand at a fixed place of a PNG.
  private func size(_ bytes: [UInt8]) -> [Int] {
    [16, 20].map { start in bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
  }

  /// That of the only key so far.
  private func picture() throws -> [UInt8] {
    let name = try SystemFiles().names(in: files).first ?? "none"
    return try SystemFiles().contents(of: "\(files)/\(name)")
  }

  @Test func `a chart's picture is made under its key, and the same twice`() throws {
    let job = try Workbench.example("cache_chart_thumbnail")
    let outcome = try run("cache_chart_thumbnail", job)
    #expect(outcome.status == 0, "\(outcome.log)")
    let key = try #require(outcome.json["cache_key"]?.stringValue)
    #expect(
      outcome.json["cache"] == [
        [
          "key": .string(key), "file": .string("\(key).png"), "timeout": 604_800,
          "content_type": "image/png",
        ]
      ])
    #expect(outcome.json["executor"] == "admin")
    let first = try picture()
    #expect(size(first) == [400, 300])
    #expect(first.count > 2000)
    _ = try run("cache_chart_thumbnail", job)
    #expect(try picture() == first)
  }

  @Test func `a picture that is there is not made again, unless it must be`() throws {
    let job = #"{"current_user": "admin", "chart_id": 2}"#
    let key = try #require(
      try run("cache_chart_thumbnail", job).json["cache_key"]?.stringValue)
    let cache = try bench.makeDirectory("cache")
    try bench.move("files/\(key).png", to: "kept.png")
    try bench.link("kept.png", under: key, in: cache)
    let again = try run("cache_chart_thumbnail", job, ["SPOOL_CACHE": cache])
    #expect(again.json["cached"] == true)
    #expect(again.json["cache"] == [])
    #expect(throws: SystemError.self) { try picture() }
    let forced = #"{"current_user": "admin", "chart_id": 2, "force": true}"#
    #expect(try run("cache_chart_thumbnail", forced, ["SPOOL_CACHE": cache]).status == 0)
    #expect(try size(picture()) == [800, 600])
  }

  @Test func `what failed is kept under the key, and not tried at every request`() throws {
    try bench.changeMetadata("UPDATE tables SET table_name = 'nowhere' || id")
    let job = #"{"current_user": "admin", "chart_id": 1}"#
    let failed = try run("cache_chart_thumbnail", job)
    #expect(failed.status == 65)
    let entry = try #require(failed.json["cache"]?.arrayValue?.first)
    #expect(entry["timeout"] == 86_400)
    let key = try #require(entry["key"]?.stringValue)
    try bench.write(
      "7.error", #"{"message": "no such table", "ended": "2026-01-02T03:04:05Z", "errors": []}"#)
    let cache = try bench.makeDirectory("cache")
    try bench.link("7.error", under: key, in: cache)
    let again = try run("cache_chart_thumbnail", job, ["SPOOL_CACHE": cache])
    #expect(again.status == 0)
    #expect(again.json["status"] == "error")
    #expect(again.json["failed_at"] == "2026-01-02T03:04:05Z")
  }

  @Test func `a dashboard's picture has the size of a thumbnail`() throws {
    let outcome = try run(
      "cache_dashboard_thumbnail", try Workbench.example("cache_dashboard_thumbnail"))
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(try size(picture()) == [800, 600])
    let ordered = try run(
      "cache_dashboard_screenshot", try Workbench.example("cache_dashboard_screenshot"))
    #expect(ordered.json["cache_key"] == "dashboard-1-for-admin")
    #expect(ordered.json["image"] == "dashboard-1-for-admin.png")
  }

  @Test(
    arguments: [
      (#"{"chart_id": 99}"#, 66, "Chart with id 99 not found"),
      (#"{"chart_id": "1"}"#, 65, "the job is malformed: chart_id is no number"),
      (
        #"{"chart_id": 1, "window_size": [1, 2]}"#, 65,
        "the job is malformed: window_size is 1x2, and not of 50 to 8000 pixels"
      ),
    ])
  func `what cannot be done is said`(_ job: String, _ status: Int32, _ message: String) throws {
    let outcome = try run("cache_chart_thumbnail", job)
    #expect(outcome.status == status)
    #expect(outcome.message == message)
    #expect(outcome.json["cache"] == nil)
  }

  @Test func `a filter leaves nothing of its browser`() throws {
    try bench.write("arguments", "")
    try bench.write(
      "browser",
      """
      #!/bin/bash
      echo "$@" > '\(bench.path)/arguments'
      exec \(BrowserSettings.usualProgram) "$@"
      """)
    try bench.write(
      "spool.toml",
      """
      [superset]
      metadata_url = "sqlite:///\(bench.metadata)"
      browser = "\(bench.path)/browser"
      """)
    // It is nobody's where this is root.
    let shell = Shell(directory: bench.path)
    #expect(shell.run("chmod 755 . browser && chmod 666 arguments") != nil)
    let outcome = try run(
      "cache_chart_thumbnail", #"{"chart_id": 1}"#, ["SPOOL_CONFIG": "\(bench.path)/spool.toml"])
    #expect(outcome.status == 0, "\(outcome.log)")
    let profile = shell.run("grep -o 'user-data-dir=[^ ]*' arguments | cut -d= -f2")
    #expect(try !SystemFiles().exists(try #require(profile)))
    #expect(try !SystemFiles().exists(try #require(profile).parentPath))
  }

  @Test func `columns bear the titles that their dataset gives them`() throws {
    let job = #"{"chart_id": 1, "cache_key": "k"}"#
    #expect(try run("cache_chart_thumbnail", job).status == 0)
    let before = try picture()
    try bench.changeMetadata(
      "UPDATE table_columns SET verbose_name = 'Given name' WHERE column_name = 'name'")
    #expect(try run("cache_chart_thumbnail", job).status == 0)
    #expect(try picture() != before)
  }

  @Test func `an empty dashboard has no picture`() throws {
    try bench.changeMetadata("DELETE FROM dashboard_slices WHERE dashboard_id = 1")
    let outcome = try run("cache_dashboard_thumbnail", #"{"dashboard_id": 1}"#)
    #expect(outcome.status == 66)
    #expect(outcome.message == "dashboard 1 has no charts to be seen")
  }

  @Test func `who may not see the data gets no picture of them`() throws {
    try bench.changeMetadata(
      """
      INSERT INTO ab_user (id, first_name, last_name, username, active, email)
        VALUES (77, 'No', 'Body', 'outsider', 1, 'o@example.com')
      """)
    let outcome = try run(
      "cache_chart_thumbnail", #"{"current_user": "outsider", "chart_id": 1}"#)
    #expect(outcome.status == 77, "\(outcome.output) \(outcome.log)")
  }

  @Test func `without a place for the picture nothing is begun`() throws {
    let outcome = try run("cache_chart_thumbnail", #"{"chart_id": 1}"#, ["SPOOL_FILES": ""])
    #expect(outcome.status == 64)
  }
}

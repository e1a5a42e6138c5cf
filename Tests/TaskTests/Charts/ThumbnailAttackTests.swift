// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import Screenshots
import SpoolTesting
import SystemCalls
import Testing

/// Jobs, names and amounts that nobody means well with: each comes to an end that is defined.
@Suite(.enabled(if: BrowserSettings.isInstalled, "needs Debian's chromium-headless-shell"))
struct ThumbnailAttackTests {
  private let bench: Workbench
  private let files: String

  init() throws {
    bench = try Workbench()
    files = try bench.makeDirectory("files")
  }

  private func run(_ task: String, _ job: String) throws -> Workbench.Outcome {
    try bench.run(task, input: job, ["SPOOL_FILES": files])
  }

  private func picture(_ outcome: Workbench.Outcome) throws -> [UInt8] {
    let name = try #require(outcome.json["image"]?.stringValue, "\(outcome.log)")
    return try SystemFiles().contents(of: "\(files)/\(name)")
  }

  private func copyChart(_ id: Int, as copy: Int, named name: String) -> String {
    """
    INSERT INTO slices (id, created_on, changed_on, slice_name, datasource_type, datasource_id,
        viz_type, params, query_context)
      SELECT \(copy), created_on, changed_on, '\(name)', datasource_type, datasource_id, viz_type,
        params, query_context FROM slices WHERE id = \(id);
    INSERT INTO dashboard_slices (dashboard_id, slice_id) VALUES (1, \(copy));
    """
  }

  @Test(
    arguments: [
      "[8001, 600]", "[49, 600]", "[-800, 600]", "[800]", "[800, 600, 1]", "[\"800\", \"600\"]",
      "\"800x600\"", "[99999999999999999999, 600]", "[1e300, 600]", "{}", "800", "[[800], 600]",
    ], ["window_size", "thumb_size"])
  func `sizes that are none are refused`(_ size: String, _ name: String) throws {
    let outcome = try run("cache_chart_thumbnail", #"{"chart_id": 1, "\#(name)": \#(size)}"#)
    #expect(outcome.status == 65)
    #expect(outcome.message?.hasPrefix("the job is malformed: \(name) is ") == true)
  }

  /// It was 19 GB: the picture became a tower first, and small then.
  @Test func `a flat window for a narrow thumbnail takes no more memory than others`() throws {
    let shell = Shell(directory: bench.path)
    try bench.write(
      "job", #"{"chart_id": 1, "window_size": [8000, 50], "thumb_size": [50, 8000]}"#)
    let task = Workbench.products.appendingPathComponent("cache_chart_thumbnail").path
    let output = shell.run(
      """
      export SUPERSET_METADATA_URL='sqlite:///\(bench.metadata)' SPOOL_FILES='\(files)'
      # Of the task alone: Chromium wants addresses without end.
      python3 -c 'import resource, subprocess, sys
      subprocess.run(sys.argv[1:], stdin=open("job"), stdout=subprocess.DEVNULL, check=True)
      print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' '\(task)'
      """)
    #expect(try #require(output.flatMap { Int($0) }) < 400_000)
  }

  @Test(arguments: [
    ("a/b", "a%2Fb.png"), ("../../../etc/passwd", "%2E.%2F..%2F..%2Fetc%2Fpasswd.png"),
    (".hidden", "%2Ehidden.png"), ("-rf", "%2Drf.png"), ("a\\nb\\u0000c", "a%0Ab%00c.png"),
    ("ключ", "%D0%BA%D0%BB%D1%8E%D1%87.png"),
  ])
  func `a key is never a way out of the directory`(_ key: String, _ name: String) throws {
    let outcome = try run(
      "cache_dashboard_screenshot", #"{"dashboard_id": 1, "cache_key": "\#(key)"}"#)
    #expect(outcome.json["image"]?.stringValue == name, "\(outcome.output)")
    #expect(try SystemFiles().names(in: files) == [name])
  }

  @Test func `a key that is too long is refused`() throws {
    let key = String(repeating: "k", count: 201)
    let outcome = try run(
      "cache_dashboard_screenshot", #"{"dashboard_id": 1, "cache_key": "\#(key)"}"#)
    #expect(outcome.status == 65)
    #expect(outcome.message == "the job is malformed: cache_key is no key")
  }

  @Test func `names and texts are shown, not run, and ask nobody for anything`() throws {
    let server = try SupersetServer(bench)
    let names = [
      "<img src=\"\(server.url)x\" onerror=\"location=this.src\"><script>location=1</script>",
      "</title></svg></style><style>@import url(\(server.url)y);</style>",
      "<meta http-equiv=refresh content=\"0;url=\(server.url)z\">",
      "\u{202E}שלום \u{2066}تقرير\u{2069} 報告", String(repeating: "long ", count: 20_000),
    ]
    try bench.changeMetadata(
      names.enumerated().map { copyChart($0 + 3, as: 100 + $0, named: $1) }.joined()
        + "UPDATE dashboards SET css = 'body { background: url(\(server.url)css) }' WHERE id = 1;")
    let outcome = try run("cache_dashboard_thumbnail", #"{"dashboard_id": 1}"#)
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(try picture(outcome).count > 10_000)
    for chart in 100..<105 {
      let outcome = try run("cache_chart_thumbnail", #"{"chart_id": \#(chart)}"#)
      #expect(outcome.status == 0, "\(chart): \(outcome.log)")
    }
    #expect(server.requests.isEmpty)
  }

  @Test func `a dashboard of 200 charts has its picture`() throws {
    try bench.changeMetadata(
      (0..<195).map { copyChart($0 % 8 + 1, as: 1000 + $0, named: "chart \($0)") }.joined())
    let began = Date()
    let outcome = try run("cache_dashboard_thumbnail", #"{"dashboard_id": 1}"#)
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(Date().timeIntervalSince(began) < 60)
  }

  @Test func `the spool of the examples has the queues that thumbnails want`() throws {
    let root = "\(bench.path)/example"
    #expect(try bench.run("spool", ["init", "--example", root], input: "").status == 0)
    let outcome = try bench.run(
      "compute-thumbnails", ["--spool", root, "--no-wait"], input: "",
      ["SUPERSET_METADATA_URL": ""])
    #expect(outcome.output == "0 of 10 thumbnails are there, 10 to be made\n", "\(outcome.log)")
  }
}

// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import SpoolTesting
import Testing

/// All thumbnails that are missing, by one command in front of a spool whose tasks are stand-ins.
struct ComputeThumbnailsTests {
  private let bench: Workbench
  private let spool: TestSpool

  init() throws {
    bench = try Workbench()
    // Chart 3 fails for good; the others get a picture of three bytes.
    spool = try TestSpool(
      [
        "cache_chart_thumbnail": """
        job=$(cat)
        case "$job" in *'"chart_id":3,'*)
          echo '{"status": "error", "errors": [{"message": "<b>no</b> such column"}]}'
          exit 65 ;;
        esac
        printf png > "$SPOOL_FILES/a.png"
        echo '{"status": "done", "image": "a.png"}'
        """,
        "cache_dashboard_thumbnail": """
        printf png > "$SPOOL_FILES/a.png"; echo '{"status": "done", "image": "a.png"}'
        """,
      ], configuration: "[superset]\nmetadata_url = 'sqlite:///\(bench.metadata)'\n")
  }

  private func compute(_ arguments: String...) throws -> Workbench.Outcome {
    try bench.run(
      "compute-thumbnails", ["--spool", spool.root] + arguments, input: "",
      ["SUPERSET_METADATA_URL": ""])
  }

  private func lines(_ outcome: Workbench.Outcome) throws -> [JSONValue] {
    try outcome.output.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
  }

  @Test func `a dry run prints the jobs, and leaves none`() throws {
    let charts = try lines(compute("--dry-run", "--charts_only", "--user", "alice"))
    #expect(charts.compactMap { $0["chart_id"]?.integerValue } == Array(1...8))
    #expect(charts.allSatisfy { $0["current_user"] == "alice" && $0["force"] == false })
    let some = try lines(compute("--dry-run", "-i", "2", "--model_id=1,7", "--force"))
    #expect(
      some.map { $0["dashboard_id"] ?? $0["chart_id"] ?? nil } == [1, 2, 1, 2, 7])
    #expect(some.allSatisfy { $0["force"] == true })
    #expect(try lines(compute("--dry-run", "-d")).count == 2)
    #expect(spool.names(in: "incoming/cache_chart_thumbnail").isEmpty)
  }

  @Test func `what is missing becomes a job, which waits once`() throws {
    #expect(try compute("--no-wait").output == "0 of 10 thumbnails are there, 10 to be made\n")
    #expect(try compute("--no-wait", "-c").status == 0)
    #expect(spool.names(in: "incoming/cache_chart_thumbnail").count == 16)
    try spool.start()
    #expect(spool.waitsUntilEmpty())
    let results = spool.names(in: "results/cache_chart_thumbnail").filter {
      spool.read("results/cache_chart_thumbnail/\($0)")?.contains("duplicate_of") == true
    }
    #expect(results.count == 8)
  }

  @Test func `it waits, tells what failed, and shows all on one sheet`() throws {
    try spool.start()
    let outcome = try compute("--sheet", "\(bench.path)/sheet.html")
    #expect(outcome.status == 65)
    #expect(outcome.output.contains("9 of 10 done, 1 failed\n"), "\(outcome.output)")
    #expect(outcome.output.hasSuffix("1 of 10 have no picture\n"))
    #expect(outcome.log.contains("compute-thumbnails: chart 3 "), "\(outcome.log)")
    #expect(outcome.log.contains("<b>no</b> such column"))
    let sheet = try String(contentsOfFile: "\(bench.path)/sheet.html", encoding: .utf8)
    #expect(sheet.components(separatedBy: "src=\"data:image/png;base64,cG5n\"").count == 10)
    #expect(sheet.contains("&lt;b&gt;no&lt;/b&gt; such column"))
    #expect(!sheet.contains("<b>"))
  }

  @Test func `what is in the cache is not made again, and what failed is told`() throws {
    func key(of chart: Int) throws -> String {
      spool.run("rm -f incoming/cache_chart_thumbnail/*")
      _ = try compute("--no-wait", "-c", "-i", "\(chart)")
      let name = try #require(spool.names(in: "incoming/cache_chart_thumbnail").first)
      let job = try JSONValue(parsing: spool.read("incoming/cache_chart_thumbnail/\(name)") ?? "")
      return String(try #require(job["unique"]?.stringValue).dropFirst("thumbnail ".count))
    }
    let cache = "\(spool.root)/cache"
    try Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]).write(
      to: URL(fileURLWithPath: "\(bench.path)/a.png"))
    try bench.link("a.png", under: try key(of: 1), in: cache)
    try bench.write("7.error", #"{"message": "it is gone", "exit_status": 66, "errors": []}"#)
    try bench.link("7.error", under: try key(of: 2), in: cache)
    spool.run("rm -f incoming/cache_chart_thumbnail/*")

    let outcome = try compute("-c", "-i", "1,2")
    #expect(outcome.output.hasPrefix("1 of 2 thumbnails are there, 0 to be made\n"))
    #expect(outcome.status == 66)
    #expect(outcome.log.contains("chart 2 Births in all: it is gone"))
    #expect(try lines(compute("-c", "-i", "1,2", "--dry-run")).isEmpty)
    #expect(try lines(compute("-c", "-i", "1,2", "--dry-run", "-f")).count == 2)
    #expect(spool.names(in: "incoming/cache_chart_thumbnail").isEmpty)
  }

  @Test func `where nobody runs jobs the wait ends when it is told to`() throws {
    let outcome = try compute("-i", "1", "-c", "--timeout", "0.3")
    #expect(outcome.status == 75)
    #expect(outcome.log.contains("no spoold runs: the jobs wait for one"))
  }

  @Test(
    arguments: [
      (["-i", "99"], 66, "Chart with id 99 not found"),
      (["-i", "99", "-d"], 66, "Dashboard with id 99 not found"),
      (["-i", "x"], 64, "'x' is no number of a model"),
      (["-c", "-d"], 64, "--charts_only or --dashboards_only, not both"),
      (["--user", "nobody"], 67, "there is no user 'nobody' who may log in"),
      (["--nonsense"], 64, "unknown option --nonsense"),
      (["--spool", "/nowhere", "--config", "@"], 66, "/nowhere"),
    ] as [([String], Int32, String)])
  func `what cannot be done is said`(
    _ arguments: [String], _ status: Int32, _ message: String
  ) throws {
    let given = arguments.map { $0 == "@" ? "\(spool.root)/spool.toml" : $0 }
    let outcome = try bench.run(
      "compute-thumbnails", ["--spool", spool.root] + given, input: "",
      ["SUPERSET_METADATA_URL": ""])
    #expect(outcome.status == status, "\(outcome.log)")
    #expect(outcome.log.contains(message), "\(outcome.log)")
  }
}

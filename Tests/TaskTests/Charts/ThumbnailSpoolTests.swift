// SPDX-License-Identifier: MIT
import Foundation
import Glibc
import JSONValues
import Screenshots
import SpoolTesting
import SystemCalls
import TaskContract
import Testing

/// Thumbnails in a running spool, each browser of which notes the group of its processes.
@Suite(.enabled(if: BrowserSettings.isInstalled, "needs Debian's chromium-headless-shell"))
struct ThumbnailSpoolTests {
  private static let queue = "cache_chart_thumbnail"

  private let bench: Workbench
  private let spool: TestSpool

  init() throws {
    bench = try Workbench()
    let task = Workbench.products.appendingPathComponent(Self.queue).path
    spool = try TestSpool([Self.queue: "exec '\(task)' \"$@\""])
    // It is nobody's where this is root.
    spool.run("touch tmp/groups && chmod 666 tmp/groups && chmod 755 . tmp")
    try spool.task(
      "browser",
      "echo $$ >> '\(spool.root)/tmp/groups'; exec \(BrowserSettings.usualProgram) \"$@\"")
  }

  private func configure(_ superset: String = "", _ queue: String = "") throws {
    try spool.put(
      """
      [superset]
      metadata_url = "sqlite:///\(bench.metadata)"
      browser = "\(spool.bin)/browser"
      \(superset)
      [queues.\(Self.queue)]
      resident = true
      workers = 1
      retry_pause = "1s"
      \(queue)
      """, at: "spool.toml")
  }

  private func drop(_ id: String, _ job: String) throws {
    try spool.put(job, at: "incoming/\(Self.queue)/\(id).json")
  }

  private func result(_ id: String) throws -> JSONValue {
    let name = "results/\(Self.queue)/\(id).json"
    let failure = "errors/\(Self.queue)/\(id).error"
    #expect(spool.waits { spool.exists(name) || spool.exists(failure) })
    return try JSONValue(parsing: spool.read(name) ?? spool.read(failure) ?? "null")
  }

  /// The groups of which a process is left.
  private var browsers: [pid_t] {
    (spool.read("tmp/groups") ?? "").split(separator: "\n").compactMap { pid_t($0) }
      .filter { kill(-$0, 0) == 0 }
  }

  /// The spool's end is the end of every process that it has begun.
  private func expectNothingLeft() {
    spool.end()
    #expect(spool.waits { spool.processes.isEmpty && browsers.isEmpty })
  }

  @Test func `a job that is dropped with cp comes out as a picture under its key`() throws {
    try configure()
    try spool.start()
    let cache = try spool.start(program: "spool-cache")
    try drop("41", Workbench.example(Self.queue))
    let done = try result("41")
    let key = try #require(done["cache_key"]?.stringValue.flatMap(CacheKey.init), "\(done)")
    #expect(spool.waits(for: "cache/\(key.dataPath)"))
    let picture = try SystemFiles().contents(of: "\(spool.root)/cache/\(key.dataPath)")
    #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    #expect(
      try picture
        == SystemFiles().contents(of: "\(spool.root)/results/\(Self.queue)/41.files/\(key).png"))
    try drop("42", Workbench.example(Self.queue))
    #expect(try result("42")["cached"] == true)
    cache.send(.terminate)
    #expect(spool.waits(forEndOf: cache))
    expectNothingLeft()
  }

  /// `make soak` kills 20 in 200.
  @Test func `browsers that are killed cost no picture and leave no process`() throws {
    let variables = ProcessInfo.processInfo.environment
    let count = variables["THUMBNAIL_JOBS"].flatMap(Int.init) ?? 30
    let kills = variables["THUMBNAIL_KILLS"].flatMap(Int.init) ?? 3
    try configure()
    for number in 0..<count {
      let chart = number % 8 + 1
      try drop("j\(number)", #"{"chart_id": \#(chart), "cache_key": "k\#(number)"}"#)
    }
    let began = Date()
    try spool.start()
    var killed = 0
    var peak = 0
    func done() -> Int { spool.names(in: "results/\(Self.queue)").count { $0.hasSuffix(".json") } }
    #expect(
      spool.waits(for: .seconds(600)) {
        peak = max(peak, memoryOfBrowsers)
        if killed < kills, done() >= count / kills * killed, let browser = browsers.first {
          kill(browser, SIGKILL)
          killed += 1
        }
        return spool.isEmpty
      })
    let seconds = Date().timeIntervalSince(began)
    #expect(killed == kills)
    for number in 0..<count {
      #expect(spool.exists("results/\(Self.queue)/j\(number).files/k\(number).png"), "\(number)")
    }
    #expect(spool.names(in: "errors/\(Self.queue)").isEmpty)
    expectNothingLeft()
    print(
      "PROOF: \(count) pictures in \(Int(seconds)) s, \(killed) browsers killed, nothing left,",
      "the browser \(peak >> 20) MB at most")
  }

  /// Shared pages counted for each process in part: PSS.
  private var memoryOfBrowsers: Int {
    let groups = browsers.map(String.init).joined(separator: ",")
    let processes = spool.run("pgrep -g \(groups.isEmpty ? "0" : groups)") ?? ""
    return processes.split(separator: "\n").reduce(0) { sum, pid in
      let text = (try? String(contentsOfFile: "/proc/\(pid)/smaps_rollup", encoding: .utf8)) ?? ""
      let pss = text.firstMatch(of: #/(?m)^Pss: +(\d+)/#).flatMap { Int($0.1) } ?? 0
      return sum + pss << 10
    }
  }

  @Test func `a worker that is killed leaves no browser, and its job is done once more`() throws {
    let server = try web()
    try configure(try webSettings(server))
    try spool.start()
    try drop("41", #"{"chart_id": 704}"#)
    func visits() -> Int { server.requests.count { $0.path == "/explore/" } }
    #expect(spool.waits { visits() == 1 && !browsers.isEmpty })
    let first = browsers
    for worker in spool.processes(running: "spool-worker") { kill(worker, SIGKILL) }
    #expect(spool.waits { first.allSatisfy { kill(-$0, 0) != 0 } })
    let done = try result("41")
    #expect(done["status"] == "done", "\(done)")
    #expect(visits() == 2)
    expectNothingLeft()
  }

  @Test func `when time is over the job ends, and the next one has a browser`() throws {
    let server = try web()
    try configure(try webSettings(server), "soft_time_limit = \"3s\"\ntries = 1\n")
    try spool.start()
    try drop("41", #"{"chart_id": 700}"#)
    let late = try result("41")
    #expect(late["message"]?.stringValue?.contains("broken off") == true, "\(late)")
    try drop("42", #"{"chart_id": 1}"#)
    #expect(try result("42")["status"] == "done")
    expectNothingLeft()
  }

  private func web() throws -> SupersetServer {
    try bench.changeMetadata(
      [700, 704].map { id in
        """
        INSERT INTO slices (id, created_on, changed_on, slice_name, params)
          SELECT \(id), created_on, changed_on, 'c', '{"id": \(id)}' FROM slices WHERE id = 1;
        """
      }.joined())
    return try SupersetServer(bench)
  }

  private func webSettings(_ server: SupersetServer) throws -> String {
    "webdriver_baseurl = '\(server.url)'\nsecret_key = '\(SupersetServer.secret)'\n"
  }

  @Test func `a full disk is said, and is not kept full`() throws {
    let place = try bench.makeDirectory("full")
    let shell = Shell(directory: bench.path)
    guard shell.run("mount -t tmpfs -o size=8k none full") != nil else {
      return print("SKIPPED: a full disk: no right to mount one")
    }
    defer { _ = shell.run("umount full") }
    let outcome = try bench.run(
      Self.queue, input: #"{"chart_id": 1}"#, ["SPOOL_FILES": place])
    #expect(outcome.status == Verdict.ioError.rawValue)
    #expect(outcome.message?.hasSuffix("No space left on device") == true, "\(outcome.output)")
    #expect(try SystemFiles().names(in: place) == [])
  }
}

// SPDX-License-Identifier: MIT
import JSONValues
import SpoolCommands
import SpoolConfiguration
import SpoolProtocol
import SpoolTesting
import SystemCalls
import Testing

/// `spool prune` on a tree in which nothing runs.
struct PruneTests {
  /// A result with its files, a failure and a corrupt file; none asks anything of the cache layer.
  private func settledSpool(configuration: String = "") throws -> TestSpool {
    let spool = try TestSpool(configuration: configuration)
    try #require(
      spool.run(
        """
        mkdir -p {results,errors,corrupt,deferred,hold}/echo results/echo/done.files active/echo@1
        echo 1 > results/echo/done.files/a; echo '{}' > results/echo/done.json
        echo '{}' > errors/echo/failed.json; echo '{"message":"no"}' > errors/echo/failed.error
        echo x > corrupt/echo/odd.json; echo 'not JSON' > corrupt/echo/odd.json.reason
        mkdir corrupt/echo/tree; echo y > corrupt/echo/tree/leaf; echo dir > corrupt/echo/tree.reason
        """) != nil)
    return spool
  }

  private func everything(_ spool: TestSpool) -> [String] {
    spool.run("find results errors corrupt events log -mindepth 2 | sort")?
      .split(separator: "\n").map(String.init) ?? []
  }

  @Test func `what has an age is removed as a whole, and the rest stays`() throws {
    let spool = try settledSpool(configuration: "[prune]\nresults = 0\nerrors = \"1h\"\n")
    let run = try spool.command("prune")
    #expect(run.output == "removed 1 of results\n" && run.complaints == "" && run.status == 0)
    #expect(spool.names(in: "results/echo").isEmpty)
    #expect(spool.run("ls -A results/echo") == "")
    #expect(spool.names(in: "errors/echo").count == 2 && spool.names(in: "corrupt/echo").count == 4)
    #expect(try spool.command("prune", "--errors", "0", "--corrupt", "0s").status == 0)
    #expect(everything(spool) == [])
    #expect(try spool.command("prune").output == "nothing to remove\n")
  }

  @Test func `without an age nothing is removed, and never is no age`() throws {
    let spool = try settledSpool(configuration: "[prune]\nresults = 0\n")
    let before = everything(spool)
    #expect(try spool.command("prune", "--results", "never").output == "nothing to remove\n")
    #expect(everything(spool) == before)
    let wrong = try spool.command("prune", "--logs", "soon")
    #expect(wrong.complaints.hasPrefix("spool: unable to prune logs: 'soon' is no age"))
    #expect(wrong.status == 64)
  }

  @Test func `a dry run names what would go, and changes nothing`() throws {
    let spool = try settledSpool()
    let before = everything(spool)
    let run = try spool.command("prune", "--dry-run", "--results", "0", "--errors", "0")
    #expect(
      run.output
        == "\(spool.root)/results/echo/done.json\n\(spool.root)/errors/echo/failed.json\n")
    #expect(everything(spool) == before)
  }

  @Test func `what came to stand there last is kept longest`() throws {
    let spool = try settledSpool()
    // So that the clock of the files ticks between them.
    #expect(
      spool.waits {
        spool.run(
          "echo '{}' > results/echo/new.json; test results/echo/new.json -nt results/echo/done.json"
        )
          != nil
      })
    // Its content is old; it was moved there just now.
    spool.run("touch -d '-9 days' tmp/moved; mv tmp/moved results/echo/moved.json")
    let files = SystemFiles()
    let old = try #require(try files.status(of: "\(spool.root)/results/echo/done.json"))
    var settings = PruneSettings()
    settings.results = .seconds(7 * 86400)
    var pruner = Pruner(
      Spool(root: spool.root), settings, at: old.changed + .seconds(7 * 86400)
    ) { _, _ in }
    try pruner.run()
    #expect(pruner.failures.isEmpty)
    #expect(spool.names(in: "results/echo") == ["moved.json", "new.json"])
  }

  @Test(arguments: ["incoming/echo", "deferred/echo", "hold/echo", "active/echo@1"])
  func `results and errors of a job that is unfinished are not touched`(_ place: String) throws {
    let spool = try settledSpool()
    spool.run("echo '{}' > \(place)/done.json; echo '{}' > \(place)/failed.try3.json")
    // As a person does who tries it again: the reason stays until it succeeds.
    spool.run("rm errors/echo/failed.json")
    let before = everything(spool)
    #expect(try spool.command("prune", "--results", "0", "--errors", "0").status == 0)
    #expect(everything(spool) == before)
  }

  @Test func `halves that may be about to become whole are left for an hour`() throws {
    let spool = try TestSpool()
    try #require(
      spool.run(
        """
        mkdir -p {results,errors,corrupt}/echo results/echo/{a,.b}.files{,.pruned}
        rm -r results/echo/a.files.pruned results/echo/.b.files
        touch errors/echo/c.error corrupt/echo/d.reason
        """) != nil)
    let all = ["--results", "0", "--errors", "0", "--corrupt", "0"]
    let run = try CommandRun(["prune"] + all, in: spool.root)
    #expect(run.output == "nothing to remove\n" && everything(spool).count == 4)
    var settings = PruneSettings()
    (settings.results, settings.errors, settings.corrupt) = (.zero, .zero, .zero)
    var later = Pruner(
      Spool(root: spool.root), settings, at: SystemClock.now() + .seconds(3601)
    ) { _, _ in }
    try later.run()
    #expect(spool.run("find results/echo errors/echo corrupt/echo -mindepth 1") == "")
  }

  @Test(arguments: [Fault.kill, .error(.ioError)])
  func `broken off at any call it leaves what the next time removes, and tells of failures`(
    _ fault: Fault
  ) throws {
    var settings = PruneSettings()
    for (_, path) in PruneSettings.ages { settings[keyPath: path] = .zero }
    var number = 0
    var isWhole = false
    while !isWhole {
      number += 1
      let spool = try settledSpool()
      let files = FaultyFiles(failingAt: number, as: fault)
      var pruner = Pruner(Spool(root: spool.root, files: files), settings, at: SystemClock.now()) {
        _, _ in
      }
      do { try pruner.run() } catch { #expect(files.hasFailed) }
      isWhole = !files.hasFailed
      // A failure, unless it is that of the cache's list, is told, and keeps no other kind.
      if isWhole { #expect(pruner.failures.isEmpty) }
      if fault != .kill, pruner.failures.count == 1 { #expect(everything(spool).count <= 5) }
      var later = Pruner(
        Spool(root: spool.root), settings, at: SystemClock.now() + .seconds(3601)
      ) { _, _ in }
      try later.run()
      #expect(later.failures.isEmpty)
      #expect(spool.run("find results errors corrupt -mindepth 2") == "", "call \(number)")
    }
    #expect(number > 40)
  }

  // MARK: log/

  @Test func `the job log is set aside when its first line is old, and removed when its last is`()
    throws
  {
    let spool = try TestSpool()
    let line = #"{"id":"a","ended":"2020-01-01T00:00:00.000Z"}"#
    try spool.put(line + "\n", at: "log/jobs.jsonl")
    #expect(try spool.command("prune", "--logs", "9999d").output == "nothing to remove\n")
    #expect(try spool.command("prune", "--logs", "1d").output == "removed 1 of logs\n")
    #expect(spool.read("log/jobs.jsonl") == nil)
    let aside = try #require(spool.names(in: "log").first)
    #expect(aside.hasPrefix("jobs-20") && spool.read("log/\(aside)") == line + "\n")
    // Somebody may still be writing into it.
    #expect(try spool.command("prune", "--logs", "0").output == "nothing to remove\n")
    let held = try SystemFiles().open("\(spool.root)/log/\(aside)", .append)
    var settings = PruneSettings()
    settings.logs = .zero
    var later = Pruner(
      Spool(root: spool.root), settings, at: SystemClock.now() + .seconds(61)
    ) { _, _ in }
    try later.run()
    #expect(spool.names(in: "log") == [aside])
    try withExtendedLifetime(held) { try held.write(Array("more\n".utf8)) }
  }

  @Test func `a log that nobody writes goes with its age`() throws {
    let spool = try TestSpool()
    try spool.put("x", at: "log/spoold.log")
    try spool.put("x", at: "log/README")
    var settings = PruneSettings()
    settings.logs = .seconds(90)
    for (age, left) in [(80, ["README", "spoold.log"]), (91, ["README"])] {
      var pruner = Pruner(
        Spool(root: spool.root), settings, at: SystemClock.now() + .seconds(age)
      ) { _, _ in }
      try pruner.run()
      #expect(spool.names(in: "log") == left)
    }
  }
}

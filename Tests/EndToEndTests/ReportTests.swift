// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

/// The form of what the programs say on standard error.
@Suite struct ReportTests {
  /// As systemd does for a service whose standard error is the journal.
  private static let journal = "export JOURNAL_STREAM=$(stat -L -c %d:%i /proc/self/fd/2);"

  /// A spool in which dispatcher and worker have had something to say.
  private func talking(_ preparation: String) throws -> TestSpool {
    let spool = try TestSpool(["work": "touch $SPOOL/tmp/began; sleep 60"])
    try spool.start(limits: preparation)
    try spool.put("[]", at: "incoming/work/odd.json")
    try spool.put("{}", at: "incoming/work/a.json")
    #expect(spool.waits(for: "tmp/began"))
    spool.run("rm active/work@1/a.json")
    #expect(spool.waits { spool.messages.contains("was removed while it ran") })
    #expect(spool.waits { spool.messages.contains("not an object") })
    #expect(spool.end() == .exited(0))
    return spool
  }

  private func lines(_ spool: TestSpool) -> Set<String> {
    Set(spool.messages.split(separator: "\n").map(String.init))
  }

  @Test func `in the journal a line begins with its priority`() throws {
    let spool = try talking(Self.journal)
    #expect(
      lines(spool) == [
        "<5>\(spool.root)/corrupt/work/odd.json: JSON, but not an object",
        "<6>work@1: a was removed while it ran",
        "<6>stopping: running jobs may end, the others go back",
      ])
  }

  @Test(arguments: ["", "export JOURNAL_STREAM=1:2;", "export JOURNAL_STREAM=;"])
  func `elsewhere it begins with the program's name`(_ preparation: String) throws {
    let spool = try talking(preparation)
    #expect(
      lines(spool) == [
        "spoold: \(spool.root)/corrupt/work/odd.json: JSON, but not an object",
        "spool-worker: work@1: a was removed while it ran",
        "spoold: stopping: running jobs may end, the others go back",
      ])
  }

  @Test(arguments: [("spoold", 66), ("spool-cache", 66), ("spool-cron", 66)])
  func `a program that ends at its start says so in the same form`(
    _ program: String, _ status: Int
  ) throws {
    let spool = try TestSpool()
    let path = RunningProgram.path.parentPath + "/\(program)"
    #expect(
      spool.run("exec 2> tmp/said; \(Self.journal) \(path) tmp; echo $? > tmp/status") != nil)
    let message = "\(spool.root)/tmp is not a spool: it has no incoming/; spool init makes one\n"
    #expect(spool.read("tmp/said") == "<3>" + message)
    #expect(spool.read("tmp/status") == "\(status)\n")
    spool.run("exec 2> tmp/said; \(path) tmp")
    #expect(spool.read("tmp/said") == "\(program): " + message)
  }
}

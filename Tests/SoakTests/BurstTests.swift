// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import SystemCalls
import Testing

/// More events than anybody can take in; `BURST_DROPS` sets how many.
@Suite(.serialized) struct BurstTests {
  private static let drops = Proof.asked("BURST_DROPS") ?? 5000
  private static let limit = "/proc/sys/fs/inotify/max_queued_events"
  /// As long as the slowest machine needs for a job, times all of them.
  private static let patience: Duration = .milliseconds(60_000 + drops * 20)

  private func makeSpool() throws -> TestSpool {
    // One task for many jobs would be another test; this one has to be quick.
    try TestSpool(
      ["task": "echo {}; echo $SPOOL_JOB_ID >> $SPOOL/tmp/began"],
      configuration: "backstop = 3600\n[defaults]\nworkers = 4\n")
  }

  /// Renames, so that a job costs one event, and all of them come as fast as they can.
  private func drop(into spool: TestSpool) throws -> ChildProcess {
    try spool.startProducer(
      """
      mkdir tmp/drops && cd tmp/drops && for ((n = 0; n < \(Self.drops); n++)); do echo '{}' > b$n.json; done
      cd ../.. && printf '%s\\n' tmp/drops/* | xargs -n 500 mv -t incoming/task/
      """)
  }

  private func judge(_ spool: TestSpool, _ name: String) {
    let isEmpty = spool.waitsUntilEmpty(for: Self.patience)
    if !isEmpty { print(spool.messages.suffix(2000)) }
    var oracle = EndOracle()
    let ids = (0..<Self.drops).map { "b\($0)" }
    oracle.judgePlaces(
      spool, expecting: Dictionary(uniqueKeysWithValues: ids.map { ($0, "results") }))
    let began = (spool.read("tmp/began") ?? "").split(separator: "\n").map(String.init)
    if began.sorted() != ids.sorted() {
      oracle.complain("\(began.count) runs of \(ids.count) jobs")
    }
    oracle.judgePeace(spool)
    #expect(oracle.complaints.isEmpty, "\(oracle.complaints.prefix(10))")
    print("PROOF: \(name): \(Self.drops) drops, \(began.count) runs")
  }

  /// The limit holds for whoever begins to watch while it stands; it stands for as long as spool-watch needs for that.
  @Test func `a queue of 64 events that overflows loses no job`() throws {
    let spool = try makeSpool()
    let files = SystemFiles()
    let before = String(decoding: try files.contents(of: Self.limit), as: UTF8.self)
    let set = "echo 64 > \(Self.limit)"
    guard spool.run(set) != nil else {
      return print("SKIPPED: a queue of 64 events (no right to set \(Self.limit))")
    }
    defer { spool.run("echo \(before.filter(\.isNumber)) > \(Self.limit)") }
    try spool.start()
    let isWatching = spool.waits { spool.exists("results/task") && watches(spool) }
    spool.run("echo \(before.filter(\.isNumber)) > \(Self.limit)")
    #expect(isWatching)
    // It does not read while they come, so that its queue is full whatever the machine's speed.
    let watchers = spool.processes(running: "/spool-watch")
    for pid in watchers { kill(pid, SIGSTOP) }
    #expect(spool.waits(forEndOf: try drop(into: spool), for: Self.patience))
    for pid in watchers { kill(pid, SIGCONT) }
    judge(spool, "a queue of 64 events")
    #expect(!watchers.isEmpty)
  }

  private func watches(_ spool: TestSpool) -> Bool {
    spool.processes(running: "/spool-watch").contains { pid in
      spool.run("grep -l '^inotify' /proc/\(pid)/fdinfo/*") != nil
    }
  }

  @Test func `a dispatcher that is stopped through a burst loses no job`() throws {
    let spool = try makeSpool()
    try spool.start()
    #expect(spool.waits(for: "results/task"))
    let dispatcher = try #require(spool.dispatcher)
    kill(dispatcher.pid, SIGSTOP)
    #expect(spool.waits(forEndOf: try drop(into: spool), for: Self.patience))
    #expect(spool.names(in: "incoming/task").count == Self.drops)
    kill(dispatcher.pid, SIGCONT)
    judge(spool, "a stopped dispatcher")
  }
}

// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

/// Every way to drop a job, all of them at the same time; `PRODUCER_DROPS` sets how many jobs each drops.
@Suite(.serialized) struct ProducerZooTests {
  private static let drops = Proof.asked("PRODUCER_DROPS") ?? 20
  private static let kinds = Producer.all.map(\.name) + Producer.programs

  @Test func `whoever drops it, a job runs once and whole, or is kept as it was left`() throws {
    let other = try TemporaryDirectory("other", inMemory: true)
    let spool = try TestSpool(
      ["task": RunJournal.task()],
      configuration: "[defaults]\nworkers = 4\n[intake]\nsettling_time = 3\n")
    try spool.start()
    #expect(spool.waits(for: "results/task"))
    let producers =
      try Producer.all.map { try start($0, in: spool, other: other.path) }
      + Producer.programs.map { kind in
        try spool.startProducer(
          "exec \(Proof.helper("unusual-writers")) \(kind) \(Self.drops) incoming/task")
      }
    for producer in producers {
      #expect(spool.waits(forEndOf: producer, for: .seconds(60 + Self.drops)))
    }
    #expect(spool.waitsUntilEmpty(for: .seconds(60 + Self.drops)))
    judge(spool)
  }

  private func start(
    _ producer: Producer, in spool: TestSpool, other: String
  ) throws -> ChildProcess {
    try spool.startProducer(
      """
      J=tmp/\(producer.name).job; O=\(other)
      for ((n = 0; n < \(Self.drops); n++)); do
        id=\(producer.name)-$n; text="{\\"id\\":\\"$id\\"}"; F=incoming/task/$id.json
        printf '%s' "$text" > $J
        { \(producer.command); } || echo $id >> tmp/refused
      done
      wait
      """)
  }

  private func judge(_ spool: TestSpool) {
    let refused = Set(
      (spool.read("tmp/refused") ?? "").split(separator: "\n").map(String.init))
    var ends: [String: String] = [:]
    for kind in Self.kinds {
      let end = Producer.all.first { $0.name == kind }?.end ?? .runs
      for id in (0..<Self.drops).map({ "\(kind)-\($0)" }) {
        let isKept = end == .isKept || (end == .runsOrFails && refused.contains(id))
        ends[id] = isKept ? "corrupt" : "results"
      }
    }
    var oracle = EndOracle()
    oracle.judgePlaces(spool, expecting: ends)
    let running = Set(ends.filter { $0.value == "results" }.keys)
    oracle.judgeRuns(RunJournal(spool), of: running)
    for id in running {
      let text = spool.read("results/task/\(id).json")?.filter { $0 != "\n" }
      if text != "{\"id\":\"\(id)\"}" { oracle.complain("\(id) says \(text ?? "nothing")") }
    }
    for id in ends.keys where ends[id] == "corrupt" {
      if !spool.exists("corrupt/task/\(id).json.reason") { oracle.complain("no reason of \(id)") }
      let isKilled = id.hasPrefix("killed")
      if isKilled, spool.read("corrupt/task/\(id).json") != Producer.half {
        oracle.complain("\(id) has changed")
      }
    }
    oracle.judgePeace(spool)
    let failed = Dictionary(grouping: refused) { String($0.prefix { $0 != "-" }) }
      .map { "\($0.key) \($0.value.count)" }.sorted().joined(separator: ", ")
    print(
      "PROOF: producers: \(Self.kinds.count) kinds, \(Self.drops) each; commands that failed: \(failed.isEmpty ? "none" : failed)"
    )
    #expect(oracle.complaints.isEmpty, "\(oracle.complaints.prefix(12))")
  }

  /// A disk of its own that is full: cp(1) closes what fitted, and says so by its exit status alone.
  @Test func `a cp that found no space leaves no job, and the next one runs`() throws {
    let place = try TemporaryDirectory("full")
    let shell = Shell(directory: place.path)
    guard shell.run("mkdir m && mount -t tmpfs -o size=4m none m") != nil else {
      return print("SKIPPED: a cp that found no space (no right to mount)")
    }
    defer { _ = shell.run("umount -l m") }
    let spool = try TestSpool(
      ["task": RunJournal.task()], at: place.path + "/m",
      configuration: "[intake]\nsettling_time = 1\n")
    try spool.start()
    #expect(spool.waits(for: "results/task"))
    let large = "{\\\"id\\\":\\\"$(printf 'x%.0s' {1..200000})\\\"}"
    let script = """
      echo "\(large)" > $LARGE
      dd if=/dev/zero of=tmp/fill bs=1k status=none || true
      truncate -s -20k tmp/fill
      ! cp $LARGE incoming/task/large.json
      rm tmp/fill; cp $LARGE incoming/task/again.json
      """
    #expect(spool.run("set -e; LARGE='\(place.path)/large'; \(script)") != nil)
    #expect(spool.waits(for: "corrupt/task/large.json"))
    #expect(spool.waitsUntilEmpty())
    var oracle = EndOracle()
    oracle.judgePlaces(spool, expecting: ["large": "corrupt", "again": "results"])
    oracle.judgeRuns(RunJournal(spool), of: ["again"])
    oracle.judgePeace(spool)
    #expect(oracle.complaints.isEmpty, "\(oracle.complaints)")
  }
}

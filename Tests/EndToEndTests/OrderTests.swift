// SPDX-License-Identifier: MIT
import SpoolTesting
import Testing

/// Who runs before whom: priorities, first in first out, weights, the cap on running jobs, rates.
struct OrderTests {
  /// Writes down its id, when it starts and when it ends.
  private static let task = """
    echo "start $SPOOL_JOB_ID $(date +%s%N)" >> $SPOOL/tmp/order
    sleep ${PAUSE:-0}
    echo "end $SPOOL_JOB_ID" >> $SPOOL/tmp/order
    """

  /// The words of the lines that say "start".
  private func starts(_ spool: TestSpool) -> [[Substring]] {
    let lines = (spool.read("tmp/order") ?? "").split(separator: "\n")
    return lines.map { $0.split(separator: " ") }.filter { $0.first == "start" }
  }

  private func order(_ spool: TestSpool) -> [String] { starts(spool).map { String($0[1]) } }

  @Test func `the most urgent job of a queue goes first, and equals in the order of their drop`()
    throws
  {
    let spool = try TestSpool(
      ["task": Self.task], configuration: "[defaults]\nworkers = 1\n")
    spool.run("touch incoming/task/.paused")
    try spool.start()
    for (id, priority) in [("a", 4), ("b", 1), ("c", 9), ("d", 4), ("e", 5), ("f", 9)] {
      try spool.put(#"{"task": "task", "priority": \#(priority)}"#, at: "incoming/task/\(id).json")
    }
    try spool.put("{}", at: "incoming/task/g.json")
    #expect(spool.waits { spool.names(in: "incoming/task").count == 7 })
    spool.run("rm incoming/task/.paused")
    #expect(spool.waitsUntilEmpty())
    #expect(order(spool) == ["c", "f", "e", "a", "d", "g", "b"], "\(spool.messages)")
  }

  @Test func `an urgent job goes before those that its worker holds already`() throws {
    let spool = try TestSpool.resident()
    // A worker of short jobs is given a stock of them.
    for number in 1...200 { try spool.drop("short\(number)", "") }
    #expect(spool.waits { spool.names(in: "results/task").count == 200 })
    try spool.drop("gate", "gate")
    let isHeld = { (id: String) in spool.waits(for: "active/task@1/\(id)") }
    #expect(isHeld("gate"))
    for id in ["a", "b", "c"] { try spool.drop(id, "") }
    #expect(["a.json", "b.json", "c.json"].allSatisfy(isHeld))
    let urgent = #"{"task": "task", "priority": 9}"#
    try spool.put(urgent, at: "incoming/task/urgent.json")
    #expect(isHeld("urgent.json"), "\(spool.messages)")
    spool.run("touch tmp/go")
    #expect(spool.waitsUntilEmpty())
    let ids = "tail -n 5 log/jobs.jsonl | jq -r .id | paste -sd' '"
    #expect(spool.waits { spool.run(ids) == "gate urgent a b c" }, "\(spool.run(ids) ?? "")")
  }

  @Test func `jobs that wait run as they came`() throws {
    let spool = try TestSpool(["task": Self.task], configuration: "[defaults]\nworkers = 1\n")
    // Names whose order is not that of the drop, and a tick of the file system's clock between two.
    spool.run(
      "for n in $(seq 60); do echo {} > incoming/task/$((n * 37 % 101)).json; sleep 0.011; done")
    try spool.start()
    #expect(spool.waitsUntilEmpty())
    #expect(order(spool) == (1...60).map { "\($0 * 37 % 101)" })
  }

  @Test func `no more tasks run at once than the cap allows, and queues have their shares`() throws
  {
    let spool = try TestSpool(
      ["heavy": "PAUSE=0.05\n" + Self.task, "light": "PAUSE=0.05\n" + Self.task],
      configuration: """
        running_limit = 1
        [queues.heavy]
        weight = 3
        """)
    spool.run(
      "for n in $(seq 40); do echo {} > incoming/heavy/h$n.json; echo {} > incoming/light/l$n.json; done"
    )
    try spool.start()
    #expect(spool.waitsUntilEmpty())
    var running = 0
    for line in (spool.read("tmp/order") ?? "").split(separator: "\n") {
      running += line.hasPrefix("start") ? 1 : -1
      #expect((0...1).contains(running))
    }
    let order = order(spool)
    #expect(order.count == 80)
    // Workers have a small stock, so that a turn may be some jobs long.
    let early = order.prefix(40).filter { $0.hasPrefix("h") }.count
    #expect((24...38).contains(early), "\(order)")
  }

  @Test func `a queue starts no more jobs than its rate allows`() throws {
    let spool = try TestSpool(
      ["task": Self.task], configuration: "[queues.task]\nrate = \"20/s\"\n")
    spool.run("for n in $(seq 21); do echo {} > incoming/task/$n.json; done")
    try spool.start()
    #expect(spool.waitsUntilEmpty())
    let moments = starts(spool).compactMap { Int($0[2]) }.sorted()
    #expect(moments.count == 21)
    // A worker on its way may delay the first by some time, but twenty intervals are a second.
    #expect((moments.last ?? 0) - (moments.first ?? 0) > 800_000_000)
  }

  @Test func `a flooded queue does not hold up another one`() throws {
    let spool = try TestSpool(["flood": "", "other": ""])
    try spool.start()
    spool.run(
      "for n in $(seq 4000); do echo {} > incoming/flood/$n.json; done; echo {} > incoming/other/a.json"
    )
    #expect(spool.waits(for: "results/other/a.json"))
    #expect(!spool.names(in: "incoming/flood").isEmpty)
    #expect(spool.waitsUntilEmpty(for: .seconds(120)))
  }
}

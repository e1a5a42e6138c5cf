// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import SystemCalls

/// Four shell loops that drop jobs at once, and somebody who kills programs meanwhile.
final class Storm {
  let spool: TestSpool
  private let jobs: Int
  /// Between two kills, microseconds.
  private let pause: ClosedRange<UInt32>
  private var cache: ChildProcess?
  private(set) var kills: [Victim: Int] = [:]

  /// A program that may be killed.
  enum Victim: String, CaseIterable {
    case spoold, spoolWorker = "spool-worker", spoolWatch = "spool-watch",
      spoolCache = "spool-cache"
  }

  /// Drops the `n`-th job: `$id`, whose content is `$text`, as the third does, a byte at a time for one in fifty.
  private static let producers = [
    #"echo "$text" > tmp/$p.job; cp tmp/$p.job incoming/task/$id.json"#,
    #"echo "$text" > tmp/$p.job; mv tmp/$p.job incoming/task/$id.json"#,
    """
    if [ $((n % 50)) = 0 ]; then
      for ((c = 0; c < ${#text}; c++)); do printf '%s' "${text:c:1}"; done > incoming/task/$id.json
    else echo "$text" > incoming/task/$id.json; fi
    """,
    #"echo "$text" > tmp/$p.$((n % 9)); ln tmp/$p.$((n % 9)) incoming/task/$id.json; rm tmp/$p.$((n % 9))"#,
  ]

  init(jobs: Int, pausing pause: ClosedRange<UInt32>) throws(SystemError) {
    self.jobs = jobs
    self.pause = pause
    spool = try TestSpool(
      ["task": RunJournal.task()],
      configuration:
        "[defaults]\ncrash_limit = 100000\ntries = 100000\n[intake]\nsettling_time = 20\n")
  }

  /// Returns when every producer has ended, as many kills were made as asked for, and nothing waits or runs any more.
  func rage(among victims: [Victim], kills least: Int = 2) throws {
    if victims.contains(.spoolCache) { cache = try spool.start(program: "spool-cache") }
    try spool.start()
    var living = try Self.producers.indices.map { try start($0) }
    while !living.isEmpty || kills.values.reduce(0, +) < least {
      usleep(.random(in: pause))
      if let victim = victims.randomElement() { try kill(victim) }
      living.removeAll { $0.reap() != nil }
    }
    if !spool.waitsUntilEmpty(for: .seconds(300)) { print(spool.messages.suffix(4000)) }
  }

  private func kill(_ victim: Victim) throws {
    switch victim {
    case .spoold:
      spool.end(with: .kill)
      try spool.start()
    case .spoolCache:
      guard let old = cache else { return }
      old.send(.kill)
      guard spool.waits(forEndOf: old) else { return }
      cache = try spool.start(program: "spool-cache")
    case .spoolWorker, .spoolWatch:
      guard let one = spool.processes(running: "/\(victim.rawValue)").randomElement(),
        Glibc.kill(one, SIGKILL) == 0
      else { return }
    }
    kills[victim, default: 0] += 1
  }

  /// Jobs with a channel are told of, where the cache layer runs.
  private func start(_ producer: Int) throws(SystemError) -> ChildProcess {
    try spool.startProducer(
      """
      p=\(producer)
      for ((n = \(producer); n < \(jobs); n += \(Self.producers.count))); do
        id=j$n; text='\(Self.content(of: "'$id'"))'
        \(Self.producers[producer])
      done
      """)
  }

  private static func content(of id: String) -> String {
    #"{"id":"\#(id)","job_metadata":{"channel_id":"c","job_id":"\#(id)","user_id":1}}"#
  }

  // MARK: the end

  /// What is wrong, and how many runs there were.
  func verdict() -> (complaints: [String], runs: Int) {
    let ids = Set((0..<jobs).map { "j\($0)" })
    var oracle = EndOracle()
    oracle.judgePlaces(
      spool, expecting: Dictionary(uniqueKeysWithValues: ids.map { ($0, "results") }))
    for id in ids where spool.read("results/task/\(id).json") != Self.content(of: id) + "\n" {
      oracle.complain("\(id) has another result than its own")
    }
    let journal = RunJournal(spool)
    oracle.judgeRuns(journal, of: ids)
    if let cache { judgeEvents(of: ids, cache, &oracle) }
    oracle.judgePeace(spool)
    return (oracle.complaints, journal.runs)
  }

  private func judgeEvents(of ids: Set<String>, _ cache: ChildProcess, _ oracle: inout EndOracle) {
    let line = #/.*"job":"([^"]*)"}/#
    func told() -> [String] {
      (spool.read("events/c.jsonl") ?? "").split(separator: "\n").map { text in
        (try? line.wholeMatch(in: text)).map { String($0.1) } ?? "what cannot be read: \(text)"
      }
    }
    _ = spool.waits { Set(told()).count >= ids.count }
    cache.send(.terminate)
    if !spool.waits(forEndOf: cache) { oracle.complain("spool-cache did not stop") }
    let jobs = told()
    for id in ids.subtracting(jobs) { oracle.complain("\(id) was never told of") }
    if jobs.count > ids.count { oracle.complain("\(jobs.count) events of \(ids.count) jobs") }
    for id in Set(jobs).subtracting(ids) { oracle.complain("told of: \(id)") }
  }
}

// SPDX-License-Identifier: MIT
import Glibc
import SpoolProtocol
import SpoolTesting
import SystemCalls

/// Four shell loops that drop jobs at once, and somebody who kills programs meanwhile.
final class Storm {
  private let spool: TestSpool
  private let jobs: Int
  private(set) var kills = 0

  /// Writes down its start and its end, each in one write that cannot mix with others.
  private static let task = """
    echo "$SPOOL_JOB_ID start $$ $SPOOL_ATTEMPT" >> $SPOOL/tmp/runs
    read -r line
    echo "$line"
    echo "$SPOOL_JOB_ID end $$ $SPOOL_ATTEMPT" >> $SPOOL/tmp/runs
    """

  /// How each of the four drops its jobs, the third a byte at a time for one in fifty.
  private static let producers = [
    #"cp tmp/$p.job incoming/task/$id.json"#,
    #"echo "{\"id\":\"$id\"}" > tmp/$p.job; mv tmp/$p.job incoming/task/$id.json"#,
    """
    if [ $((n % 50)) = 0 ]; then
      for ((c = 0; c < ${#text}; c++)); do printf '%s' "${text:c:1}"; done > incoming/task/$id.json
    else echo "$text" > incoming/task/$id.json; fi
    """,
    #"echo "$text" > tmp/$p.$((n % 9)); ln tmp/$p.$((n % 9)) incoming/task/$id.json; rm tmp/$p.$((n % 9))"#,
  ]

  init(jobs: Int) throws(SystemError) {
    self.jobs = jobs
    spool = try TestSpool(
      ["task": Self.task],
      configuration: "[defaults]\ncrash_limit = 1000\n[intake]\nsettling_time = 20\n")
  }

  /// Returns when nothing waits or runs any more.
  func drop(whileKilling victim: String) throws {
    try spool.start()
    let producers = try Self.producers.indices.map { try start($0) }
    var living = producers
    while !living.isEmpty {
      sleep(1)
      try kill(victim)
      living.removeAll { $0.reap() != nil }
    }
    // Some more among the last jobs, then peace.
    for _ in 0..<3 {
      sleep(1)
      try kill(victim)
    }
    if !spool.waitsUntilEmpty(for: .seconds(300)) { print(spool.messages.suffix(4000)) }
  }

  private func kill(_ victim: String) throws {
    if victim == "spoold" {
      spool.end(with: .kill)
      try spool.start()
      kills += 1
    } else if let one = spool.processes(running: "spool-worker").randomElement() {
      if Glibc.kill(one, SIGKILL) == 0 { kills += 1 }
    }
  }

  private func start(_ producer: Int) throws(SystemError) -> ChildProcess {
    let loop = """
      cd \(spool.root); p=\(producer)
      for ((n = \(producer); n < \(jobs); n += \(Self.producers.count))); do
        id=j$n; text="{\\"id\\":\\"$id\\"}"
        [ $p = 0 ] && echo "$text" > tmp/$p.job
        \(Self.producers[producer])
      done
      """
    var plan = ChildPlan("/bin/bash", ["-c", loop], environment: ["PATH=/usr/bin:/bin"])
    plan.descriptors = try (0..<3).map { _ throws(SystemError) in
      try SystemFiles().open("/dev/null", .update)
    }
    return try ChildProcess.start(plan)
  }

  // MARK: the oracle

  struct Verdict {
    var complaints: [String] = []
    var runs = 0
  }

  func verdict() throws -> Verdict {
    var verdict = Verdict()
    var places: [String: [String]] = [:]
    for state in ["results", "errors", "corrupt"] {
      for name in spool.names(in: "\(state)/task") where name.hasSuffix(".json") {
        places[String(name.dropLast(5)), default: []].append(state)
      }
    }
    for number in 0..<jobs {
      let id = "j\(number)"
      let found = places.removeValue(forKey: id) ?? []
      if found != ["results"] { verdict.complaints.append("\(id) ended in \(found)") }
      if spool.read("results/task/\(id).json") != "{\"id\":\"\(id)\"}\n" {
        verdict.complaints.append("\(id) has another result than its own")
      }
    }
    verdict.complaints += places.keys.map { "\($0) was never dropped" }
    verdict.runs = judgeRuns(&verdict.complaints)
    if spool.end() != .exited(0) { verdict.complaints.append("the dispatcher did not stop") }
    if !spool.waits(until: { spool.processes.isEmpty }) {
      verdict.complaints.append("processes are left")
    }
    let left = spool.run("find active -mindepth 2 ! -name '.*'; find incoming -name '.*.new'")
    if left != "" { verdict.complaints.append("left behind: \(left ?? "?")") }
    let check = try Spool(root: spool.root).check(at: SystemClock.now())
    verdict.complaints += check.findings.map { "spool check: \($0)" }
    return verdict
  }

  /// A run may have no end, its worker having been killed; but its process must be gone when the next one starts.
  private func judgeRuns(_ complaints: inout [String]) -> Int {
    var last: [Substring: (attempt: Int, hasEnded: Bool)] = [:]
    var runs = 0
    for line in (spool.read("tmp/runs") ?? "").split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 4, let attempt = Int(words[3]) else {
        complaints.append("a mixed line: \(line)")
        continue
      }
      if words[1] == "start" {
        runs += 1
        if let before = last[words[0]], before.attempt >= attempt {
          complaints.append("\(words[0]) began attempt \(attempt) after \(before.attempt)")
        }
        last[words[0]] = (attempt, false)
      } else if last[words[0]]?.attempt == attempt {
        last[words[0]] = (attempt, true)
      } else {
        complaints.append("\(words[0]): attempt \(attempt) ended while a later one ran")
      }
    }
    if last.count != jobs { complaints.append("\(last.count) of \(jobs) ever began") }
    return runs
  }
}

// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// Judges a spool in which all work is done: nothing lost, nothing twice, nothing left behind.
package struct EndOracle {
  package private(set) var complaints: [String] = []

  package init() {}

  package mutating func complain(_ sentence: String) { complaints.append(sentence) }

  /// Each job of the queue stands in exactly the one place that is expected, and there is none besides.
  ///
  /// - Parameter ends: by id: `results`, `errors` or `corrupt`.
  package mutating func judgePlaces(
    _ spool: TestSpool, queue: String = "task", expecting ends: [String: String]
  ) {
    var places = JobPlaces(spool, queue: queue).places
    for (id, end) in ends.sorted(by: { $0.key < $1.key }) {
      let found = places.removeValue(forKey: id) ?? []
      if found != ["\(end)/\(queue)/\(id).json"] {
        complain("\(id) stands in \(found), not in \(end)")
      }
    }
    for (id, found) in places { complain("\(id) was never dropped, and stands in \(found)") }
  }

  /// Each of these jobs has run, and none twice at the same time.
  package mutating func judgeRuns(_ journal: RunJournal, of ids: Set<String>) {
    complaints += journal.complaints
    for id in ids.subtracting(journal.begun).sorted() { complain("\(id) never ran") }
    for id in journal.begun.subtracting(ids).sorted() { complain("\(id) ran, and should not have") }
  }

  /// The dispatcher stops when it is told to; no process, run or half-written name is left, and `spool check` is clean.
  package mutating func judgePeace(_ spool: TestSpool) {
    if spool.end() != .exited(0) { complain("the dispatcher did not stop") }
    if !spool.waits(until: { spool.processes.isEmpty }) {
      complain("left behind: processes \(spool.processes)")
    }
    let left = spool.run("find active -mindepth 2 ! -name '.*'; find incoming -name '.*.new'")
    if left != "" { complain("left behind: \(left ?? "?")") }
    do {
      let check = try Spool(root: spool.root).check(at: SystemClock.now())
      complaints += check.findings.map { "spool check: \($0)" }
    } catch {
      complain("spool check: \(error)")
    }
  }
}

// SPDX-License-Identifier: MIT
import SpoolTesting

/// Knows, from outside of the disk, which jobs must not be lost, and judges what stands there when the power is back.
struct CutOracle {
  /// What went over the cuts so far, to see that they hit something.
  struct Counts {
    var cuts = 0
    var accepted = 0
    var claimed = 0
    /// Claims that a cut has undone.
    var undone = 0
    /// Jobs that stood beside their result.
    var pairs = 0
    /// Files of `cp`, never claimed, that a cut has torn or emptied.
    var torn = 0
  }

  private(set) var counts = Counts()
  private(set) var complaints: [String] = []
  /// Submitted with exit status 0, or claimed.
  private(set) var owed: Set<String> = []
  /// Whose result was there when the power came back.
  private var done: Set<String> = []

  /// What was told and seen until the cut.
  mutating func note(accepted: [String], begun: [String], seen: JobPlaces) {
    counts.cuts += 1
    counts.accepted += accepted.count
    let claimed = seen.claimed.union(begun)
    counts.claimed += claimed.subtracting(owed).count
    for id in begun where done.contains(id) { complain("\(id) ran again after its result") }
    owed.formUnion(accepted)
    owed.formUnion(claimed)
  }

  /// What stands there after the cut, before any program runs.
  mutating func judge(_ spool: TestSpool, after seen: JobPlaces) {
    let found = JobPlaces(spool)
    for id in owed where found.places[id] == nil { complain("\(id) is lost") }
    for (id, places) in found.places.sorted(by: { $0.key < $1.key }) {
      judge(id, places, in: spool)
      if places.contains(where: { $0.hasPrefix("incoming/") }), seen.ids(in: "active").contains(id)
      {
        counts.undone += 1
      }
    }
    done = found.ids(in: "results")
  }

  private mutating func judge(_ id: String, _ places: [String], in spool: TestSpool) {
    let states = places.map { String($0.prefix { $0 != "/" }) }
    if states == ["active", "results"] {
      counts.pairs += 1
    } else if states.count != 1 {
      complain("\(id) stands in \(places)")
    }
    for (place, state) in zip(places, states) {
      let text = spool.read(place) ?? "nothing that can be read"
      switch state {
      case "results": judgeResult(of: id, text, in: spool)
      case "incoming" where !owed.contains(id):
        guard !CutJob.isWhole(text, id) else { continue }
        // Its producer has synced nothing and been told nothing; it would become corrupt after the settling time.
        counts.torn += 1
        spool.run("rm \(place)")
      default:
        if !CutJob.isWhole(text, id) { complain("\(place) says '\(text)'") }
        if state == "errors", spool.read("errors/task/\(id).error")?.hasSuffix("}\n") != true {
          complain("\(id) has no reason, or a part of one")
        }
      }
    }
  }

  private mutating func judgeResult(of id: String, _ text: String, in spool: TestSpool) {
    if !CutJob.isResult(text, of: id) { complain("the result of \(id) says '\(text)'") }
    guard id.hasPrefix("files-") else { return }
    let data = spool.read("results/task/\(id).files/data") ?? "nothing"
    if !CutJob.isResult(data, of: id) { complain("the file of \(id) says '\(data)'") }
  }

  /// What stands there once all was done; afterwards nothing is owed any more.
  mutating func judgeEnd(_ spool: TestSpool, check: String) {
    let found = JobPlaces(spool)
    for id in owed {
      let places = found.places[id] ?? []
      let end = CutJob.end(of: id)
      if places != ["\(end)/task/\(id).json"] { complain("\(id) ended in \(places)") }
    }
    for (id, places) in found.places { judge(id, places, in: spool) }
    // A half-written name of a program that died is its next user's to replace, and no job.
    for line in check.split(separator: "\n") where !line.contains("was left half-written") {
      if !line.hasPrefix("clean: ") { complain("spool check: \(line)") }
    }
    owed = []
    done = []
  }

  mutating func complain(_ sentence: String) {
    complaints.append("after \(counts.cuts) cuts: \(sentence)")
  }
}

// SPDX-License-Identifier: MIT
import CacheLayer
import SpoolProtocol
import SystemCalls

/// Files that stand and fall together: `STEM` with one ending, by which an id is taken, and `STEM` with the other.
private struct Pair {
  let state: JobState
  let main: String
  let companion: String
}

/// Results, errors, and what was no job.
extension Pruner {
  mutating func prunePairs() {
    let kinds = [
      (Pair(state: .results, main: ".json", companion: ".files"), settings.results),
      (Pair(state: .errors, main: ".json", companion: ".error"), settings.errors),
      (Pair(state: .corrupt, main: "", companion: ".reason"), settings.corrupt),
    ]
    for case (let pair, let age?) in kinds {
      bearing { me throws(SystemError) in
        for queue in try me.queues(of: pair.state) {
          me.bearing { me throws(SystemError) in try me.prune(pair, of: queue, olderThan: age) }
        }
      }
    }
  }

  private mutating func prune(
    _ pair: Pair, of queue: QueueName, olderThan age: Duration
  ) throws(SystemError) {
    try inBatches(of: spool.layout.directory(of: pair.state, queue)) {
      me, names throws(SystemError) in
      me.sweepAside(names, pair, queue)
      try me.prune(names, pair, of: queue, olderThan: age)
    }
  }

  /// Also those whose directory in incoming/ is gone.
  private func queues(of state: JobState) throws(SystemError) -> [QueueName] {
    do {
      return try spool.files.names(in: spool.layout.directory(of: state)).compactMap(QueueName.init)
        .sorted()
    } catch  where error.errno == .noSuchFile {
      return []
    }
  }

  private mutating func prune(
    _ names: [String], _ pair: Pair, of queue: QueueName, olderThan age: Duration
  ) throws(SystemError) {
    let directory = spool.layout.directory(of: pair.state, queue)
    var whole: [String] = []
    var orphans: [String] = []
    for name in names where !name.hasPrefix(".") && name != SpoolLayout.readme {
      guard let status = try spool.files.status(of: "\(directory)/\(name)") else { continue }
      if name.hasSuffix(pair.companion) {
        // What stands alone may be about to get its main file.
        let stem = String(name.dropLast(pair.companion.count))
        let isAlone = try !spool.files.exists("\(directory)/\(stem)\(pair.main)")
        if isAlone, isOlder(status, than: max(age, Self.leftoverAge)) { orphans.append(stem) }
      } else if name.hasSuffix(pair.main), isOlder(status, than: age) {
        whole.append(String(name.dropLast(pair.main.count)))
      }
    }
    guard !whole.isEmpty || !orphans.isEmpty else { return }
    // After they were seen: an id that is taken by a result or an error does not begin to run any more.
    let unfinished = pair.state == .corrupt ? [] : try unfinished(in: queue)
    for stem in whole where !unfinished.contains(stem) {
      bearing { me throws(SystemError) in try me.remove(stem, pair, of: queue, in: directory) }
    }
    for stem in orphans where !unfinished.contains(stem) {
      remove("\(directory)/\(stem)\(pair.companion)", pair.state.rawValue)
    }
  }

  /// The ids of jobs that wait, run, are deferred or held: their results and errors are not ours to judge.
  private func unfinished(in queue: QueueName) throws(SystemError) -> Set<String> {
    var ids: Set<String> = []
    // In the order of a job's way; then once more where it may have gone back to.
    for worker in try spool.workers() where worker.queue == queue {
      ids.formUnion(try spool.jobs(of: worker).map(\.id.text))
    }
    for state in [JobState.hold, .deferred, .incoming] {
      ids.formUnion(try spool.jobs(state, in: queue).map(\.id.text))
    }
    for worker in try spool.workers() where worker.queue == queue {
      ids.formUnion(try spool.jobs(of: worker).map(\.id.text))
    }
    return ids
  }

  private mutating func remove(
    _ stem: String, _ pair: Pair, of queue: QueueName, in directory: String
  ) throws(SystemError) {
    if !ignoresCache, let id = JobID(stem) {
      let cache = CachePruning(spool.layout, files: spool.files)
      if try cache.isAwaited(pair.state, id, in: queue) { return }
    }
    let main = "\(directory)/\(stem)\(pair.main)"
    if !isDryRun {
      let aside = "\(directory)/.\(stem)\(pair.companion)\(Self.asideEnding)"
      let companion = "\(directory)/\(stem)\(pair.companion)"
      let hasCompanion = try move(companion, to: aside)
      if try spool.files.status(of: main)?.kind == .directory {
        try spool.files.removeTree(main)
      } else {
        do {
          // Commit point: the id is free, the pair is gone.
          try spool.files.unlink(main)
        } catch  where error.errno == .noSuchFile {
          // A person has moved the job back under our hands: its reason stays with it.
          if hasCompanion { _ = try move(aside, to: companion) }
          return
        }
      }
      if hasCompanion { try spool.files.removeTree(aside) }
    }
    tell(pair.state.rawValue, main)
  }

  private static let asideEnding = ".pruned"

  /// False where there is nothing, or where the name is taken already.
  private func move(_ source: String, to target: String) throws(SystemError) -> Bool {
    do {
      try spool.files.rename(source, to: target)
      return true
    } catch  where error.errno == .noSuchFile || error.errno == .fileExists {
      return false
    }
  }

  /// What an earlier prune was killed over.
  private mutating func sweepAside(_ names: [String], _ pair: Pair, _ queue: QueueName) {
    let directory = spool.layout.directory(of: pair.state, queue)
    for name in names where name.hasPrefix(".") && name.hasSuffix(Self.asideEnding) {
      bearing { me throws(SystemError) in
        let path = "\(directory)/\(name)"
        guard let status = try me.spool.files.status(of: path),
          me.isOlder(status, than: Self.leftoverAge), !me.isDryRun
        else { return }
        try me.spool.files.removeTree(path)
      }
    }
  }
}

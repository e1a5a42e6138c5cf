// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// What the cache layer does, whenever it is asked: every part may be asked any number of times.
final class CacheKeeper {
  /// Outcomes that share their syncs; more would only delay the first of them.
  static let batchLimit = 256

  private let layout: SpoolLayout
  private let files: any FileOperations
  private let reader: OutcomeReader
  private let announcer: Announcer
  private let sweeper: CacheSweeper
  private let report: Report
  /// When the next entry expires, by the directory that it stands in; Unix time.
  private var expiries: [String: Int] = [:]
  /// Duplicates whose event is that of another job, by that job; a scan finds them again.
  private var awaiting: [Ending: Set<Outcome>] = [:]
  /// An earlier batch may have been broken off after its commit point.
  private var mustReplay = true

  init(
    layout: SpoolLayout, files: any FileOperations, defaultTimeout: Int,
    report: Report
  ) {
    self.layout = layout
    self.files = files
    self.report = report
    reader = OutcomeReader(layout: layout, files: files)
    announcer = Announcer(layout: layout, files: files, defaultTimeout: defaultTimeout)
    sweeper = CacheSweeper(layout: layout, files: files)
  }

  /// When the next entry expires, Unix time.
  var nextExpiry: Int? { expiries.values.min() }
}

// MARK: outcomes

extension CacheKeeper {
  /// The directories whose names are outcomes, as far as they are there.
  func queues(of kind: Outcome.Kind) throws(SystemError) -> [QueueName] {
    do {
      return try Spool(root: layout.root, files: files).queues(in: kind.state)
    } catch  where error.errno == .noSuchFile {
      return []
    }
  }

  /// Settles every outcome of every queue that was not announced; forgets the marks of those that are gone.
  func scanEverything(at now: Timestamp) throws(SystemError) {
    for kind in Outcome.Kind.allCases {
      for queue in try queues(of: kind) { try scan(queue, of: kind, at: now) }
    }
    try sweeper.sweepMarks()
  }

  /// The same for one queue, a batch at a time, however many there are.
  func scan(_ queue: QueueName, of kind: Outcome.Kind, at now: Timestamp) throws(SystemError) {
    var batch: Set<Outcome> = []
    var failure: SystemError?
    do {
      try files.forEachName(in: layout.directory(of: kind.state, queue)) { name in
        // Of the two names of a failure, the one that is marked.
        guard name.hasSuffix(kind.ending), let outcome = Outcome(name: name, in: queue, of: kind)
        else { return true }
        batch.insert(outcome)
        guard batch.count >= Self.batchLimit else { return true }
        do throws(SystemError) { try settle(batch, at: now) } catch { failure = error }
        batch = []
        return failure == nil
      }
    } catch  where error.errno == .noSuchFile || error.errno == .notADirectory {
      return
    }
    if let failure { throw failure }
    try settle(batch, at: now)
  }

  /// Caches and announces those that ask for it and were not announced.
  ///
  /// - Throws: what may be over later; other errors are reported, and the outcomes wait for the next scan.
  func settle(
    _ outcomes: Set<Outcome>, at now: Timestamp, depth: Int = 0
  ) throws(SystemError) {
    // Before anything is read: an outcome that was announced by half would seem not to be.
    if mustReplay { try recover() }
    var findings: [Finding] = []
    for outcome in outcomes {
      do {
        if let finding = try reader.read(outcome) {
          if let original = finding.awaits {
            awaiting[Ending(id: original, queue: outcome.queue), default: []].insert(outcome)
          } else {
            findings.append(finding)
          }
        } else {
          try sweeper.sweepMark(of: outcome)
        }
      } catch {
        try bear(error)
      }
    }
    // In the order in which they ended, as far as their names tell.
    findings.sort { $0.outcome.id < $1.outcome.id }
    while !findings.isEmpty {
      try settle(Array(findings.prefix(Self.batchLimit)), at: now)
      findings.removeFirst(min(Self.batchLimit, findings.count))
    }
    let endings = Set(outcomes.map { Ending(id: $0.id, queue: $0.queue) })
    let duplicates = endings.compactMap { awaiting.removeValue(forKey: $0) }
    guard !duplicates.isEmpty, depth < Duplicate.followLimit else { return }
    try settle(Set(duplicates.joined()), at: now, depth: depth + 1)
  }

  /// A job that ends, in whichever way.
  private struct Ending: Hashable {
    let id: JobID
    let queue: QueueName
  }

  private func settle(_ batch: [Finding], at now: Timestamp) throws(SystemError) {
    do {
      try announce(batch, at: now)
    } catch {
      if batch.count == 1 || error.errno.isShortage { return try bear(error) }
      // One of them is to blame; the others shall not wait for it.
      for finding in batch {
        do throws(SystemError) { try announceAlone(finding.outcome, at: now) } catch {
          try bear(error)
        }
      }
    }
  }

  /// Reads it again: it may have been announced before the batch was broken off.
  private func announceAlone(_ outcome: Outcome, at now: Timestamp) throws(SystemError) {
    if mustReplay { try recover() }
    guard let finding = try reader.read(outcome), finding.awaits == nil else { return }
    try announce([finding], at: now)
  }

  private func announce(_ batch: [Finding], at now: Timestamp) throws(SystemError) {
    if mustReplay { try recover() }
    mustReplay = true
    let (settled, entries) = try announcer.settle(batch, at: now)
    mustReplay = false
    for entry in entries { note(entry) }
    for finding in settled {
      for complaint in finding.complaints {
        report("bad result \(finding.outcome.queue)/\(finding.outcome.id): \(complaint)", .notice)
      }
    }
  }

  private func note(_ entry: CacheEntry) {
    guard let expires = entry.expires else { return }
    let fan = entry.key.dataPath.parentPath
    expiries[fan] = min(expiries[fan] ?? expires, expires)
  }

  private func bear(_ error: SystemError) throws(SystemError) {
    if error.errno.isShortage { throw error }
    report("\(error)", .error)
  }

  /// Finishes what a crash or a failure broke off.
  func recover() throws(SystemError) {
    try announcer.replay()
    mustReplay = false
  }
}

// MARK: lifetimes

extension CacheKeeper {
  /// Looks at all that is kept: at the start, and then so rarely that it costs nothing.
  func sweepEverything(at now: Timestamp) throws(SystemError) {
    for fan in try sweeper.fans() {
      expiries[fan] = try sweeper.sweepEntries(in: fan, at: now)
      try sweeper.sweepData(in: fan, at: now)
    }
    try sweeper.sweepFlights(at: now)
  }

  /// Removes the entries that have expired; looks into their directories only.
  func sweepExpired(at now: Timestamp) throws(SystemError) {
    for (fan, expires) in expiries where Double(expires) <= now.seconds {
      expiries[fan] = try sweeper.sweepEntries(in: fan, at: now)
    }
  }
}

extension Outcome.Kind {
  var state: JobState {
    switch self {
    case .result: .results
    case .failure: .errors
    }
  }

  /// Of the file that is marked.
  var ending: String {
    switch self {
    case .result: ".json"
    case .failure: ".error"
    }
  }
}

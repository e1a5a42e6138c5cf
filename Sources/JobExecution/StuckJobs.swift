// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// Jobs of a worker that can be moved nowhere: they stay in its folder, are told of once and tried again now and then.
struct StuckJobs {
  /// Somebody has to mend the tree first; a look costs little.
  static let pause: Duration = .seconds(60)

  private var entries: [(attempt: EndedAttempt, outcome: Outcome, reason: String)] = []
  /// Monotonic; when to try them again.
  private(set) var nextTry: Int64?

  var names: [JobName] { entries.map(\.attempt.name) }

  /// - Returns: whether the reason is another one than the last time.
  mutating func add(_ attempt: EndedAttempt, _ outcome: Outcome, because reason: String) -> Bool {
    let known = tried[attempt.name]
    entries.append((attempt, outcome, reason))
    nextTry = nextTry ?? SystemClock.monotonic() + Self.pause.nanoseconds
    return known != reason
  }

  /// Why those could not be settled that are being tried again.
  private var tried: [JobName: String] = [:]

  /// Takes out all of them, to be tried again.
  mutating func takeAll() -> [(EndedAttempt, Outcome)] {
    tried = Dictionary(entries.map { ($0.attempt.name, $0.reason) }) { $1 }
    nextTry = nil
    defer { entries = [] }
    return entries.map { ($0.attempt, $0.outcome) }
  }
}

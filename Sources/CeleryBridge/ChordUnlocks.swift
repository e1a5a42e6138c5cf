// SPDX-License-Identifier: MIT
import CeleryMessages
import SpoolProtocol

/// Chords whose headers are under way.
///
/// A worker of Celery's takes such a message every second and puts it back; here it lies still, and is looked at when one of
/// the results has come that it waits for.
struct ChordUnlocks {
  struct Pending {
    let message: CeleryMessage
    let unlock: CeleryChordUnlock
    fileprivate let awaited: Set<String>
  }

  private var pending: [JobID: Pending] = [:]
  private var due: Set<JobID> = []

  /// - Returns: false for any other message.
  mutating func take(_ message: CeleryMessage, _ id: JobID) -> Bool {
    guard let unlock = (try? CeleryChordUnlock(message)) ?? nil else { return false }
    pending[id] = Pending(
      message: message, unlock: unlock, awaited: Set(unlock.results.flatMap(\.leaves)))
    due.insert(id)
    return true
  }

  /// A result stands that some may have waited for.
  mutating func hear(of id: String) {
    for (unlock, pending) in pending where pending.awaited.contains(id) { due.insert(unlock) }
  }

  /// Tasks whose results some still need.
  var awaited: Set<String> { pending.values.reduce(into: []) { $0.formUnion($1.awaited) } }

  /// Those that are to be looked at now.
  mutating func takeDue() -> [(id: JobID, pending: Pending)] {
    defer { due = [] }
    return due.compactMap { id in pending[id].map { (id, $0) } }
  }

  func contains(_ id: JobID) -> Bool { pending[id] != nil }

  mutating func forget(_ id: JobID) { pending[id] = nil }
}

extension CeleryNode {
  fileprivate var leaves: [String] {
    switch self {
    case .task(let id, _): [id]
    case .group(_, let members, _): members.flatMap(\.leaves)
    }
  }
}

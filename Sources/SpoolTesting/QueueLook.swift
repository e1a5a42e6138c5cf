// SPDX-License-Identifier: MIT
import SystemCalls

extension String {
  /// By bytes: to Swift, a dot with an accent upon it is another character than a dot.
  var isHidden: Bool { utf8.first == UInt8(ascii: ".") }
}

/// One look at everything that waits, runs or is put off, which no job can evade by moving on meanwhile.
///
/// A job goes round between deferred/, incoming/ and active/, and could be in the place that has just been read. So the
/// times of the directories are read before and after: where none of them has changed, nothing has moved.
struct QueueLook {
  private let root: String
  private let files = SystemFiles()

  init(_ root: String) { self.root = root }

  /// True where no job stood in any of the three; false also where something moved and nobody can say.
  var isEmpty: Bool {
    do {
      let before = try state()
      guard before.jobs == 0 else { return false }
      return try before == state()
    } catch {
      // A directory went away under the look.
      return false
    }
  }

  private struct State: Equatable {
    var jobs = 0
    /// Since Linux 6.13 a time that somebody has read is never given to a later change.
    var changes: [String: Timestamp] = [:]
  }

  private func state() throws(SystemError) -> State {
    var state = State()
    for place in ["incoming", "active", "deferred"] {
      try note("\(root)/\(place)", &state)
      for name in try files.names(in: "\(root)/\(place)") where !name.isHidden {
        let path = "\(root)/\(place)/\(name)"
        if try files.status(of: path)?.kind == .directory { try note(path, &state) }
      }
    }
    return state
  }

  private func note(_ directory: String, _ state: inout State) throws(SystemError) {
    state.changes[directory] = try files.status(of: directory)?.changed
    for name in try files.names(in: directory) where Self.isJob(name) {
      let kind = try files.status(of: "\(directory)/\(name)")?.kind
      // What was listed and has gone moved; the times will tell.
      if kind == .regular { state.jobs += 1 }
    }
  }

  private static func isJob(_ name: String) -> Bool {
    name.hasSuffix(".json") && !name.isHidden
  }
}

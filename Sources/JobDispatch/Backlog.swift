// SPDX-License-Identifier: MIT
import DequeModule
import SpoolProtocol
import SystemCalls

/// The names of one directory of incoming/ that are still to be looked at: a window, never the whole directory.
struct Backlog {
  /// Names held in memory; a directory with more is listed again when these are done.
  static let window = 4096

  private var names: Deque<String> = []
  private var known: Set<String> = []
  /// Names whose producers are not done, and when to look again if no event tells before.
  private(set) var unsettled: [String: Timestamp] = [:]
  /// The directory may hold names that are not in the window.
  private(set) var hasMore = true

  var isEmpty: Bool { names.isEmpty }
  var count: Int { names.count }
  /// The next name to be looked at: of those that were listed together the oldest.
  var first: String? { names.first }

  /// The earliest moment at which an unsettled name is to be looked at.
  var nextLook: Timestamp? { unsettled.values.min() }

  /// An event or a timer says: look at this name.
  mutating func consider(_ name: String) {
    unsettled[name] = nil
    guard !known.contains(name) else { return }
    guard names.count < Self.window else {
      hasMore = true
      return
    }
    known.insert(name)
    names.append(name)
  }

  /// Events were lost, or the slow backstop says so: the directory is to be listed.
  mutating func considerEverything() { hasMore = true }

  /// Takes over a listing; `isWhole` says that the directory holds no other names.
  mutating func fill(_ listed: [String], isWhole: Bool) {
    hasMore = !isWhole
    for name in listed where unsettled[name] == nil && !known.contains(name) {
      known.insert(name)
      names.append(name)
    }
  }

  mutating func next() -> String? {
    guard let name = names.popFirst() else { return nil }
    known.remove(name)
    return name
  }

  /// Puts a name back to the front: the machine could not look at it now.
  mutating func putBack(_ name: String) {
    guard known.insert(name).inserted else { return }
    names.prepend(name)
  }

  mutating func wait(_ name: String, until moment: Timestamp) { unsettled[name] = moment }

  /// Moves the unsettled names whose moment has come back into the window.
  mutating func wakeUnsettled(at now: Timestamp) {
    for (name, moment) in unsettled where moment <= now { consider(name) }
  }
}

// SPDX-License-Identifier: MIT
import DequeModule
import HeapModule
import SystemCalls

/// The names of one directory of incoming/ that are still to be looked at: a window, never the whole directory.
///
/// The window holds the most urgent names, by priority and then by the time of their drop. Names that events tell come
/// in unsorted; they are sorted in (``take(_:)``) only when more of them wait than can be run at once.
final class Backlog {
  /// A name with its place in the order.
  struct Entry: Comparable, Hashable {
    /// 0 to 9, 9 first.
    let priority: Int
    let dropped: Timestamp
    /// Decides where several were dropped in one tick of the file system's clock: the command's ids sort by time.
    let name: String

    func with(priority: Int) -> Entry {
      Entry(priority: priority, dropped: dropped, name: name)
    }

    static func < (left: Entry, right: Entry) -> Bool {
      if left.priority != right.priority { return left.priority > right.priority }
      return (left.dropped, left.name) < (right.dropped, right.name)
    }
  }

  /// Names held in memory, some hundred bytes each; a directory with more is listed again when few of these are left.
  static let window = 1 << 16

  /// Told by events, in their order.
  private var told: Deque<String> = []
  private var order = Heap<Entry>()
  private var known: Set<String> = []
  /// Names whose producers are not done, and when to look again if no event tells before.
  private(set) var unsettled: [String: Timestamp] = [:]
  /// The directory may hold names that are not in the window.
  private(set) var hasMore = true
  /// A listing under way.
  var listing: DirectoryListing?
  /// A directory is listed for the first time: nothing is known of the priorities in it.
  private(set) var isNew = true
  private let limit: Int

  init(window: Int = Backlog.window) { limit = window }

  var isEmpty: Bool { told.isEmpty && order.isEmpty }
  var count: Int { told.count + order.count }
  var hasTold: Bool { !told.isEmpty }
  var hasSorted: Bool { !order.isEmpty }

  /// The name that is looked at next.
  var first: String? { told.first ?? order.min?.name }

  /// It is time to list the directory: names are missing, and few are left of those that are not.
  var wantsListing: Bool { hasMore && listing == nil && count <= limit / 8 }

  /// Every name that is known to stand in the directory is in the window.
  var isWhole: Bool { !hasMore && listing == nil }

  /// The earliest moment at which an unsettled name is to be looked at.
  var nextLook: Timestamp? { unsettled.values.min() }

  /// An event or a timer says: look at this name.
  func consider(_ name: String) {
    unsettled[name] = nil
    guard !known.contains(name) else { return }
    guard told.count < limit else {
      hasMore = true
      return
    }
    known.insert(name)
    told.append(name)
  }

  /// Events were lost, or the slow backstop says so: the directory is to be listed.
  func considerEverything() { hasMore = true }

  /// A listing begins: what it does not find and what is evicted from now on needs another one.
  func beginListing(_ listing: DirectoryListing) {
    self.listing = listing
    hasMore = false
  }

  func endListing() {
    listing = nil
    isNew = false
  }

  /// Whether a name that a listing has found is already waiting here or for its producer.
  func knows(_ name: String) -> Bool { known.contains(name) || unsettled[name] != nil }

  /// Whether a name of this place in the order would be kept.
  func hasRoom(for entry: Entry) -> Bool {
    order.count < limit || order.max.map { entry < $0 } ?? true
  }

  /// Sorts a name in. Where the window is full the least urgent one leaves it, and the directory has more.
  func take(_ entry: Entry) {
    guard known.insert(entry.name).inserted else { return }
    order.insert(entry)
    guard order.count > limit, let least = order.popMax() else { return }
    known.remove(least.name)
    hasMore = true
  }

  /// The next of the names that events have told, to be sorted in.
  func nextTold() -> String? {
    guard let name = told.popFirst() else { return nil }
    known.remove(name)
    return name
  }

  /// The most urgent name; names that have not been sorted in come first.
  func next() -> String? {
    if let name = nextTold() { return name }
    guard let entry = order.popMin() else { return nil }
    known.remove(entry.name)
    return entry.name
  }

  /// Puts a name back to the front: the machine could not look at it now.
  func putBack(_ name: String) {
    guard known.insert(name).inserted else { return }
    told.prepend(name)
  }

  func wait(_ name: String, until moment: Timestamp) { unsettled[name] = moment }

  /// Moves the unsettled names whose moment has come back into the window.
  func wakeUnsettled(at now: Timestamp) {
    for (name, moment) in unsettled where moment <= now { consider(name) }
  }
}

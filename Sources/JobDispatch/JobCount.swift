// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// Counts how many jobs stand where, some names at a time: a directory may have a million.
struct JobCount {
  struct Place: Hashable {
    let queue: QueueName
    let state: JobState
  }

  /// Names that are looked at at a time: about a millisecond's worth.
  private static let portion = 4096

  /// Waiting jobs of a queue whose time is looked at; the dispatcher knows the oldest where it feeds many.
  private static let datedLimit = 512

  private(set) var counts: [Place: Int] = [:]
  /// When the oldest waiting job of those that were looked at was dropped.
  private(set) var oldest: [QueueName: Timestamp] = [:]
  private var pending: [Place]
  private var stream: DirectoryStream?
  private let layout: SpoolLayout

  /// active/ is not kept by queue: who has the workers counts it.
  init(of queues: [QueueName], in layout: SpoolLayout) {
    self.layout = layout
    pending = queues.flatMap { queue in
      JobState.allCases.filter { $0 != .active }.map { Place(queue: queue, state: $0) }
    }
  }

  /// Counts some more; false when all is counted.
  mutating func goOn() throws(SystemError) -> Bool {
    guard let place = pending.last else { return false }
    do throws(SystemError) {
      if stream == nil {
        stream = try DirectoryStream(layout.directory(of: place.state, place.queue))
      }
      var found = 0
      var dated: [String] = []
      let isMore = try stream?.next(Self.portion) { name in
        guard Self.isJob(name, in: place.state) else { return }
        found += 1
        if place.state == .incoming, found <= Self.datedLimit {
          dated.append(PathText.decode(name))
        }
      }
      counts[place, default: 0] += found
      for name in dated { try date(name, in: place.queue) }
      if isMore == true { return true }
    } catch {
      // Removed meanwhile: nothing stands there. Of anything else the dispatcher will hear elsewhere.
      guard error.errno == .noSuchFile else { throw error }
      counts[place] = 0
    }
    stream = nil
    pending.removeLast()
    return !pending.isEmpty
  }

  private mutating func date(_ name: String, in queue: QueueName) throws(SystemError) {
    let path = "\(layout.directory(of: .incoming, queue))/\(name)"
    guard let status = try SystemFiles().status(of: path) else { return }
    oldest[queue] = min(oldest[queue] ?? status.modified, status.modified)
  }

  private static func isJob(_ name: UnsafeBufferPointer<UInt8>, in state: JobState) -> Bool {
    guard name.first != UInt8(ascii: ".") else { return false }
    if state == .corrupt { return !ends(name, with: ".reason") }
    return ends(name, with: ".json")
  }

  private static func ends(_ name: UnsafeBufferPointer<UInt8>, with text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard name.count >= count else { return false }
    let ending = UnsafeBufferPointer(start: text.utf8Start, count: count)
    return name.suffix(count).elementsEqual(ending)
  }
}

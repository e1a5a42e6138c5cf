// SPDX-License-Identifier: MIT

/// Which columns of a result are answered as times, and how they are stored.
struct TimeColumns: Hashable, Sendable {
  /// How a time is stored where it is not a text.
  enum Storage: Hashable, Sendable { case text, seconds, milliseconds }

  private var storages: [String: Storage] = [:]
  /// Hours that the dataset wants added to every time.
  let hourOffset: Int

  init(hourOffset: Int) { self.hourOffset = hourOffset }

  func has(_ name: String) -> Bool { storages[name] != nil }

  subscript(name: String) -> Storage? { storages[name] }

  /// - Throws: an error for a format whose texts we would misread.
  mutating func add(_ name: String, format: String?) throws(ChartQueryError) {
    switch format {
    case "epoch_s": storages[name] = .seconds
    case "epoch_ms": storages[name] = .milliseconds
    case nil: storages[name] = .text
    case .some(let format):
      guard Self.readable.contains(format) else {
        throw .unsupported("the time format '\(format)'")
      }
      storages[name] = .text
    }
  }

  private static let readable: Set<String> = [
    "%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f",
  ]
}

// SPDX-License-Identifier: MIT
import SQLDatabases

/// Which columns of a result are answered as times, and how they are stored.
struct TimeColumns: Hashable, Sendable {
  /// How a time is stored where it is not a text.
  enum Storage: Hashable, Sendable { case text, seconds, milliseconds }

  private struct Column: Hashable {
    var storage: Storage
    /// How often it was named: Superset moves a time again each time.
    var moves: Int
  }

  private var columns: [String: Column] = [:]
  /// Milliseconds that are added to every time.
  private let offset: Double

  /// - Parameters:
  ///   - hours: what the dataset wants added.
  ///   - microseconds: what the query does.
  init(adding hours: Int, _ microseconds: Int = 0) {
    offset = Double(hours) * 3_600_000 + Double(microseconds) / 1_000
  }

  func has(_ name: String) -> Bool { columns[name] != nil }

  subscript(name: String) -> TimeColumn? {
    columns[name].map { TimeColumn(storage: $0.storage, offset: offset * Double($0.moves)) }
  }

  /// - Throws: an error for a format whose texts we would misread.
  mutating func add(_ name: String, format: String?) throws(ChartQueryError) {
    let storage: Storage
    switch format {
    case "epoch_s": storage = .seconds
    case "epoch_ms": storage = .milliseconds
    case nil: storage = .text
    case .some(let format):
      guard Self.readable.contains(format) else {
        throw .unsupported("the time format '\(format)'")
      }
      storage = .text
    }
    columns[name, default: Column(storage: storage, moves: 0)].moves += 1
  }

  private static let readable: Set<String> = [
    "%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f",
  ]
}

/// One of them.
struct TimeColumn: Hashable, Sendable {
  let storage: TimeColumns.Storage
  /// Milliseconds that are added to every time.
  let offset: Double

  /// A cell as epoch milliseconds; nil for what is no time, as pandas has it.
  func milliseconds(
    _ row: any SQLRow, _ index: Int, _ kind: SQLKind
  ) -> Double? {
    switch kind {
    case .text, .time: return row.time(at: index).map { $0.epochMilliseconds + offset }
    case .integer, .real, .decimal:
      return row.real(at: index) * (storage == .milliseconds ? 1 : 1_000) + offset
    case .null, .blob, .boolean: return nil
    }
  }

  /// The same as a time; nil also for one that no calendar of ours reaches.
  func time(
    _ row: any SQLRow, _ index: Int, _ kind: SQLKind
  ) -> CivilTime? {
    guard let milliseconds = milliseconds(row, index, kind),
      milliseconds.magnitude < 1e15
    else { return nil }
    return CivilTime(microseconds: Int((milliseconds * 1_000).rounded()))
  }
}

extension SQLRow {
  /// Of a text or a time.
  func time(at index: Int) -> CivilTime? {
    var time: CivilTime?
    withBytes(at: index) { time = CivilTime($0) }
    return time
  }
}

// SPDX-License-Identifier: MIT
import PostgresLink

/// The row that spool-postgres has sent last; numbers are still texts.
final class PostgresRow: SQLRow {
  private struct Cell {
    let kind: SQLKind
    let text: Range<Int>
  }

  private var bytes: ArraySlice<UInt8> = []
  private var cells: [Cell] = []

  /// Cells are found once, and read where they lie.
  func begin(_ frame: FrameReader) {
    cells.removeAll(keepingCapacity: true)
    bytes = frame.remainder
    bytes.withUnsafeBytes { row in
      var place = 0
      while place + 5 <= row.count, let kind = SQLKind(rawValue: row[place]) {
        let count = row.loadUnaligned(fromByteOffset: place + 1, as: UInt32.self)
        let start = place + 5
        place = min(start + Int(UInt32(littleEndian: count)), row.count)
        cells.append(Cell(kind: kind, text: start..<place))
      }
    }
  }

  var count: Int { cells.count }

  func kind(at index: Int) -> SQLKind { cells[index].kind }

  func integer(at index: Int) -> Int { Int(text(at: index)) ?? 0 }

  func real(at index: Int) -> Double { Double(text(at: index)) ?? .nan }

  func withBytes(at index: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
    bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[cells[index].text])) }
  }

  private func text(at index: Int) -> String {
    var text = ""
    withBytes(at: index) { text = String(decoding: $0, as: UTF8.self) }
    return text
  }
}

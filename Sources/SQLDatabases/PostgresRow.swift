// SPDX-License-Identifier: MIT
import PostgresLink

/// The row that spool-postgres has sent last; numbers are still texts.
final class PostgresRow: SQLRow {
  private var cells: [(kind: SQLKind, text: ArraySlice<UInt8>)] = []

  func begin(_ frame: inout FrameReader) {
    cells.removeAll(keepingCapacity: true)
    while let kind = frame.byte().flatMap(SQLKind.init), let text = frame.part() {
      cells.append((kind, text))
    }
  }

  var count: Int { cells.count }

  func kind(at index: Int) -> SQLKind { cells[index].kind }

  func integer(at index: Int) -> Int { Int(text(at: index)) ?? Int(real(at: index)) }

  func real(at index: Int) -> Double { Double(text(at: index)) ?? .nan }

  func withBytes(at index: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
    cells[index].text.withUnsafeBytes(body)
  }

  private func text(at index: Int) -> String { String(decoding: cells[index].text, as: UTF8.self) }
}

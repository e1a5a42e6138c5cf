// SPDX-License-Identifier: MIT
import SystemCalls

/// The lines of a stream, each as soon as it has arrived.
struct LineReader {
  private let file: OpenFile
  private var buffer: [UInt8] = []
  /// Bytes that are known to hold no end of a line.
  private var scanned = 0

  init(_ file: OpenFile) { self.file = file }

  /// Without its newline; nil at the end of the stream. What stands behind the last newline is no line.
  mutating func next() throws(TaskStartError) -> [UInt8]? {
    while true {
      if let end = buffer[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(buffer[..<end])
        buffer.removeSubrange(...end)
        scanned = 0
        return line
      }
      scanned = buffer.count
      let piece: [UInt8]
      do { piece = try file.readSome(1 << 16) } catch {
        throw .unreadableInput(reason: "\(error)")
      }
      if piece.isEmpty { return nil }
      buffer += piece
    }
  }
}

// SPDX-License-Identifier: MIT

/// What a frame is about; requests and answers have their own.
package enum FrameKind: UInt8, Sendable {
  /// Request: names and values of a connection.
  case connect
  /// Request: a statement, its parameters, settings.
  case read
  case connected
  case row
  /// No more rows.
  case end
  case failure
  /// Request: forget what statements have left in the session.
  case forget
  /// Request: settings, and statements that change rows, all of them or none.
  case write
  /// How many rows each has changed.
  case written
}

/// Frames on their way out: a byte for the kind, four for the length, then as many bytes as that says.
package struct FrameWriter {
  /// Kind and length.
  static let headerSize = 5

  package private(set) var bytes: [UInt8] = []
  private var start = 0

  package init() {}

  package mutating func begin(_ kind: FrameKind) {
    start = bytes.count
    bytes.append(kind.rawValue)
    append(UInt32(0))
  }

  /// Writes the length, which is known only now.
  package mutating func end() {
    let length = UInt32(bytes.count - start - Self.headerSize)
    for byte in 0..<4 { bytes[start + 1 + byte] = UInt8(truncatingIfNeeded: length >> (8 * byte)) }
  }

  package mutating func append(_ byte: UInt8) { bytes.append(byte) }

  /// A text or a blob, with its length before it.
  package mutating func append(_ part: UnsafeRawBufferPointer) {
    append(UInt32(part.count))
    bytes.append(contentsOf: part)
  }

  package mutating func append(_ part: [UInt8]) { part.withUnsafeBytes { append($0) } }

  package mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  package mutating func append(_ number: UInt32) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }
}

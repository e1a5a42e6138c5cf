// SPDX-License-Identifier: MIT

/// A frame that has arrived, read from its beginning to its end.
package struct FrameReader {
  package let kind: FrameKind
  private var rest: ArraySlice<UInt8>

  package var isAtEnd: Bool { rest.isEmpty }

  package mutating func byte() -> UInt8? { rest.popFirst() }

  package mutating func number() -> Int? {
    guard let number = Self.number(rest) else { return nil }
    rest = rest.dropFirst(4)
    return number
  }

  /// A text or a blob.
  package mutating func part() -> ArraySlice<UInt8>? {
    guard let count = Self.number(rest), rest.count - 4 >= count else { return nil }
    let part = rest.dropFirst(4).prefix(count)
    rest = rest[part.endIndex...]
    return part
  }

  package mutating func text() -> String? { part().map { String(decoding: $0, as: UTF8.self) } }

  /// All that is left, to be read in place.
  package var remainder: ArraySlice<UInt8> { rest }

  /// Four bytes, the lowest first.
  fileprivate static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.count >= 4 else { return nil }
    return bytes.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  fileprivate init(_ kind: FrameKind, _ payload: ArraySlice<UInt8>) {
    self.kind = kind
    rest = payload
  }
}

/// Bytes as they arrive, out of which whole frames are taken.
package struct FrameBuffer {
  private var bytes: [UInt8] = []
  private var taken = 0

  package init() {}

  package mutating func append(_ part: [UInt8]) {
    bytes.removeFirst(taken)
    taken = 0
    bytes.append(contentsOf: part)
  }

  /// Nil until a frame is whole.
  ///
  /// - Throws: an error where the other side speaks another language.
  package mutating func next() throws(FrameError) -> FrameReader? {
    let rest = bytes[taken...]
    guard let first = rest.first, let count = FrameReader.number(rest.dropFirst()),
      rest.count >= FrameWriter.headerSize + count
    else { return nil }
    guard let kind = FrameKind(rawValue: first) else { throw FrameError(kind: first) }
    let payload = rest.dropFirst(FrameWriter.headerSize).prefix(count)
    taken = payload.endIndex
    return FrameReader(kind, payload)
  }
}

/// A frame of no kind that we know.
package struct FrameError: Error, Hashable {
  package let kind: UInt8
}

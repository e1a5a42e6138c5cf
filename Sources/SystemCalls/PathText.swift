// SPDX-License-Identifier: MIT
import Glibc

/// File names are bytes, and any bytes are legal; text must be able to carry them all there and back.
///
/// A byte that is not part of valid UTF-8 becomes the private-use scalar U+10FF00 + byte, and becomes that byte again
/// when the name is handed to the kernel: the trick of Python's `surrogateescape`.
package enum PathText {
  private static let escapes: ClosedRange<UInt32> = 0x10FF80...0x10FFFF

  package static func decode(_ bytes: some Sequence<UInt8>) -> String {
    let bytes = Array(bytes)
    // A name may have the scalars that stand for bytes here: those are escaped as well. Each begins with the byte F4.
    if !bytes.contains(0xF4), let text = String(validating: bytes, as: UTF8.self) { return text }
    var text = String.UnicodeScalarView()
    var decoder = UTF8()
    var rest = bytes[...]
    while let first = rest.first {
      var source = rest.makeIterator()
      if case .scalarValue(let scalar) = decoder.decode(&source),
        !escapes.contains(scalar.value)
      {
        text.append(scalar)
        rest = rest.dropFirst(UTF8.width(scalar))
      } else {
        if let escape = Unicode.Scalar(0x10FF00 + UInt32(first)) { text.append(escape) }
        rest = rest.dropFirst()
      }
      decoder = UTF8()
    }
    return String(text)
  }

  /// The name as the kernel wants it: bytes that end with a zero.
  static func withCString<Result>(
    _ text: String, _ body: (UnsafePointer<CChar>) -> Result
  ) -> Result {
    // Every escape begins with the byte F4 in UTF-8; ordinary names have none.
    let plain: Result? = text.withCString { strchr($0, 0xF4) == nil ? body($0) : nil }
    if let plain { return plain }
    return encoded(text).withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("a name without its zero") }
      return body(base)
    }
  }

  /// The bytes of the name.
  package static func bytes(of text: String) -> [UInt8] {
    encoded(text).dropLast().map(UInt8.init(bitPattern:))
  }

  private static func encoded(_ text: String) -> [CChar] {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      if escapes.contains(scalar.value) {
        bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      } else {
        bytes.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
      }
    }
    return bytes.map(CChar.init(bitPattern:)) + [0]
  }
}

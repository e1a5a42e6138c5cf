// SPDX-License-Identifier: MIT
import JSONValues

/// Text that comes as bytes from a database and goes as bytes into JSON.
enum JSONText {
  private static let quote = UInt8(ascii: "\"")

  /// - Important: bytes that are not UTF-8 become U+FFFD; JSON can hold nothing else.
  static func append(_ text: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
    guard isPlain(text) else {
      return JSONWriter.append(String(decoding: text, as: UTF8.self), to: &bytes)
    }
    bytes.append(quote)
    bytes.append(contentsOf: text)
    bytes.append(quote)
  }

  /// As Superset has it: text where the bytes are text.
  static func appendBlob(_ blob: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
    JSONWriter.append(String(validating: blob, as: UTF8.self) ?? "[bytes]", to: &bytes)
  }

  /// ASCII that needs no escape: what nearly every text is.
  private static func isPlain(_ text: UnsafeRawBufferPointer) -> Bool {
    text.allSatisfy { (0x20..<0x80).contains($0) && $0 != quote && $0 != UInt8(ascii: "\\") }
  }
}

// SPDX-License-Identifier: MIT
import JSONValues
import SQLDatabases

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
    JSONWriter.append(text(ofBlob: blob), to: &bytes)
  }

  static func text(ofBlob blob: UnsafeRawBufferPointer) -> String {
    String(validating: blob, as: UTF8.self) ?? "[bytes]"
  }

  /// ASCII that needs no escape: what nearly every text is.
  private static func isPlain(_ text: UnsafeRawBufferPointer) -> Bool {
    text.allSatisfy { (0x20..<0x80).contains($0) && $0 != quote && $0 != UInt8(ascii: "\\") }
  }
}

extension SQLRow {
  /// A text, or a blob as Superset has it.
  func text(at index: Int, _ kind: SQLKind) -> String {
    var text = ""
    withBytes(at: index) {
      text = kind == .blob ? JSONText.text(ofBlob: $0) : String(decoding: $0, as: UTF8.self)
    }
    return text
  }
}

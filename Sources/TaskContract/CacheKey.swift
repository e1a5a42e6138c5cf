// SPDX-License-Identifier: MIT

/// The key of a cache entry, and the file names it becomes under `cache/`.
///
/// Bytes outside the spool's rule for names are written as `%XX`, so that no key can name a file
/// anywhere else, two keys never share a file, and `ls` still shows the key.
package struct CacheKey: Hashable, Sendable, CustomStringConvertible {
  /// Escaped keys longer than this are refused; file systems allow 255 bytes in a name.
  package static let byteLimit = 200

  package let text: String
  private let fileName: String

  /// Nil for an empty key and for one whose escaped form is longer than ``byteLimit``.
  package init?(_ text: String) {
    let escaped = Self.escaped(text)
    guard !text.isEmpty, escaped.utf8.count <= Self.byteLimit else { return nil }
    self.text = text
    fileName = escaped
  }

  /// The data, relative to `cache/`: `3f/qc-9f…`. The directory spreads entries 256 ways.
  package var dataPath: String { "\(fanOut)/\(fileName)" }

  /// What is known of the entry (``CacheEntry`` as JSON), relative to `cache/`.
  package var entryPath: String { ".entries/\(fanOut)/\(fileName)" }

  /// The lock that lets one task at a time compute this key, relative to `cache/`.
  package var flightLockPath: String { ".flights/\(fileName).lock" }

  /// The last value computed under that lock, for those who waited for it.
  package var flightDataPath: String { ".flights/\(fileName).data" }

  package var description: String { text }

  /// Two hexadecimal digits: FNV-1a of the key, folded to a byte.
  private var fanOut: String {
    var hash: UInt32 = 0x811C_9DC5
    for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    let folded = UInt8(truncatingIfNeeded: hash ^ hash >> 8 ^ hash >> 16 ^ hash >> 24)
    return (folded < 16 ? "0" : "") + String(folded, radix: 16)
  }

  /// The text as one file name that names nothing anywhere else; also used for the names of event channels.
  package static func escaped(_ text: String) -> String {
    var escaped: [UInt8] = []
    for (index, byte) in text.utf8.enumerated() {
      if isPlain(byte), index > 0 || (byte != UInt8(ascii: ".") && byte != UInt8(ascii: "-")) {
        escaped.append(byte)
      } else {
        escaped.append(UInt8(ascii: "%"))
        escaped.append(contentsOf: (byte < 16 ? "0" : "").utf8)
        escaped.append(contentsOf: String(byte, radix: 16, uppercase: true).utf8)
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "._-+=,:@".utf8.contains(byte)
    }
  }
}

// SPDX-License-Identifier: MIT

/// Follows UTF-8 a byte at a time: no overlong forms, no surrogates, nothing above U+10FFFF (RFC 3629).
struct UTF8Scanner {
  /// Bytes that the character under way still needs.
  private var missing = 0
  /// What the next of them may be.
  private var allowed: ClosedRange<UInt8> = 0x80...0xBF

  /// False where the byte cannot stand here.
  mutating func take(_ byte: UInt8) -> Bool {
    guard missing == 0 else {
      guard allowed.contains(byte) else { return false }
      missing -= 1
      allowed = 0x80...0xBF
      return true
    }
    switch byte {
    case 0x00...0x7F: return true
    case 0xC2...0xDF: return begin(1, 0x80...0xBF)
    case 0xE0: return begin(2, 0xA0...0xBF)
    case 0xED: return begin(2, 0x80...0x9F)
    case 0xE1...0xEF: return begin(2, 0x80...0xBF)
    case 0xF0: return begin(3, 0x90...0xBF)
    case 0xF4: return begin(3, 0x80...0x8F)
    case 0xF1...0xF3: return begin(3, 0x80...0xBF)
    default: return false
    }
  }

  private mutating func begin(_ following: Int, _ second: ClosedRange<UInt8>) -> Bool {
    missing = following
    allowed = second
    return true
  }
}

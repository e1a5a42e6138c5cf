// SPDX-License-Identifier: MIT

/// FNV-1a, 64 bits: the same in every program and every run, unlike Swift's own hashes.
enum StableHash {
  /// Sixteen hexadecimal digits.
  static func hex(_ text: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 {
      hash ^= UInt64(byte)
      hash &*= 0x100_0000_01b3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

// SPDX-License-Identifier: MIT

/// RFC 4648, section 5, without the filling at the end.
enum Base64URL {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  static func text(_ bytes: some Sequence<UInt8>) -> String {
    var (digits, bits, count): ([UInt8], UInt32, UInt32) = ([], 0, 0)
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 8
      while count >= 6 {
        count -= 6
        digits.append(alphabet[Int(bits >> count & 63)])
      }
    }
    if count > 0 { digits.append(alphabet[Int(bits << (6 - count) & 63)]) }
    return String(decoding: digits, as: UTF8.self)
  }
}

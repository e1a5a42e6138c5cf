// SPDX-License-Identifier: MIT

/// A column that Superset encrypts with its SECRET_KEY, as sqlalchemy-utils' AES engine does.
struct EncryptedText {
  /// Fills the last block, at least one of it; a text that itself ends so comes back without.
  private static let filling = UInt8(ascii: "*")

  private let base64: String

  init(_ base64: String) { self.base64 = base64 }

  /// Nil where this is not the key it was encrypted with.
  func decrypted(with secretKey: String) -> String? {
    let key = SHA256.digest(secretKey)
    guard let bytes = Self.bytes(ofBase64: base64),
      let text = AES256(key: key).decrypted(bytes, from: Array(key.prefix(AES256.blockSize))),
      text.last == Self.filling
    else { return nil }
    let length = text.lastIndex { $0 != Self.filling }.map { $0 + 1 } ?? 0
    return String(validating: text[..<length], as: UTF8.self)
  }

  /// RFC 4648; nil for anything else.
  private static func bytes(ofBase64 text: String) -> [UInt8]? {
    var (bytes, bits, count): ([UInt8], UInt32, Int) = ([], 0, 0)
    for character in text.utf8 {
      if character == UInt8(ascii: "=") { break }
      guard let digit = alphabet.firstIndex(of: character) else { return nil }
      bits = bits << 6 | UInt32(digit)
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
    }
    return bytes
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
}

// SPDX-License-Identifier: MIT
import CCrypto

/// Signs a text with its time, as itsdangerous does for Flask's sessions: HMAC-SHA1 with a key that is itself the HMAC of a
/// salt.
struct TimedSignature {
  /// Flask's salt for the cookie of its session.
  static let sessionSalt = "cookie-session"

  private let key: [UInt8]

  init(secretKey: String, salt: String) {
    key = Self.hmac(Array(salt.utf8), key: Array(secretKey.utf8))
  }

  /// `TEXT.TIME.SIGNATURE`
  ///
  /// - Parameter time: seconds since 1970.
  func signed(_ text: String, at time: Int) -> String {
    let timed = "\(text).\(Base64URL.text(Self.bytes(of: time)))"
    return "\(timed).\(Base64URL.text(Self.hmac(Array(timed.utf8), key: key)))"
  }

  /// Big-endian, without zeros in front.
  private static func bytes(of number: Int) -> [UInt8] {
    let bytes = withUnsafeBytes(of: number.bigEndian, Array.init)
    return Array(bytes.drop { $0 == 0 })
  }

  private static func hmac(_ text: [UInt8], key: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var size: UInt32 = 0
    HMAC(EVP_sha1(), key, Int32(key.count), text, text.count, &digest, &size)
    return Array(digest.prefix(Int(size)))
  }
}

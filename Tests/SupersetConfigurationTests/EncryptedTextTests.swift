// SPDX-License-Identifier: MIT
import Testing

@testable import SupersetConfiguration

struct EncryptedTextTests {
  /// Of the recording that Tests/GoldenTests holds, too.
  static let key = "peer-measurement-secret-key-0123456789abcdef-not-for-production"

  @Test(arguments: [
    ("yW+VATgajyuv100k1ZOspg==", "s3cret"), ("YcNenGAL6Cg8p1uq1+wAAQ==", "p@ss'wörd ☃"),
    ("3/0YLwtFe4jxDtxQqRoITX/UX72z11gj4gEOg3q2VZI=", "0123456789abcdef"),
  ])
  func `what Superset has encrypted is read`(_ encrypted: String, _ text: String) {
    #expect(EncryptedText(encrypted).decrypted(with: Self.key) == text)
  }

  @Test(arguments: [
    "yW+VATgajyuv100k1ZOspg==", "", "yW+V", "not base64", "3/0YLwtFe4jxDtxQqRoITX/U",
  ])
  func `another key, or anything else, gives nothing`(_ encrypted: String) {
    #expect(EncryptedText(encrypted).decrypted(with: Self.key + "x") == nil)
  }

  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `SHA-256 has the digests of its standard`(_ text: String, _ digest: String) {
    let digits = SHA256.digest(text).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    #expect(digits.joined() == digest)
  }

  @Test func `AES has the example of its standard`() {
    let key = (0..<32).map { UInt8($0) }
    let cipher: [UInt8] = [
      0x8E, 0xA2, 0xB7, 0xCA, 0x51, 0x67, 0x45, 0xBF, 0xEA, 0xFC, 0x49, 0x90, 0x4B, 0x49, 0x60,
      0x89,
    ]
    let text = AES256(key: key).decrypted(cipher, from: [UInt8](repeating: 0, count: 16))
    #expect(text == (0..<16).map { UInt8($0 * 0x11) })
  }
}

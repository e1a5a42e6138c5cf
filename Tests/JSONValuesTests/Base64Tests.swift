// SPDX-License-Identifier: MIT
import JSONValues
import Testing

/// Bytes in texts.
struct Base64Tests {
  @Test func `base64 is read as it is written`() {
    for count in 0..<50 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + count) }
      #expect(Base64.decode(Array(Base64.encode(bytes).utf8)[...]) == bytes)
    }
    #expect(Base64.encode(Array("Man".utf8)) == "TWFu")
    #expect(Base64.encode(Array("Ma".utf8)) == "TWE=")
    for wrong in ["TWF", "TW!u", "TWFu=", "T===", "ÄÄ"] {
      #expect(Base64.decode(Array(wrong.utf8)[...]) == nil, "\(wrong)")
    }
  }
}

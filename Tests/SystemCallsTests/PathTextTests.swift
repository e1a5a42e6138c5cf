// SPDX-License-Identifier: MIT
import Testing

@testable import SystemCalls

struct PathTextTests {
  @Test(
    arguments: [
      [0x61, 0x2E, 0x6A], [0xFF, 0xFE], [0x61, 0xC3], [0xC3, 0x28, 0x62], [0xF0, 0x9F, 0x91, 0xB6],
      [0xE2, 0x28, 0xA1], [0x80], [0xF4, 0x8F, 0xBE, 0x80, 0x61], [0xF4, 0x8F, 0xBF, 0xBF],
      [0xF4, 0x8F, 0xBD, 0xBF],
    ] as [[UInt8]])
  func `every name survives the way there and back`(_ bytes: [UInt8]) {
    let text = PathText.decode(bytes)
    let back = PathText.withCString(text) { start in
      (0..<bytes.count).map { UInt8(bitPattern: start[$0]) } + [
        UInt8(bitPattern: start[bytes.count])
      ]
    }
    #expect(back == bytes + [0])
  }

  @Test func `ordinary names are ordinary text`() {
    #expect(PathText.decode("Zoë 👶".utf8) == "Zoë 👶")
  }
}

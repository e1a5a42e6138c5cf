// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

struct OpenFileTests {
  @Test(arguments: [0, 3, 7, 100_000])
  func `a file is read whole, whatever size it had a moment ago`(_ told: Int) throws {
    let directory = try TemporaryDirectory()
    try directory.write("1234567", to: "f")
    let file = try SystemFiles().open("\(directory.path)/f", .read)
    #expect(try file.readAll(ofSize: told) == Array("1234567".utf8))
  }

  @Test func `no more than the limit is read, whatever size it had a moment ago`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("1234567", to: "f")
    for told in [0, 4, 5, 7, 100] {
      let file = try SystemFiles().open("\(directory.path)/f", .read)
      #expect(try file.readAll(ofSize: told, limit: 5) == Array("12345".utf8))
    }
  }
}

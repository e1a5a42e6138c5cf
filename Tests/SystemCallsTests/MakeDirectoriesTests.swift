// SPDX-License-Identifier: MIT
import Foundation
import SpoolTesting
import SystemCalls
import Testing

@Suite struct MakeDirectoriesTests {
  @Test func `what is missing is made, what is there is left`() throws {
    let directory = try TemporaryDirectory()
    for _ in 1...2 { try SystemFiles().makeDirectories("\(directory.path)/a/b/c") }
    #expect(try SystemFiles().names(in: "\(directory.path)/a/b") == ["c"])
  }

  @Test func `below a link that leads nowhere there is an end of it`() throws {
    let directory = try TemporaryDirectory()
    try FileManager.default.createSymbolicLink(
      atPath: "\(directory.path)/link", withDestinationPath: "/nowhere/at/all")
    #expect(throws: SystemError.self) {
      try SystemFiles().makeDirectories("\(directory.path)/link/a/b")
    }
    #expect(throws: SystemError.self) { try SystemFiles().makeDirectories("/proc/none/a") }
  }
}

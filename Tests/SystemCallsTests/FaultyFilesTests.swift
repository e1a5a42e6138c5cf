// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

struct FaultyFilesTests {
  @Test func `a failing call fails once, a write after half of its bytes`() throws {
    let directory = try TemporaryDirectory()
    let files = FaultyFiles(failingAt: 2, as: .error(.noSpace))
    let file = try files.open("\(directory.path)/f", .create)
    #expect(throws: SystemError.self) { try files.write(Array("abcd".utf8), to: file) }
    try files.write(Array("ef".utf8), to: file)
    #expect(try directory.read("f") == "abef")
    #expect(files.callCount == 3)
  }

  @Test func `a killed process makes no further change`() throws {
    let directory = try TemporaryDirectory()
    let files = FaultyFiles.killedAt(2)
    let file = try files.open("\(directory.path)/f", .create)
    #expect(throws: SystemError.self) { try files.write(Array("abcd".utf8), to: file) }
    #expect(throws: SystemError.self) { try files.write(Array("ef".utf8), to: file) }
    #expect(throws: SystemError.self) { try files.unlink("\(directory.path)/f") }
    #expect(try directory.read("f") == "ab")
  }

  @Test func `a publication is whole or absent, whichever call is the last`() throws {
    for n in 1... {
      let directory = try TemporaryDirectory()
      let files = FaultyFiles.killedAt(n)
      do { try files.publish(Array("whole".utf8), as: "\(directory.path)/f") } catch {}
      let isThere = try SystemFiles().exists("\(directory.path)/f")
      if isThere { #expect(try directory.read("f") == "whole") }
      if !files.hasFailed {
        #expect(isThere && n > 5)
        return
      }
    }
  }
}

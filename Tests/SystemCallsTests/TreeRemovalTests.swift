// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import SystemCalls
import Testing

struct TreeRemovalTests {
  private let files = SystemFiles()

  @Test func `a tree of any depth goes with few descriptors, and what links lead to stays`() throws
  {
    let place = try TemporaryDirectory()
    try place.write("kept", to: "outside/kept")
    let deep = (1...60).map { _ in "d" }.joined(separator: "/")
    try place.write("x", to: "tree/\(deep)/file")
    try place.write("x", to: "tree/a/b")
    symlink("\(place.path)/outside", "\(place.path)/tree/a/link")
    symlink("\(place.path)/outside/kept", "\(place.path)/tree/\(deep)/link")
    mkfifo("\(place.path)/tree/fifo", 0o600)
    try files.removeTree("\(place.path)/tree")
    #expect(try files.names(in: place.path) == ["outside"])
    #expect(try place.read("outside/kept") == "kept")
  }

  @Test func `a link in place of the tree goes itself, and one that is not there is no error`()
    throws
  {
    let place = try TemporaryDirectory()
    try place.write("kept", to: "outside/kept")
    symlink("\(place.path)/outside", "\(place.path)/tree")
    try files.removeTree("\(place.path)/tree")
    try files.removeTree("\(place.path)/tree")
    #expect(try files.names(in: place.path) == ["outside"])
    #expect(try place.read("outside/kept") == "kept")
  }
}

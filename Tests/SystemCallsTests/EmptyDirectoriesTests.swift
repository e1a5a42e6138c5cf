// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import SystemCalls
import Testing

struct EmptyDirectoriesTests {
  private let place: TemporaryDirectory
  private let path: String
  private let empty = EmptyDirectories(SystemFiles())

  init() throws {
    place = try TemporaryDirectory()
    path = "\(place.path)/d"
    try SystemFiles().makeDirectory(path)
  }

  /// Longer than a tick of the file system's clock.
  private func pause() { usleep(40_000) }

  @Test func `a name that comes or goes is seen, at once and later`() throws {
    for _ in 1...20 {
      #expect(try empty.hold(path))
      try place.write("x", to: "d/name")
      #expect(try !empty.hold(path))
      pause()
      #expect(try !empty.hold(path))
      try SystemFiles().unlink("\(path)/name")
      #expect(try empty.hold(path))
    }
  }

  @Test func `a time that has been set back does not hide a name`() throws {
    let before = try #require(try SystemFiles().status(of: path)).modified
    pause()
    #expect(try empty.hold(path))
    try place.write("x", to: "d/name")
    try SystemFiles().setModified(path, to: before)
    #expect(try !empty.hold(path))
  }

  @Test func `a directory is known by itself, not by its name`() throws {
    pause()
    #expect(try empty.hold(path))
    try SystemFiles().rename(path, to: "\(place.path)/away")
    try SystemFiles().makeDirectory(path)
    try place.write("x", to: "d/name")
    #expect(try !empty.hold(path))
    #expect(try empty.hold("\(place.path)/away"))
  }

  @Test func `nothing, a file and a link are no empty directory`() throws {
    try place.write("", to: "file")
    symlink(path, "\(place.path)/link")
    for name in ["none", "file", "link"] {
      #expect(try !empty.hold("\(place.path)/\(name)"))
    }
  }
}

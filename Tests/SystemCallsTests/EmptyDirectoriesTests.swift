// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import Testing

@testable import SystemCalls

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
      #expect(try empty.contains(path))
      try place.write("x", to: "d/name")
      #expect(try !empty.contains(path))
      pause()
      #expect(try !empty.contains(path))
      try SystemFiles().unlink("\(path)/name")
      #expect(try empty.contains(path))
    }
  }

  @Test func `a time that has been set back does not hide a name`() throws {
    let before = try #require(try SystemFiles().status(of: path)).modified
    pause()
    #expect(try empty.contains(path))
    try place.write("x", to: "d/name")
    try SystemFiles().setModified(path, to: before)
    #expect(try !empty.contains(path))
  }

  @Test func `a directory is known by itself, not by its name`() throws {
    pause()
    #expect(try empty.contains(path))
    try SystemFiles().rename(path, to: "\(place.path)/away")
    try SystemFiles().makeDirectory(path)
    try place.write("x", to: "d/name")
    #expect(try !empty.contains(path))
    #expect(try empty.contains("\(place.path)/away"))
  }

  @Test func `nothing, a file and a link are no empty directory`() throws {
    try place.write("", to: "file")
    symlink(path, "\(place.path)/link")
    for name in ["none", "file", "link"] {
      #expect(try !empty.contains("\(place.path)/\(name)"))
    }
  }

  @Test func `a time of whole seconds says little of the last of them`() {
    let whole = Timestamp(seconds: 1_800_000_000, nanoseconds: 0)
    #expect(EmptyDirectories.tick(of: whole) > .seconds(2))
    #expect(EmptyDirectories.tick(of: whole + .milliseconds(4)) < .milliseconds(100))
  }

  @Test func `a file system of whole seconds hides no name`() throws {
    let image = try TemporaryDirectory()
    let shell = Shell(directory: image.path)
    let mount =
      "truncate -s 4M disk && mkfs.ext4 -q -I 128 disk && mkdir m && mount -o loop disk m && mkdir m/d"
    guard shell.run(mount) != nil else { return print("SKIPPED: no image can be mounted here") }
    defer { _ = shell.run("umount m") }
    let place = "\(image.path)/m/d"
    for number in 1...30 {
      #expect(try empty.contains(place))
      usleep(50_000)
      #expect(try empty.contains(place))
      try SystemFiles().makeDirectory("\(place)/\(number)")
      #expect(try !empty.contains(place))
      try SystemFiles().removeDirectory("\(place)/\(number)")
    }
  }
}

// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import SystemCalls
import Testing

@testable import SpoolProtocol

/// What a program that may read everything takes for a drop.
struct LinkGuardTests {
  private let place: TemporaryDirectory
  private let files = SystemFiles()

  init() throws {
    place = try TemporaryDirectory()
    try place.write("{}", to: "file")
  }

  private func objection(
    mode: mode_t, links: Int = 1, directory: mode_t, isProtected: Bool, user: uid_t = getuid()
  ) throws -> String? {
    chmod("\(place.path)/file", mode)
    chmod(place.path, directory)
    if links > 1 { try files.link("\(place.path)/file", to: "\(place.path)/twin") }
    let file = try #require(try files.status(of: "\(place.path)/file"))
    let parent = try #require(try files.status(of: place.path))
    return try LinkGuard(user: user, linksAreProtected: isProtected).objection(to: file) { parent }
  }

  @Test func `in a directory that only the spool can write everything is the spool's`() throws {
    #expect(try objection(mode: 0o600, links: 2, directory: 0o755, isProtected: false) == nil)
  }

  @Test(arguments: [0o3730, 0o1777, 0o770] as [mode_t], [true, false])
  func `where others can write, a second name of the spool's own file is theirs perhaps`(
    _ directory: mode_t, _ isProtected: Bool
  ) throws {
    #expect(
      try objection(mode: 0o600, links: 2, directory: directory, isProtected: isProtected) != nil)
  }

  @Test func `a directory of another user is one that others can write`() throws {
    let objection = try objection(
      mode: 0o600, links: 2, directory: 0o700, isProtected: true, user: getuid() + 1)
    // Ours is root's here, or a stranger's.
    #expect((objection == nil) == (getuid() != 0))
  }

  @Test func `with one name only what is kept secret is doubted, and only where links are free`()
    throws
  {
    #expect(try objection(mode: 0o600, directory: 0o3730, isProtected: true) == nil)
    #expect(try objection(mode: 0o644, directory: 0o3730, isProtected: false) == nil)
    #expect(try objection(mode: 0o600, directory: 0o3730, isProtected: false) != nil)
  }
}

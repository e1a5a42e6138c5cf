// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import SystemCalls
import Testing

@testable import Screenshots

/// How browsers begin and end, whoever ends them.
@Suite(.serialized)
struct BrowserLifeTests {
  private let server: PageServer

  init() throws { server = try PageServer() }

  /// Root with all of its rights, as in a container that lets it become others.
  private static let isRoot = Privileges.current().user == 0 && Privileges.current().canActForOthers

  private func page(_ path: String) -> WebPage { WebPage(at: "\(server.origin)\(path)", .idle) }
  private let green = "<body style='background:#00ff00'>"

  private func expectPicture(_ studio: Studio) throws {
    #expect(try studio.picture(green).colour(9, 9) == "#00ff00")
  }

  private func isGone(_ group: Int32?) -> Bool {
    guard let group else { return false }
    return waits { ProcessGroup.members(of: group).isEmpty }
  }

  @Test func `a browser stays for the next page, and goes with its profile`() throws {
    let studio = try Studio()
    #expect(studio.browser.processID == nil)
    try expectPicture(studio)
    let first = try #require(studio.browser.processID)
    #expect(ProcessGroup.members(of: first).count > 3)
    #expect(studio.profiles.count == 1)
    try expectPicture(studio)
    #expect(studio.browser.processID == first)
    studio.browser.close()
    // Nothing has to be waited for.
    #expect(ProcessGroup.members(of: first) == [])
    #expect(studio.profiles == [])
    try expectPicture(studio)
    #expect(studio.browser.processID != first)
  }

  @Test func `a browser goes with its last reference`() throws {
    var studio: Studio? = try Studio()
    try studio.map(expectPicture)
    let group = try #require(studio?.browser.processID)
    studio = nil
    #expect(ProcessGroup.members(of: group) == [])
  }

  @Test(arguments: [true, false])
  func `a new browser comes after some pages, and after too much memory`(_ byPages: Bool) throws {
    let studio = try Studio {
      if byPages { $0.limits.pages = 2 } else { $0.limits.keptMemory = 1 }
    }
    try expectPicture(studio)
    let first = studio.browser.processID
    #expect((first != nil) == byPages)
    try expectPicture(studio)
    #expect(studio.browser.processID == nil)
    #expect(studio.profiles == [])
    try expectPicture(studio)
  }

  @Test func `a browser that is killed under a page costs that page`() throws {
    let studio = try Studio()
    studio.once({ server.wasAsked(for: "/never") }, { kill($0.processID ?? 0, SIGKILL) })
    let error = try #require(studio.failure(page("/image-never")))
    #expect(error.isTemporary)
    #expect("\(error)".hasPrefix("the browser has ended"))
    #expect(studio.browser.processID == nil)
    #expect(studio.profiles == [])
    try expectPicture(studio)
  }

  @Test func `a browser that died between pages costs nothing`() throws {
    let studio = try Studio()
    try expectPicture(studio)
    let first = try #require(studio.browser.processID)
    kill(first, SIGKILL)
    try expectPicture(studio)
    #expect(isGone(first))
    #expect(studio.profiles.count == 1)
  }

  @Test func `a browser that hangs under a page is ended, with all its processes`() throws {
    let studio = try Studio {
      $0.limits.load = .seconds(3)
      $0.limits.lastLook = .seconds(2)
      $0.limits.answer = .seconds(20)
    }
    var group: Int32?
    studio.once({ server.wasAsked(for: "/never") }) {
      group = $0.processID
      kill(-($0.processID ?? 0), SIGSTOP)
    }
    let error = try #require(studio.failure(page("/image-never")))
    #expect(error.isTemporary)
    #expect(isGone(group))
    #expect(studio.profiles == [])
    try expectPicture(studio)
  }

  @Test func `a browser that hangs between pages costs nothing but time`() throws {
    let studio = try Studio { $0.limits.answer = .seconds(10) }
    try expectPicture(studio)
    let first = try #require(studio.browser.processID)
    kill(-first, SIGSTOP)
    try expectPicture(studio)
    #expect(isGone(first))
  }

  @Test func `whoever breaks off gets no picture, and no browser is left`() throws {
    let studio = try Studio()
    studio.breakOff { server.wasAsked(for: "/never") }
    #expect(studio.failure(page("/image-never")) == .cancelled)
    #expect(studio.browser.processID == nil)
    #expect(studio.profiles == [])
  }

  @Test func `what is no browser is told as that`() throws {
    let none = try Studio { $0.program = "/nowhere/chromium" }
    #expect(none.failure(WebPage(green)) == .notInstalled(program: "/nowhere/chromium"))
    let wrong = try Studio { $0.program = "/bin/false" }
    guard case .cannotStart? = wrong.failure(WebPage(green)) else {
      return #expect(Bool(false), "\(String(describing: wrong.failure(WebPage(green))))")
    }
    let nobody = try Studio { $0.user = "no such user" }
    if Self.isRoot {
      #expect("\(try #require(nobody.failure(WebPage(green))))".contains("no such user"))
    }
    for studio in [none, wrong, nobody] { #expect(studio.profiles == []) }
  }

  @Test(.enabled(if: Self.isRoot))
  func `as root a browser is nobody's`() throws {
    let studio = try Studio()
    try expectPicture(studio)
    let status = try SystemFiles().status(
      of: "/proc/\(try #require(studio.browser.processID))/task")
    #expect(status?.owner == AccountFiles.read().account("nobody")?.user)
    #expect(studio.warnings.all.isEmpty == (try Studio.hasSandbox.get()))
  }

  @Test func `without a sandbox there are pictures, and one warning`() throws {
    let studio = try Studio { $0.isSandboxed = false }
    try expectPicture(studio)
    studio.browser.close()
    try expectPicture(studio)
    #expect(studio.warnings.all.count == 1)
  }

  @Test(.enabled(if: Self.isRoot))
  func `root itself has no sandbox`() throws {
    let studio = try Studio {
      $0.user = "root"
      $0.isSandboxed = true
    }
    let error = try #require(studio.failure(WebPage(green)))
    #expect("\(error)".contains("without --no-sandbox"), "\(error)")
    #expect(!error.isTemporary)
  }
}

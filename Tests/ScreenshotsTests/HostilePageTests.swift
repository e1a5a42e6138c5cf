// SPDX-License-Identifier: MIT
import Testing

@testable import Screenshots

/// Pages that do what they should not, each with its end; the next picture is always there.
@Suite(.serialized)
struct HostilePageTests {
  private let studio: Studio
  private let server: PageServer

  init() throws {
    studio = try Studio()
    server = try PageServer()
  }

  private func url(_ path: String) -> String { "\(server.origin)\(path)" }

  private func failure(_ path: String, _ readiness: ReadinessRule = .loaded) -> ScreenshotError? {
    studio.failure(WebPage(at: url(path), readiness))
  }

  /// The browser is as good as before.
  private func expectNextPicture() throws {
    #expect(try studio.picture(WebPage(at: url("/ok"))).colour(400, 300) == "#00ff00")
  }

  @Test(arguments: [500, 503, 404, 403, 401])
  func `an answer that is none is an error with its status`(_ status: Int) throws {
    let error = try #require(failure("/status?\(status)"))
    #expect(error == .status(status, url: url("/status")))
    #expect(error.isTemporary == (status >= 500))
    try expectNextPicture()
  }

  @Test func `a page that wants a login is told as that`() throws {
    #expect(failure("/redirect?/login/?next=x") == .login(url: url("/login/")))
    #expect(failure("/js-login", .idle) == .login(url: url("/login/")))
    // Whoever asks for the login itself gets it.
    #expect(failure("/login/") == nil)
    try expectNextPicture()
  }

  @Test func `a page leads nowhere outside of what is allowed`() throws {
    let other = "\(server.otherOrigin)/ok"
    #expect(failure("/redirect?\(other)") == .outside(url: other))
    #expect(failure("/location?\(other)", .idle) == .outside(url: other))
    #expect(failure("/refresh?\(other)", .idle) == .outside(url: other))
    // The browser itself lets no page lead to a file.
    #expect(failure("/location?file:///etc/passwd", .idle) == nil)
    #expect(!server.requests.contains { $0.hasPrefix(server.otherOrigin.suffix(5)) })
    var page = WebPage(at: url("/redirect?\(other)"))
    page.origins = [try #require(WebOrigin(of: server.otherOrigin))]
    #expect(try studio.picture(page).colour(400, 300) == "#00ff00")
  }

  @Test func `a page talks to nobody else either`() throws {
    let socket = "ws\(server.otherOrigin.dropFirst(4))/x"
    #expect(failure("/socket?\(server.otherOrigin)") == .outside(url: socket))
    #expect(failure("/socket?\(server.origin)") == nil)
  }

  @Test func `a page that leads on for ever ends`() throws {
    let error = try #require(failure("/bounce", .idle))
    #expect(error == .restless(url: url("/bounce")))
    try expectNextPicture()
  }

  @Test func `parts come from allowed places alone, unless all are`() throws {
    let port = String(server.otherOrigin.suffix(5))
    var page = WebPage(at: url("/parts?\(server.otherOrigin)"))
    let warnings = try studio.browser.picture(of: page, as: Shot()).warnings
    #expect(warnings == ["the page has no parts from \(server.otherOrigin)"])
    #expect(!server.requests.contains { $0.hasPrefix(port) })
    page.reach = .anywhere
    #expect(studio.failure(page) == nil)
    #expect(server.requests.filter { $0.hasPrefix(port) }.count == 2)
    // Requests of workers go the same way.
    #expect(try studio.picture(WebPage(at: url("/worker"), .idle)).colour(9, 9) == "#0000ff")
  }

  @Test(arguments: [
    "file:///etc/passwd", "FILE:/etc/passwd", "chrome://version", "data:text/html,x",
    "javascript:alert(1)", "http://user:word@127.0.0.1/", "ftp://127.0.0.1/", "//127.0.0.1/", "",
  ])
  func `what is no address of a web server is not opened`(_ address: String) throws {
    let error = try #require(studio.failure(WebPage(at: address)))
    guard case .badAddress = error else { return #expect(Bool(false), "\(error)") }
    #expect(!"\(error)".contains("word"))
    #expect(studio.browser.processID == nil)
  }

  @Test func `dialogs are answered with no`() throws {
    #expect(try studio.picture(WebPage(at: url("/dialogs"))).colour(400, 300) == "#0000ff")
  }

  @Test func `windows do not open`() throws {
    #expect(try studio.picture(WebPage(at: url("/window"))).colour(400, 300) == "#0000ff")
    #expect(!server.wasAsked(for: "/opened"))
  }

  @Test func `downloads are denied`() throws {
    #expect(failure("/attachment") == .download(url: url("/attachment")))
    #expect(try studio.picture(WebPage(at: url("/download-inside"))).colour(9, 9) == "#00ff00")
    try expectNextPicture()
  }

  @Test func `a page does not close itself`() throws {
    #expect(try studio.picture(WebPage(at: url("/close"), .idle)).colour(9, 9) == "#00ff00")
  }

  @Test(arguments: ["/eat", "/eat-buffers"])
  func `a page that takes all memory ends alone`(_ path: String) throws {
    let studio = try Studio { $0.limits.memory = 1 << 30 }
    let error = studio.failure(WebPage(at: url(path), .idle))
    #expect(error == .rendererCrashed || error == .tooMuchMemory(bytes: 1 << 30))
    #expect(error?.isTemporary == true)
    #expect(try studio.picture(WebPage(at: url("/ok"))).colour(400, 300) == "#00ff00")
  }

  @Test func `a server that is not there is an error that passes`() throws {
    let error = try #require(studio.failure(WebPage(at: "http://127.0.0.1:1/x")))
    #expect("\(error)".hasPrefix("unable to load http://127.0.0.1:1/x: net::ERR_"))
    #expect(error.isTemporary)
  }

  @Test func `cookies are sent to their server, kept from scripts and from the next page`() throws {
    var page = WebPage(at: url("/cookie"))
    page.cookies = [WebCookie(name: "session", value: "geheim")]
    #expect(try studio.picture(page).colour(400, 300) == "#0000ff")
    #expect(try studio.picture(WebPage(at: url("/cookie"))).colour(400, 300) == "#ff0000")
    page = WebPage(at: url("/redirect?\(server.otherOrigin)/cookie"))
    page.cookies = [WebCookie(name: "session", value: "bad\nvalue geheim")]
    let error = try #require(studio.failure(page))
    var dumped = ""
    dump(page, to: &dumped)
    #expect(!"\(error) \(page) \(dumped)".contains("geheim"))
    try expectNextPicture()
  }

  @Test func `a page of our own reaches nothing, whatever stands in it`() throws {
    let html = """
      <!doctype html><body style="background:#00ff00"><img src="\(url("/ok?image"))">
      <iframe src="\(url("/ok?frame"))"></iframe><link rel=stylesheet href="\(url("/ok?style"))">
      <script>document.body.style.background = '#ff0000'; fetch('\(url("/ok?fetch"))')</script>
      <form action="\(url("/ok?form"))"></form><object data="\(url("/ok?object"))"></object>
      <script src="\(url("/ok?script"))"></script><img src=x onerror="document.body.style.background = '#ff0000'">
      <iframe src="file:///etc/passwd"></iframe><link rel=preconnect href="\(server.otherOrigin)">
      """
    #expect(try studio.picture(WebPage(html, .idle)).colour(700, 550) == "#00ff00")
    var page = WebPage(
      html + "<script>new WebSocket('ws\(url("/socket").dropFirst(4))')</script>", .idle)
    page.allowsScripts = true
    #expect(try studio.picture(page).colour(700, 550) == "#ff0000")
    #expect(server.requests == [])
  }

  @Test func `a page of our own stays where it is`() throws {
    let refresh = "<meta http-equiv=refresh content='0;url=\(url("/ok"))'>"
    #expect(studio.failure(WebPage(refresh, .idle)) == .navigatedAway(url: url("/ok")))
    var page = WebPage("<script>location.reload()</script>", .idle)
    page.allowsScripts = true
    #expect(studio.failure(page) == .navigatedAway(url: VisitPlan.ownURL))
    #expect(server.requests == [])
  }
}

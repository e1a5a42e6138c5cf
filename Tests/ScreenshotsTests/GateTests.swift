// SPDX-License-Identifier: MIT
import Testing

@testable import Screenshots

/// What is decided without any browser: addresses, requests, messages and pixels.
struct GateTests {
  @Test(arguments: [
    ("http://a", "http://a"), ("HTTP://A:80/x?y", "http://a"), ("https://a:443", "https://a"),
    ("https://a:8443/x", "https://a:8443"), ("http://[::1]:8088/x", "http://[::1]:8088"),
    ("http://[::1]", "http://[::1]"), ("http://a?x@b", "http://a"),
  ])
  func `an origin is scheme, host and port`(_ url: String, _ origin: String) {
    #expect(WebOrigin(of: url).map(String.init(describing:)) == origin)
  }

  @Test(arguments: [
    "", "a", "//a", "ftp://a", "file:///a", "http://", "http:///a", "http://u:p@a", "http://a:0",
    "http://a:x", "http://:80", "http://a b", "http://a\\@b", "http://ä", "http://%61", "http:/a",
  ])
  func `what is no address of a web server has no origin`(_ url: String) {
    #expect(WebOrigin(of: url) == nil)
  }

  private func gate(_ address: String, _ reach: WebPage.Reach = .origins) throws -> RequestGate {
    RequestGate(
      address: address, origins: [try #require(WebOrigin(of: address))], reach: reach,
      loginPath: "/login/")
  }

  private func page(_ url: String) -> RequestGate.Request { .init(url: url, isPage: true) }
  private func part(_ url: String) -> RequestGate.Request { .init(url: url) }

  @Test func `a page of the web keeps to its origins`() throws {
    var gate = try gate("http://a/superset/dashboard/1/")
    #expect(gate.decide(page("http://a/superset/dashboard/1/")) == .pass)
    #expect(gate.decide(page("http://a/explore/?form_data=secret")) == .pass)
    #expect(gate.decide(page("http://b/x?secret")) == .fail(.outside(url: "http://b/x")))
    #expect(gate.decide(page("http://a:81/")) == .fail(.outside(url: "http://a:81/")))
    #expect(gate.decide(page("file:///etc/passwd")) == .fail(.outside(url: "file:///etc/passwd")))
    #expect(gate.decide(part("http://a/x.png")) == .pass)
    #expect(gate.decide(part("data:image/png;base64,x")) == .pass)
    #expect(gate.decide(part("http://b/x.png")) == .refuse)
    #expect(gate.decide(part("file:///etc/passwd")) == .refuse)
    #expect(gate.objection(toSocket: "ws://a/x") == nil)
    #expect(gate.objection(toSocket: "wss://a/x?s") == .outside(url: "wss://a/x"))
    var wide = try self.gate("http://a/", .anywhere)
    #expect(wide.decide(part("https://tiles.example/1.png")) == .pass)
    #expect(wide.decide(part("ftp://a/x")) == .refuse)
    #expect(wide.decide(page("http://b/")) == .fail(.outside(url: "http://b/")))
  }

  @Test func `a login is found below any path`() throws {
    var gate = try gate("http://a/own/superset/slice/1/")
    for url in ["http://a/login/?next=/x", "http://a/own/login/", "http://a/login"] {
      let shown = String(url.prefix { $0 != "?" })
      #expect(gate.decide(page(url)) == .fail(.login(url: shown)))
    }
    #expect(gate.decide(page("http://a/own/relogin")) == .pass)
  }

  @Test func `our own page is served once, and asks for nothing`() {
    var gate = RequestGate(ownPage: "http://page.invalid/")
    #expect(gate.decide(page("http://page.invalid/")) == .serve)
    #expect(gate.decide(part("http://page.invalid/x")) == .refuse)
    #expect(gate.decide(part("blob:http://page.invalid/1")) == .pass)
    let error = ScreenshotError.navigatedAway(url: "http://page.invalid/")
    #expect(gate.decide(page("http://page.invalid/")) == .fail(error))
  }

  @Test func `messages are answers, refusals and events`() throws {
    func message(_ text: String) -> DevToolsMessage? { DevToolsMessage(Array(text.utf8)) }
    guard case .answer(7, .success(let bytes))? = message(#"{"id":7,"result":{"data":"eA=="}}"#)
    else { return #expect(Bool(false)) }
    #expect(String(decoding: bytes, as: UTF8.self) == #"{"data":"eA=="}"#)
    guard case .answer(8, .failure(let refusal))? = message(#"{"id":8,"error":{"message":"no"}}"#)
    else { return #expect(Bool(false)) }
    #expect(refusal.reason == "no")
    guard case .event(let event)? = message(#"{"method":"A.b","params":{"x":1},"sessionId":"S"}"#)
    else { return #expect(Bool(false)) }
    #expect(event.name == "A.b" && event.session == "S" && event.parameters["x"] == 1)
    for text in ["", "{", "[]", "{}", #"{"method":1}"#] { #expect(message(text) == nil) }
  }

  private func picture(_ width: Int, _ height: Int) -> Pixels {
    let bytes = (0..<width * height * 3).map { UInt8(truncatingIfNeeded: $0 * 7 % 251) }
    return Pixels(width: width, height: height, bytes: bytes)
  }

  @Test func `a picture is the same after PNG`() throws {
    for (width, height) in [(1, 1), (3, 2), (200, 100)] {
      let picture = picture(width, height)
      #expect(try Pixels(png: picture.png()) == picture)
    }
    #expect(throws: ScreenshotError.self) { _ = try Pixels(png: [1, 2, 3]) }
    let png = try picture(20, 20).png()
    #expect(throws: ScreenshotError.self) { _ = try Pixels(png: Array(png.prefix(60))) }
  }

  @Test(arguments: [(1, 1), (3, 7), (800, 1), (1, 900), (801, 599), (16_000, 2)])
  func `any picture gets into any box`(_ width: Int, _ height: Int) throws {
    for box in [PixelSize(width: 400, height: 300), PixelSize(width: 1, height: 1)] {
      let filled = picture(width, height).resized(.filling(box))
      #expect(filled.size == "\(box)")
      let within = picture(width, height).resized(.within(box))
      #expect(within.width <= box.width && within.height <= box.height)
      #expect(within.width == box.width || within.height == box.height)
    }
  }

  @Test func `a size is two numbers`() {
    #expect(PixelSize("800x600") == PixelSize(width: 800, height: 600))
    for text in ["", "800", "x", "0x1", "1x0", "1x2x3", "-1x5", "99999x1", "axb"] {
      #expect(PixelSize(text) == nil)
    }
  }
}

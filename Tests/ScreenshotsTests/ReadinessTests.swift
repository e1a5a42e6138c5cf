// SPDX-License-Identifier: MIT
import Testing

@testable import Screenshots

/// When a page is ready, and what is told of one that is not.
@Suite(.serialized)
struct ReadinessTests {
  private let studio: Studio
  /// Gives up soon.
  private let hasty: Studio
  private let server: PageServer

  init() throws {
    studio = try Studio()
    hasty = try Studio {
      $0.limits.locate = .seconds(3)
      $0.limits.load = .seconds(4)
      $0.limits.navigation = .seconds(4)
      $0.limits.lastLook = .seconds(3)
    }
    server = try PageServer()
  }

  private func url(_ path: String) -> String { "\(server.origin)\(path)" }

  private func missing(_ page: WebPage) -> [String]? {
    guard case .notReady(let missing, _, _)? = hasty.failure(page) else { return nil }
    return missing
  }

  @Test func `a page of ours is ready when it says so`() throws {
    var page = WebPage(
      """
      <!doctype html><html data-ready="false"><body style="background:#ff0000"><script>
      setTimeout(() => { document.body.style.background = '#0000ff'; document.documentElement.dataset.ready = 'true' }, 300)
      </script>
      """, .own)
    page.allowsScripts = true
    #expect(try studio.picture(page).colour(9, 9) == "#0000ff")
    #expect(try studio.picture(WebPage("<html data-ready=true><body>", .own)).size == "800x600")
    page.allowsScripts = false
    #expect(missing(page) == ["data-ready is not set"])
    let error = try #require(hasty.failure(WebPage("<p>", .own)))
    #expect(!error.isTemporary)
  }

  @Test func `every chart of a dashboard is waited for, also one that must be seen first`() throws {
    let page = WebPage(at: url("/dashboard"), .supersetDashboard)
    // In the window the second chart is not asked for.
    #expect(missing(page) == ["1 .loading", "empty CHART-b"])
    var shot = Shot()
    shot.area = .element(".standalone")
    let picture = try studio.picture(page, shot)
    #expect(picture.size == "800x2200")
    #expect(picture.colour(400, 100) == "#0000ff")
    #expect(picture.colour(400, 2_100) == "#ff0000")
  }

  @Test func `a page that is not ready is photographed where that is asked for, with a warning`()
    throws
  {
    let page = WebPage(at: url("/dashboard-stuck"), .supersetDashboard)
    var shot = Shot()
    shot.acceptsUnready = true
    let picture = try hasty.browser.picture(of: page, as: shot)
    #expect(picture.warnings.count == 1)
    #expect(picture.warnings.first?.hasPrefix("the page is not ready after ") == true)
    #expect(picture.warnings.first?.hasSuffix(": 1 .loading, empty CHART-b") == true)
    #expect(try Pixels(png: picture.bytes).colour(400, 100) == "#0000ff")
  }

  @Test func `what is not found in time is told`() throws {
    #expect(
      missing(WebPage(at: url("/ok"), .supersetChart))
        == ["no .chart-container and no [role=\"alert\"]"])
    #expect(
      missing(WebPage(at: url("/ok"), .supersetDashboard))
        == ["no .standalone", "no .chart-container and no .grid-container"])
  }

  @Test func `an error of a chart is on the picture, and told`() throws {
    var shot = Shot()
    shot.area = .element(".chart-container")
    let picture = try studio.browser.picture(
      of: WebPage(at: url("/alert"), .supersetChart), as: shot)
    #expect(picture.warnings == ["the page says: Unexpected error of the chart"])
    #expect(try Pixels(png: picture.bytes).height == 90)
  }

  @Test(arguments: ["/image-never": "/never", "/fetch-never": "/never", "/drip": "/drip"])
  func `what is still loading is told`(_ path: String, _ loading: String) throws {
    let page = WebPage(at: url(path), .idle)
    #expect(missing(page) == [url(loading)])
    #expect(hasty.failure(page)?.isTemporary == true)
  }

  @Test func `a server that does not answer is given up`() throws {
    let error = try #require(hasty.failure(WebPage(at: url("/never"))))
    #expect("\(error)".hasPrefix("unable to load \(url("/never")): no answer within "))
  }

  @Test func `what is asked for late is waited for`() throws {
    #expect(try studio.picture(WebPage(at: url("/settled"), .idle)).colour(9, 9) == "#0000ff")
  }

  @Test func `what moves is photographed when it stands still`() throws {
    #expect(try studio.picture(WebPage(at: url("/moving"), .idle)).colour(9, 9) == "#0000ff")
  }

  @Test(arguments: ["/hang", "/hang-later"])
  func `a page that hangs costs no other page anything`(_ path: String) throws {
    let error = try #require(hasty.failure(WebPage(at: url(path), .idle)))
    #expect(error.isTemporary, "\(error)")
    #expect(try hasty.picture("<body style='background:#00ff00'>").colour(9, 9) == "#00ff00")
  }
}

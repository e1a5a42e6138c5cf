// SPDX-License-Identifier: MIT

/// A page and how it is photographed, checked before any browser is bothered.
struct VisitPlan {
  let page: WebPage
  let shot: Shot
  let settings: BrowserSettings
  /// What the browser is sent to.
  let url: String
  let gate: RequestGate

  var limits: BrowserLimits { settings.limits }

  /// Where a page of our own is; nothing can ever be found under this name (RFC 6761).
  static let ownURL = "http://page.invalid/"

  init(_ page: WebPage, _ shot: Shot, _ settings: BrowserSettings) throws(ScreenshotError) {
    self.page = page
    self.shot = shot
    self.settings = settings
    guard (0.1...8).contains(shot.density) else {
      throw .badPage(reason: "a density of \(shot.density) is none between 0.1 and 8")
    }
    switch page.content {
    case .html(let bytes):
      guard bytes.count <= settings.limits.html else {
        throw .badPage(reason: "\(bytes.count) bytes of HTML are too many")
      }
      guard page.cookies.isEmpty else {
        throw .badPage(reason: "a page of our own has no use for cookies")
      }
      url = Self.ownURL
      gate = RequestGate(ownPage: Self.ownURL)
    case .address(let address):
      guard let origin = WebOrigin(of: address) else {
        // It is not shown: it may be anything, a file's name or a password.
        throw .badAddress(reason: "it is none of a web server, like http://superset:8088/")
      }
      url = address
      gate = RequestGate(
        address: address, origins: page.origins.union([origin]), reach: page.reach,
        loginPath: page.loginPath)
    }
  }

  var isOurs: Bool {
    if case .html = page.content { true } else { false }
  }
}

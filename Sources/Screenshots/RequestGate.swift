// SPDX-License-Identifier: MIT

/// Decides of every request that a page makes whether it may; does nothing itself.
struct RequestGate {
  struct Request {
    let url: String
    /// For the page itself, not for a frame in it or something it shows.
    var isPage = false
  }

  enum Decision: Equatable {
    /// It is answered here, with the page of our own.
    case serve
    case pass
    case refuse
    /// Refused, and there will be no picture.
    case fail(ScreenshotError)
  }

  /// A page that leads on to another one so many times does so for ever.
  private static let hopLimit = 20

  private let start: String
  private let isOurs: Bool
  private let origins: Set<WebOrigin>
  private let reach: WebPage.Reach
  private let loginPath: String?
  /// Requests for the page so far, redirects included.
  private var hops = 0

  init(ownPage url: String) {
    start = url
    isOurs = true
    origins = []
    reach = .origins
    loginPath = nil
  }

  init(address: String, origins: Set<WebOrigin>, reach: WebPage.Reach, loginPath: String?) {
    start = address
    isOurs = false
    self.origins = origins
    self.reach = reach
    self.loginPath = loginPath
  }

  mutating func decide(_ request: Request) -> Decision {
    guard request.isPage else { return decideOnPart(request.url) }
    hops += 1
    let shown = WebOrigin.shown(request.url)
    guard !isOurs else {
      return hops == 1 && request.url == start ? .serve : .fail(.navigatedAway(url: shown))
    }
    guard let origin = WebOrigin(of: request.url), origins.contains(origin) else {
      return .fail(.outside(url: shown))
    }
    guard !leadsToLogin(request.url) else { return .fail(.login(url: shown)) }
    return hops > Self.hopLimit ? .fail(.restless(url: shown)) : .pass
  }

  /// `ws:` and `wss:` are the origin's that has `http:` and `https:`.
  func objection(toSocket url: String) -> ScreenshotError? {
    let isAllowed = url.hasPrefix("ws") && decideOnPart("http\(url.dropFirst(2))") == .pass
    return isAllowed ? nil : .outside(url: WebOrigin.shown(url))
  }

  private func decideOnPart(_ url: String) -> Decision {
    // What is in the address already asks nobody.
    if ["data:", "blob:", "about:"].contains(where: url.lowercased().hasPrefix) { return .pass }
    guard !isOurs, let origin = WebOrigin(of: url) else { return .refuse }
    return origins.contains(origin) || reach == .anywhere ? .pass : .refuse
  }

  /// Below whatever path Superset has: `/login/`, `/superset-of-ours/login`.
  private func leadsToLogin(_ url: String) -> Bool {
    guard let loginPath else { return false }
    func isLogin(_ url: String) -> Bool {
      let path = WebOrigin.path(of: url)
      return (path.hasSuffix("/") ? path : path + "/").hasSuffix(loginPath)
    }
    return isLogin(url) && !isLogin(start)
  }
}

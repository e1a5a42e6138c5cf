// SPDX-License-Identifier: MIT
import CurlTransfers
import JSONValues
import SupersetConfiguration
import SupersetMetadata
import SupersetTasks
import SupersetWeb
import SystemCalls
import TaskRuntime

/// A running Superset as a task sees it: where it is, and as whom it is asked.
package struct WebSession {
  package let superset: SupersetSession
  private let site: SupersetSite
  private let memory: WebMemory

  package init(_ context: TaskContext) throws(WebTaskError) {
    do { superset = try SupersetSession(context) } catch { throw .superset(error) }
    let settings = superset.settings.web
    guard let text = settings.baseURL else {
      throw .missingSetting("webdriver_baseurl", reason: "no running Superset is known")
    }
    guard let address = WebAddress(text) else { throw .badAddress }
    memory = context.memory.kept(WebMemory.init)
    site = SupersetSite(
      address, cookieName: settings.sessionCookieName,
      client: memory.client(HTTPLimits(settings), context.cancellation))
  }

  /// Has Superset warm up a chart, with the headers given or as the user of a name.
  package func warmUp(_ payload: String, _ headers: HTTPHeaders) throws(WebTaskError) -> String {
    do { return try site.warmUp(payload, try site.withToken(headers)) } catch { throw .web(error) }
  }

  package func warmUp(_ payload: String, as user: User) throws(WebTaskError) -> String {
    let identity = identity(of: user)
    if let kept = memory.headers(of: identity, at: Self.now) {
      do { return try site.warmUp(payload, kept) } catch {
        // What was kept is of no use any more: a key has changed, or a session has ended.
        guard [.login, .csrf].contains(error.step) else { throw .web(error) }
        memory.keep(nil, of: identity, at: Self.now)
      }
    }
    let headers = try headers(as: user)
    do {
      let answer = try site.warmUp(payload, headers)
      memory.keep(headers, of: identity, at: Self.now)
      return answer
    } catch {
      // A chart that failed says that the headers are good.
      if error.step == .chart { memory.keep(headers, of: identity, at: Self.now) }
      throw .web(error)
    }
  }

  /// The path of a page that shows a dashboard in a state; Superset keeps the state.
  package func permalink(
    ofDashboard id: Int, in state: JSONValue, as user: User
  ) throws(WebTaskError) -> String {
    let headers = try headers(as: user)
    do { return try site.permalink(ofDashboard: id, in: state, headers) } catch {
      throw .web(error)
    }
  }

  /// The cookie by which a browser is this user.
  package func cookie(of user: User) throws(WebTaskError) -> (name: String, value: String) {
    (superset.settings.web.sessionCookieName, try session(of: user))
  }

  /// Where a page lies.
  package func url(_ path: String) -> String { site.address.url(path) }

  /// The headers of a request of this user's, with a CSRF token.
  package func headers(as user: User) throws(WebTaskError) -> HTTPHeaders {
    let headers = site.headers(session: try session(of: user))
    do { return try site.withToken(headers) } catch { throw .web(error) }
  }

  /// The same for whoever's headers these are.
  package func tokened(_ headers: HTTPHeaders) throws(WebTaskError) -> HTTPHeaders {
    do { return try site.withToken(headers) } catch { throw .web(error) }
  }

  private func identity(of user: User) -> WebMemory.Identity {
    let settings = superset.settings
    return WebMemory.Identity(
      settings: settings.web, secretKey: settings.secretKey,
      userID: settings.web.hasServerSideSessions ? nil : user.id)
  }

  /// The value of the cookie: made here where Superset keeps sessions in it, else had by a login.
  private func session(of user: User) throws(WebTaskError) -> String {
    let settings = superset.settings
    guard !settings.web.hasServerSideSessions else { return try logIn(settings.web) }
    guard let key = settings.secretKey else {
      throw .missingSetting("secret_key", reason: "without it no session can be made")
    }
    guard let id = user.id else { throw .malformed(reason: "nobody is logged in") }
    return SessionCookie(userID: id, secretKey: key, at: Int(SystemClock.now().seconds)).value
  }

  private func logIn(_ settings: WebSettings) throws(WebTaskError) -> String {
    let reason = "sessions on the server's side are begun by a login"
    guard let user = settings.user else { throw .missingSetting("web_user", reason: reason) }
    guard let password = settings.password else {
      throw .missingSetting("web_password", reason: reason)
    }
    do { return try site.logIn(user: user, password: password) } catch { throw .web(error) }
  }

  private static var now: Int { Int(SystemClock.monotonic() / 1_000_000_000) }
}

extension HTTPLimits {
  fileprivate init(_ settings: WebSettings) {
    self.init()
    connectTimeout = settings.connectTimeout
    timeout = settings.timeout
    bodySize = settings.bodyLimit
    certificates = settings.certificates
  }
}

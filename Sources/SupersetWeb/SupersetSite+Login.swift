// SPDX-License-Identifier: MIT
import CurlTransfers

extension SupersetSite {
  private static let loginPath = "/login/"

  /// Logs in by the form that people use, for sessions that lie on the server's side.
  ///
  /// - Returns: the value of the session's cookie.
  package func logIn(user: String, password: String) throws(WebFailure) -> String {
    let url = address.url(Self.loginPath)
    let page = try answer(to: HTTPRequest(.get, url))
    guard page.status == 200 else { throw refusal(page, .login) }
    guard let token = LoginForm.token(in: page.text) else {
      throw WebFailure(.login, "the page \(url) has no form with a CSRF token")
    }
    var headers = HTTPHeaders([("Content-Type", "application/x-www-form-urlencoded")])
    // The form's secret lies in the session that came with it.
    if let session = page.headers.setCookie(cookieName) {
      headers.send(cookie: cookieName, session)
    }
    if address.isSecure { headers["Referer"] = url }
    let body = LoginForm.body(user: user, password: password, token: token)
    let answer = try answer(
      to: HTTPRequest(.post, url, headers, body: Array(body.utf8)),
      hiding: [password, LoginForm.encoded(password)])
    return try session(in: answer, user)
  }

  /// Who is let in is sent to another page, who is not to the form again.
  private func session(in answer: HTTPAnswer, _ user: String) throws(WebFailure) -> String {
    guard (300..<400).contains(answer.status) else {
      guard answer.status == 200 else { throw refusal(answer, .login) }
      throw WebFailure(.login, "the password of '\(user)' was refused")
    }
    guard let target = answer.headers["Location"], !target.contains(Self.loginPath),
      let session = answer.headers.setCookie(cookieName)
    else { throw WebFailure(.login, "the password of '\(user)' was refused") }
    return session
  }
}

/// The form of Flask-AppBuilder's login page.
enum LoginForm {
  /// The value of the input named `csrf_token`.
  static func token(in page: String) -> String? {
    let inputs = page.split(separator: "<input", omittingEmptySubsequences: false).dropFirst()
    for input in inputs {
      let tag = input.prefix { $0 != ">" }
      if attribute("name", of: tag) == "csrf_token" { return attribute("value", of: tag) }
    }
    return nil
  }

  private static func attribute(_ name: String, of tag: Substring) -> String? {
    let parts = tag.split(separator: " \(name)=\"", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    return String(parts[1].prefix { $0 != "\"" })
  }

  static func body(user: String, password: String, token: String) -> String {
    [("username", user), ("password", password), ("csrf_token", token)]
      .map { "\($0)=\(encoded($1))" }.joined(separator: "&")
  }

  static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."):
        return String(UnicodeScalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        return "%" + (digits.count < 2 ? "0" + digits : digits)
      }
    }.joined()
  }
}

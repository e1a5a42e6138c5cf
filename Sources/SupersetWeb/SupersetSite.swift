// SPDX-License-Identifier: MIT
import CurlTransfers
import JSONValues

/// A running Superset, asked as somebody whose cookie is known.
package struct SupersetSite {
  package static let warmUpPath = "/api/v1/chart/warm_up_cache"
  private static let tokenPath = "/api/v1/security/csrf_token/"

  package let address: WebAddress
  let cookieName: String
  let client: HTTPClient

  /// - Parameter cookieName: SESSION_COOKIE_NAME.
  package init(_ address: WebAddress, cookieName: String, client: HTTPClient) {
    self.address = address
    self.cookieName = cookieName
    self.client = client
  }

  /// The headers of somebody with this session.
  package func headers(session: String) -> HTTPHeaders {
    HTTPHeaders([("Cookie", "\(cookieName)=\(session)"), ("Content-Type", "application/json")])
  }

  /// Adds a CSRF token to the headers, and the session that holds its secret where Superset has begun another one.
  package func withToken(_ headers: HTTPHeaders) throws(WebFailure) -> HTTPHeaders {
    let answer = try self.answer(to: HTTPRequest(.get, address.url(Self.tokenPath), headers))
    guard answer.status == 200 else { throw refusal(answer, .csrf) }
    guard let document = try? JSONValue(parsing: answer.body),
      let token = document["result"]?.stringValue, !token.isEmpty,
      HTTPHeaders([("X-CSRF-Token", token)]).areSound
    else {
      throw WebFailure(.csrf, "the answer of \(Self.tokenPath) holds no token")
    }
    var headers = headers
    headers["X-CSRF-Token"] = token
    if let session = answer.headers.setCookie(cookieName) {
      headers.send(cookie: cookieName, session)
    }
    return headers
  }

  /// Has Superset compute a chart anew and keep its data.
  ///
  /// - Parameters:
  ///   - payload: `{"chart_id": 1, "dashboard_id": 2}`, sent as it is.
  ///   - headers: with a CSRF token.
  /// - Returns: the answer's body; the chart in it is a good one.
  package func warmUp(_ payload: String, _ headers: HTTPHeaders) throws(WebFailure) -> String {
    let url = address.url(Self.warmUpPath)
    var headers = headers
    // Flask-WTF believes no request over TLS that does not say from where it comes.
    if address.isSecure { headers["Referer"] = url }
    if headers["Content-Type"] == nil { headers["Content-Type"] = "application/json" }
    let answer = try self.answer(
      to: HTTPRequest(.put, url, headers, body: Array(payload.utf8)))
    guard answer.status == 200 else { throw refusal(answer, .status) }
    try WarmUpResult(answer).check()
    return answer.text
  }

  /// - Parameter secrets: what in the request nobody else may read, besides its cookies and its token.
  func answer(
    to request: HTTPRequest, hiding secrets: [String] = []
  ) throws(WebFailure) -> HTTPAnswer {
    do {
      var answer = try client.answer(to: request)
      answer.confidences += secrets
      return answer
    } catch { throw WebFailure(error, request.url) }
  }

  /// - Parameter step: what has failed where the answer tells nothing better.
  func refusal(_ answer: HTTPAnswer, _ step: WebStep) -> WebFailure {
    if (300..<400).contains(answer.status) {
      let target = answer.headers["Location"] ?? "nowhere"
      guard target.contains("/login") else {
        return WebFailure(
          step, "redirected to \(target) with status \(answer.status)", of: answer)
      }
      return WebFailure(.login, "redirected to \(target): not logged in", of: answer)
    }
    let message = "status \(answer.status)" + (answer.message.map { ": \($0)" } ?? "")
    if answer.status == 401 { return WebFailure(.login, "not logged in: \(message)", of: answer) }
    let concernsToken = answer.status == 400 && answer.message?.contains("CSRF") == true
    return WebFailure(concernsToken ? .csrf : step, message, of: answer)
  }
}

extension HTTPAnswer {
  /// What Superset says went wrong, in one of the forms in which its parts say it.
  fileprivate var message: String? {
    guard let document = try? JSONValue(parsing: body) else {
      return text.split(maxSplits: 1, whereSeparator: \.isNewline).first.map(String.init)
    }
    let told =
      document["errors"]?.arrayValue?.first?["message"] ?? document["message"] ?? document["msg"]
      ?? document["error"] ?? document
    return told.stringValue ?? told.text
  }
}

// SPDX-License-Identifier: MIT

/// What is to be done with the address.
package enum HTTPMethod: String, Sendable {
  case get = "GET"
  case put = "PUT"
  case post = "POST"
}

/// What is sent to a web server.
package struct HTTPRequest: Hashable, Sendable {
  package var method: HTTPMethod
  package var url: String
  package var headers: HTTPHeaders
  package var body: [UInt8]
  /// Whether it must not be sent twice: where a kept connection ends without an answer, libcurl sends it over a new one.
  package var isOnce = false

  package init(
    _ method: HTTPMethod, _ url: String, _ headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = []
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }
}

/// What a web server answers, its body whole.
package struct HTTPAnswer: Hashable, Sendable {
  package var status: Int
  package var headers = HTTPHeaders()
  package var body: [UInt8] = []
  /// Seconds after which the server wants to be asked again.
  package var retryAfter: Int?
  /// What the request was trusted with, and is told nobody.
  package var confidences: [String] = []
}

// SPDX-License-Identifier: MIT
import CCurl

/// What a request may cost.
package struct HTTPLimits: Hashable, Sendable {
  /// Seconds until there is a connection.
  package var connectTimeout = 30
  /// Seconds for all of it.
  package var timeout = 600
  /// Bytes of an answer's body.
  package var bodySize = 16 << 20
  /// Certificates of those who may vouch for servers; nil for those of the system.
  package var certificates: String?
  /// Instead of the one that the environment names.
  package var proxy: String?
  /// Whether a server may be one that only this network reaches.
  package var allowsInternalAddresses = true

  package init() {}
}

/// Sends requests over libcurl, one after another, and keeps the connection from one to the next.
///
/// Redirects are told, not followed: a request with somebody's cookie goes nowhere else.
package final class HTTPClient {
  private let curl: CurlHandle
  private let limits: HTTPLimits
  private let isCancelled: () -> Bool

  package init(_ limits: HTTPLimits, isCancelled: @escaping () -> Bool = { false }) {
    self.limits = limits
    self.isCancelled = isCancelled
    curl = CurlHandle()
  }

  package func answer(to request: HTTPRequest) throws(HTTPError) -> HTTPAnswer {
    guard request.headers.areSound else {
      throw .badRequest(reason: "one of its headers is none")
    }
    let transfer = HTTPTransfer(limits, isCancelled: isCancelled)
    let code = curl.perform(request, limits, transfer)
    guard code == CURLE_OK else { throw error(code, transfer) }
    return HTTPAnswer(
      status: curl.number(CURLINFO_RESPONSE_CODE), headers: transfer.headers, body: transfer.body,
      retryAfter: curl.retryAfter, confidences: request.confidences)
  }

  private func error(_ code: CURLcode, _ transfer: HTTPTransfer) -> HTTPError {
    if transfer.wasCancelled { return .cancelled }
    if let objection = transfer.objection { return objection }
    let reason = curl.reason(code)
    switch code {
    // What answers in another protocol than HTTP has this number as well: that is not the address's fault.
    case CURLE_URL_MALFORMAT, CURLE_SSL_CACERT_BADFILE,
      CURLE_UNSUPPORTED_PROTOCOL where !curl.hasConnected:
      return .badRequest(reason: reason)
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
      return .nameResolution(reason: reason)
    case CURLE_COULDNT_CONNECT: return .connect(reason: reason)
    case _ where code.concernsTLS: return .tls(reason: reason)
    case CURLE_OPERATION_TIMEDOUT where !curl.hasConnected: return .connect(reason: reason)
    default: return .transfer(reason: reason)
    }
  }
}

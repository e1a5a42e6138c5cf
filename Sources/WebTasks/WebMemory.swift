// SPDX-License-Identifier: MIT
import CurlTransfers
import SupersetConfiguration
import SupersetWeb
import TaskRuntime

/// What a process that stays keeps of a running Superset between its jobs: one connection, and the headers of each user
/// with the CSRF token in them.
final class WebMemory {
  /// How a user's headers were come by; other settings make other ones.
  struct Identity: Hashable {
    let settings: WebSettings
    let secretKey: String?
    /// Nil for the user that logs in.
    let userID: Int?
  }

  private struct Kept {
    let headers: HTTPHeaders
    /// Seconds of a clock that nobody sets.
    let since: Int
  }

  /// A token is good for a week, a session for a month; so long nobody waits who has been locked out.
  private static let lifetime = 600
  /// So many users, with a chart of their own each, are no reason for more memory.
  private static let limit = 1_000

  private var client: (limits: HTTPLimits, client: HTTPClient)?
  private var headers: [Identity: Kept] = [:]

  func client(_ limits: HTTPLimits, _ cancellation: Cancellation) -> HTTPClient {
    if let client, client.limits == limits { return client.client }
    let new = HTTPClient(limits) { cancellation.isRequested }
    client = (limits, new)
    return new
  }

  func headers(of identity: Identity, at now: Int) -> HTTPHeaders? {
    guard let kept = headers[identity], now - kept.since < Self.lifetime else { return nil }
    return kept.headers
  }

  func keep(_ new: HTTPHeaders?, of identity: Identity, at now: Int) {
    if headers.count >= Self.limit { headers.removeAll() }
    headers[identity] = new.map { Kept(headers: $0, since: now) }
  }
}

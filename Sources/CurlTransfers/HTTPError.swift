// SPDX-License-Identifier: MIT

/// Why there is no answer, by how far the request came.
package enum HTTPError: Error, Hashable, Sendable {
  /// The request cannot be sent as it is.
  case badRequest(reason: String)
  case nameResolution(reason: String)
  case connect(reason: String)
  case tls(reason: String)
  /// Neither side has broken the rules: the connection did, or time is over.
  case transfer(reason: String)
  case tooLarge(limit: Int)
  case headersTooLarge(limit: Int)
  /// The server is one of this network, which the request may not reach.
  case internalAddress
  /// Whoever waits does not wait any more.
  case cancelled
}

// SPDX-License-Identifier: MIT
import CurlTransfers

/// How far a request to Superset came before it came to nothing, by the name that messages give it.
package enum WebStep: String, Hashable, Sendable, CaseIterable {
  /// The request itself cannot be sent.
  case request
  case nameResolution = "name resolution"
  case connect
  case tls = "TLS"
  /// The connection stood, and broke or took too long.
  case transfer
  /// Superset does not know who asks.
  case login
  case csrf = "CSRF"
  /// The answer's status says that nothing was done.
  case status
  /// Superset did what was asked, and the chart itself has failed.
  case chart
}

/// Why something that Superset was asked for was not done.
package struct WebFailure: Error, Hashable, Sendable, CustomStringConvertible {
  package let step: WebStep
  package let reason: String
  /// Of HTTP; nil where no answer came.
  package var status: Int?
  /// Seconds after which Superset wants to be asked again.
  package var retryAfter: Int?
  /// Whether another attempt may do better.
  package var isTemporary = false
  /// Whoever waits does not wait any more.
  package var isCancelled = false

  init(_ step: WebStep, _ reason: String) {
    self.step = step
    self.reason = reason
  }

  /// What the status says: the server's trouble passes, ours does not.
  init(_ step: WebStep, _ reason: String, of answer: HTTPAnswer) {
    self.init(step, answer.told(reason))
    status = answer.status
    isTemporary = answer.status >= 500 || answer.status == 429
    retryAfter = isTemporary ? answer.retryAfter : nil
  }

  init(_ error: HTTPError, _ url: String) {
    switch error {
    case .badRequest(let reason): self.init(.request, "unable to ask for \(url): \(reason)")
    case .nameResolution(let reason): self.init(.nameResolution, reason)
    case .connect(let reason): self.init(.connect, reason)
    case .tls(let reason): self.init(.tls, reason)
    case .transfer(let reason): self.init(.transfer, "\(url): \(reason)")
    case .tooLarge(let limit):
      self.init(.transfer, "\(url): the answer has more than \(limit) bytes")
    case .headersTooLarge(let limit):
      self.init(.transfer, "\(url): the answer's headers have more than \(limit) bytes")
    case .internalAddress: self.init(.request, "\(url) is a server of this network")
    case .cancelled: self.init(.transfer, "\(url): broken off")
    }
    switch error {
    case .nameResolution, .connect, .tls, .transfer: isTemporary = true
    case .badRequest, .tooLarge, .headersTooLarge, .internalAddress: break
    case .cancelled: isCancelled = true
    }
  }

  package var description: String { "\(step.rawValue): \(reason)" }
}

// SPDX-License-Identifier: MIT
import CurlTransfers

/// Calls webhooks, once each: whether another try follows is up to the caller.
struct WebhookDelivery {
  private let settings: WebhookSettings
  private let isCancelled: () -> Bool

  init(_ settings: WebhookSettings, isCancelled: @escaping () -> Bool) {
    self.settings = settings
    self.isCancelled = isCancelled
  }

  func deliver(
    _ notification: Notification, to url: String
  ) throws(NotificationError) -> DeliveryReport {
    let address = try WebhookAddress(url, settings)
    let message = WebhookMessage(notification)
    let (type, body) = message.body
    let headers = HTTPHeaders([("Content-Type", type), ("Idempotency-Key", message.key)])
    let answer: HTTPAnswer
    do throws(HTTPError) {
      answer = try HTTPClient(limits, isCancelled: isCancelled)
        .answer(to: HTTPRequest(.post, address.url, headers, body: body))
    } catch { throw .webhook(host: address.host, error) }
    // What else it says is not told: whoever names an address could read what is there.
    guard (200..<300).contains(answer.status) else {
      throw .webhookStatus(host: address.host, answer.status, retryAfter: answer.retryAfter)
    }
    return DeliveryReport()
  }

  private var limits: HTTPLimits {
    var limits = HTTPLimits()
    limits.timeout = settings.timeout
    limits.allowsInternalAddresses = settings.allowsInternalHosts
    limits.certificates = settings.certificates
    return limits
  }
}

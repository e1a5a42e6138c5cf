// SPDX-License-Identifier: MIT

/// Where a webhook is.
struct WebhookAddress {
  let url: String
  let host: String

  init(_ url: String, _ settings: WebhookSettings) throws(NotificationError) {
    let scheme = url.prefix { $0 != ":" }.lowercased()
    guard ["http", "https"].contains(scheme), url.dropFirst(scheme.count).hasPrefix("://") else {
      throw .badWebhook(reason: "only addresses of http and https are")
    }
    guard scheme == "https" || !settings.needsHTTPS else {
      throw .badWebhook(
        reason: "superset.alert_reports_webhook_https_only in spool.toml asks for https")
    }
    guard url.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F }) else {
      throw .badWebhook(reason: "there are blanks in its address")
    }
    host = Self.host(of: url)
    guard !host.isEmpty else { throw .badWebhook(reason: "its address names no host") }
    self.url = url
  }

  /// What may be shown: the rest may be a secret.
  static func host(of url: String) -> String {
    guard let start = url.firstRange(of: "://") else { return "" }
    let authority = url[start.upperBound...].prefix { !"/?#\\".contains($0) }
    let place = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] }
    return String(place ?? authority).singleLine
  }
}

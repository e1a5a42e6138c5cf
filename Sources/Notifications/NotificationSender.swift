// SPDX-License-Identifier: MIT

/// Sends notifications, each to one recipient, by the way that the recipient asks for.
package final class NotificationSender {
  private let settings: DeliverySettings
  private let isCancelled: () -> Bool
  /// What it has learned of channels serves the next notification, too.
  private lazy var slack = SlackDelivery(settings.slack, isCancelled: isCancelled)

  package init(_ settings: DeliverySettings, isCancelled: @escaping () -> Bool = { false }) {
    self.settings = settings
    self.isCancelled = isCancelled
  }

  /// - Returns: who of the recipient's addresses has not got it.
  /// - Throws: where nobody has got it, as far as that is known.
  package func deliver(
    _ notification: Notification, to recipient: NotificationRecipient
  ) throws(NotificationError) -> DeliveryReport {
    switch recipient {
    case .mail(let to, let cc, let bcc):
      let message = try mail(notification, to: to, cc: cc, bcc: bcc)
      return try MailDelivery(settings.mail, isCancelled: isCancelled).deliver(message)
    case .slack(let channels):
      return try slack.deliver(notification, to: channels)
    case .webhook(let url):
      return try WebhookDelivery(settings.webhook, isCancelled: isCancelled)
        .deliver(notification, to: url)
    }
  }

  /// What would be sent, without sending it; programs that change headers are asked all the same.
  package func preview(
    _ notification: Notification, to recipient: NotificationRecipient
  ) throws(NotificationError) -> [PreviewFile] {
    switch recipient {
    case .mail(let to, let cc, let bcc):
      let message = try mail(notification, to: to, cc: cc, bcc: bcc)
      return try message.preview()
    case .slack(let channels):
      return SlackMessage(notification).preview(for: channels)
    case .webhook(let url):
      return WebhookMessage(notification).preview(for: url)
    }
  }

  private func mail(
    _ notification: Notification, to: [String], cc: [String], bcc: [String]
  ) throws(NotificationError) -> MailMessage {
    try MailMessage(
      notification, to: to, cc: cc, bcc: bcc, settings.mail,
      HeaderChanger(settings.mail, isCancelled: isCancelled))
  }
}

/// Who has not got a notification that others of the same recipient have got.
package struct DeliveryReport: Hashable, Sendable {
  /// An address, and why.
  package struct Missing: Hashable, Sendable {
    package let name: String
    package let reason: NotificationError
  }

  package var missing: [Missing] = []

  package init(missing: [Missing] = []) { self.missing = missing }
}

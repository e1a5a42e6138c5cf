// SPDX-License-Identifier: MIT
import CurlTransfers

/// Gives mails to whoever carries them on.
struct MailDelivery {
  private let settings: MailSettings
  private let isCancelled: () -> Bool

  init(_ settings: MailSettings, isCancelled: @escaping () -> Bool) {
    self.settings = settings
    self.isCancelled = isCancelled
  }

  func deliver(_ message: MailMessage) throws(NotificationError) -> DeliveryReport {
    guard !message.envelope.recipients.isEmpty else { throw .noTarget(type: "Email") }
    switch settings.way {
    case .smtp(let server): return try deliver(message, over: server)
    case .sendmail(let program):
      try Sendmail(program, settings, isCancelled: isCancelled).deliver(message)
      return DeliveryReport()
    }
  }

  private func deliver(
    _ message: MailMessage, over server: SMTPServer
  ) throws(NotificationError) -> DeliveryReport {
    let name = "\(server.host):\(server.port)"
    let bytes = try message.bytes()
    let refusals: [SMTPRefusal]
    do throws(SMTPError) {
      refusals = try SMTPClient(server, isCancelled: isCancelled).send(bytes, in: message.envelope)
    } catch { throw .mail(error, server: name) }
    return DeliveryReport(
      missing: refusals.map { refusal in
        DeliveryReport.Missing(
          name: refusal.recipient, reason: .mail(.allRefused([refusal]), server: name))
      })
  }
}

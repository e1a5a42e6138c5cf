// SPDX-License-Identifier: MIT

/// How reports and alerts go out.
package struct NotificationSettings: Hashable, Sendable {
  /// ALERT_REPORTS_NOTIFICATION_DRY_RUN: whether nothing is sent, and what would be is only told.
  package var isDryRun = false
  package var mail = MailOptions()
  package var slack = SlackOptions()
  package var webhook = WebhookOptions()
}

/// Who takes mails.
package enum MailWay: String, Hashable, Sendable, CaseIterable {
  case smtp
  /// The program that the machine has for it.
  case sendmail
}

/// Mails, and the server or the program that takes them.
package struct MailOptions: Hashable, Sendable {
  package var way = MailWay.smtp
  package var sendmail = "/usr/sbin/sendmail"
  /// SMTP_HOST and SMTP_PORT
  package var host = "localhost"
  package var port = 25
  /// SMTP_STARTTLS: whether a server has to have TLS that is begun in the clear.
  package var startsTLS = true
  /// SMTP_SSL: TLS from the first byte; goes before the other.
  package var isTLS = false
  /// SMTP_SSL_SERVER_AUTH: whether its certificate is checked.
  package var checksCertificate = false
  /// A file with the certificates of those who may vouch for the server; nil for the system's.
  package var certificates: String?
  /// SMTP_USER and SMTP_PASSWORD; without both of them nobody logs in.
  package var user: String?
  package var password: String?
  /// SMTP_MAIL_FROM
  package var from = "superset@superset.com"
  /// Seconds for a mail.
  package var timeout = 600
  /// EMAIL_REPORTS_SUBJECT_PREFIX and EMAIL_REPORTS_CTA
  package var subjectPrefix = "[Report] "
  package var callToAction = "Explore in Superset"
  /// More headers of every mail, by name.
  package var headers: [String: String] = [:]
  /// EMAIL_HEADER_MUTATOR, as a program.
  package var headerProgram: String?
}

/// Slack's web API.
package struct SlackOptions: Hashable, Sendable {
  /// SLACK_API_TOKEN and SLACK_PROXY
  package var token: String?
  package var proxy: String?
  package var url = "https://slack.com/api/"
}

/// Which webhooks may be called: ALERT_REPORTS_WEBHOOK_HTTPS_ONLY, _ALLOW_INTERNAL_HOSTS and _TIMEOUT.
package struct WebhookOptions: Hashable, Sendable {
  package var needsHTTPS = true
  package var allowsInternalHosts = false
  /// Seconds.
  package var timeout = 60
}

// SPDX-License-Identifier: MIT
import CurlTransfers

/// By which ways notifications go out, and how they look.
package struct DeliverySettings: Hashable, Sendable {
  package var mail = MailSettings()
  package var slack = SlackSettings()
  package var webhook = WebhookSettings()

  package init() {}
}

/// How mails look and who takes them.
package struct MailSettings: Hashable, Sendable {
  /// Who takes a mail.
  package enum Way: Hashable, Sendable {
    case smtp(SMTPServer)
    /// A program with the interface of sendmail(1).
    case sendmail(String)
  }

  package var way = Way.smtp(SMTPServer(host: "localhost", port: 25))
  /// SMTP_MAIL_FROM
  package var from = "superset@superset.com"
  /// EMAIL_REPORTS_SUBJECT_PREFIX
  package var subjectPrefix = "[Report]"
  /// EMAIL_REPORTS_CTA: the words of the link into Superset.
  package var callToAction = "Explore in Superset"
  /// Headers of every mail, in whose values `{chart_id}` and the like stand for what the mail is about.
  package var headers: [String: String] = [:]
  /// EMAIL_HEADER_MUTATOR: a program that is given headers and prints others.
  package var headerProgram: String?
  /// What programs find in their environment, as environ(7) has it.
  package var environment = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]
  /// Seconds for a program.
  package var programTimeout = 300

  package init() {}

  /// One blank between both: Superset's own prefix ends with one, and another one follows.
  func subject(of notification: Notification) -> String {
    "\(subjectPrefix.singleLine) \(notification.name.singleLine)".singleLine
  }
}

/// How Slack is reached.
package struct SlackSettings: Hashable, Sendable {
  /// SLACK_API_TOKEN
  package var token: String?
  /// SLACK_PROXY
  package var proxy: String?
  /// Where its methods are, with a slash at the end.
  package var url = "https://slack.com/api/"
  /// Seconds for a request.
  package var timeout = 60

  package init() {}
}

/// Which webhooks may be called.
package struct WebhookSettings: Hashable, Sendable {
  /// ALERT_REPORTS_WEBHOOK_HTTPS_ONLY
  package var needsHTTPS = true
  /// ALERT_REPORTS_WEBHOOK_ALLOW_INTERNAL_HOSTS: whether one may be in this network.
  package var allowsInternalHosts = false
  /// ALERT_REPORTS_WEBHOOK_TIMEOUT, seconds.
  package var timeout = 60
  /// Certificates of those who may vouch for servers; nil for those of the system.
  package var certificates: String?

  package init() {}
}

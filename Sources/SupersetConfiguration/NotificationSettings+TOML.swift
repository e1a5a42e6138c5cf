// SPDX-License-Identifier: MIT

extension NotificationSettings {
  mutating func read(_ section: TOMLSection) throws(ConfigurationError) {
    isDryRun = try section.flag("alert_reports_notification_dry_run") ?? isDryRun
    try mail.read(section)
    try slack.read(section)
    try webhook.read(section)
  }
}

extension MailOptions {
  fileprivate mutating func read(_ section: TOMLSection) throws(ConfigurationError) {
    way = try section.choice("email_delivery", of: MailWay.self) ?? way
    sendmail = try section.text("sendmail").map(section.absolute) ?? sendmail
    host = try section.text("smtp_host") ?? host
    port = try section.positiveNumber("smtp_port") ?? port
    guard port <= 65_535 else { throw section.malformed("smtp_port", "\(port) is no port") }
    startsTLS = try section.flag("smtp_starttls") ?? startsTLS
    isTLS = try section.flag("smtp_ssl") ?? isTLS
    checksCertificate = try section.flag("smtp_ssl_server_auth") ?? checksCertificate
    certificates = try section.text("smtp_certificates").map(section.absolute)
    user = try section.text("smtp_user")
    password = try section.text("smtp_password")
    from = try section.text("smtp_mail_from") ?? from
    timeout = try section.positiveNumber("smtp_timeout") ?? timeout
    subjectPrefix = try section.text("email_reports_subject_prefix") ?? subjectPrefix
    callToAction = try section.text("email_reports_cta") ?? callToAction
    headers = try section.texts("email_headers")
    headerProgram = try section.text("email_header_mutator").map(section.absolute)
  }
}

extension SlackOptions {
  fileprivate mutating func read(_ section: TOMLSection) throws(ConfigurationError) {
    token = try section.text("slack_api_token")
    proxy = try section.text("slack_proxy")
    url = try section.text("slack_api_url") ?? url
    if !url.hasSuffix("/") { url += "/" }
  }
}

extension WebhookOptions {
  fileprivate mutating func read(_ section: TOMLSection) throws(ConfigurationError) {
    needsHTTPS = try section.flag("alert_reports_webhook_https_only") ?? needsHTTPS
    allowsInternalHosts =
      try section.flag("alert_reports_webhook_allow_internal_hosts") ?? allowsInternalHosts
    timeout = try section.positiveNumber("alert_reports_webhook_timeout") ?? timeout
  }
}

// SPDX-License-Identifier: MIT
import CurlTransfers
import Notifications
import SupersetConfiguration

extension DeliverySettings {
  /// What programs that send or change mails find in their environment, of what the task finds in its own.
  private static let variables: Set = [
    "PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "TMPDIR",
  ]

  /// - Parameter environment: the task's own, as environ(7) has it.
  package init(_ settings: SupersetSettings, environment: [String]) {
    self.init()
    let options = settings.notifications
    mail = MailSettings(options.mail)
    let handedOn = environment.filter { variable in
      Self.variables.contains(String(variable.prefix { $0 != "=" }))
    }
    if handedOn.contains(where: { $0.hasPrefix("PATH=") }) {
      mail.environment = handedOn
    } else {
      mail.environment += handedOn
    }
    slack.token = options.slack.token
    slack.proxy = options.slack.proxy
    slack.url = options.slack.url
    webhook.needsHTTPS = options.webhook.needsHTTPS
    webhook.allowsInternalHosts = options.webhook.allowsInternalHosts
    webhook.timeout = options.webhook.timeout
    webhook.certificates = settings.web.certificates
  }
}

extension MailSettings {
  fileprivate init(_ options: MailOptions) {
    self.init()
    switch options.way {
    case .smtp: way = .smtp(SMTPServer(options))
    case .sendmail: way = .sendmail(options.sendmail)
    }
    from = options.from
    subjectPrefix = options.subjectPrefix
    callToAction = options.callToAction
    headers = options.headers
    headerProgram = options.headerProgram
    programTimeout = options.timeout
  }
}

extension SMTPServer {
  fileprivate init(_ options: MailOptions) {
    self.init(host: options.host, port: options.port)
    security = options.isTLS ? .implicit : options.startsTLS ? .startTLS : .none
    checksCertificate = options.checksCertificate
    certificates = options.certificates
    timeout = options.timeout
    // As in Superset: one without the other is no login.
    guard let user = options.user, let password = options.password, !user.isEmpty,
      !password.isEmpty
    else { return }
    login = Login(user: user, password: password)
  }
}

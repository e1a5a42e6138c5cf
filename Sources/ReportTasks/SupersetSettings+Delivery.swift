// SPDX-License-Identifier: MIT
import CurlTransfers
import Notifications
import SupersetConfiguration
import TaskRuntime

extension SupersetSettings {
  /// How messages go out and how they look, as the settings say.
  func delivery(_ context: TaskContext) -> DeliverySettings {
    var delivery = DeliverySettings()
    delivery.mail = MailSettings(notifications.mail, environment: context.variables)
    delivery.slack.token = notifications.slack.token
    delivery.slack.proxy = notifications.slack.proxy
    delivery.slack.url = notifications.slack.url
    delivery.webhook.needsHTTPS = notifications.webhook.needsHTTPS
    delivery.webhook.allowsInternalHosts = notifications.webhook.allowsInternalHosts
    delivery.webhook.timeout = notifications.webhook.timeout
    delivery.webhook.certificates = web.certificates
    return delivery
  }
}

extension MailSettings {
  fileprivate init(_ options: MailOptions, environment: [String]) {
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
    self.environment = environment
  }
}

extension SMTPServer {
  fileprivate init(_ options: MailOptions) {
    self.init(host: options.host, port: options.port)
    security = options.isTLS ? .implicit : options.startsTLS ? .startTLS : .none
    if let user = options.user, let password = options.password, !user.isEmpty, !password.isEmpty {
      login = Login(user: user, password: password)
    }
    checksCertificate = options.checksCertificate
    certificates = options.certificates
    timeout = options.timeout
  }
}

// SPDX-License-Identifier: MIT
import CurlTransfers
import JSONValues
import Notifications
import SpoolTesting
import SystemCalls
import Testing

/// Mails over a real SMTP server: aiosmtpd, from PyPI.
struct SMTPDeliveryTests {
  private let python = TestPython.path()

  private func server(_ mode: String) throws -> TestServer? {
    try python.map { try TestServer("mail_server.py", [mode], python: $0) }
  }

  private func settings(_ server: TestServer, host: String = "127.0.0.1") -> DeliverySettings {
    var settings = DeliverySettings()
    var address = SMTPServer(host: host, port: server.port)
    address.timeout = 5
    settings.mail.way = .smtp(address)
    return settings
  }

  private func changed(
    _ settings: DeliverySettings, _ change: (inout SMTPServer) -> Void
  ) -> DeliverySettings {
    var settings = settings
    guard case .smtp(var server) = settings.mail.way else { return settings }
    change(&server)
    settings.mail.way = .smtp(server)
    return settings
  }

  private func error(
    _ settings: DeliverySettings, _ recipient: NotificationRecipient
  ) throws -> NotificationError {
    do throws(NotificationError) {
      let report = try NotificationSender(settings).deliver(Sample.notification(), to: recipient)
      throw NotificationError.unknownType("delivered: \(report)")
    } catch { return error }
  }

  @Test func `a mail reaches all its recipients as it was made`() throws {
    guard let server = try server("plain") else { return }
    var notification = Sample.notification("Отчёт: продажи")
    notification.pictures = [Sample.picture]
    notification.description = ".\n..\nFrom here on\n. dots"
    let report = try NotificationSender(settings(server)).deliver(
      notification,
      to: Sample.mail("ann@example.com", "bob@example.com", cc: ["cy@x.org"], bcc: ["di@x.org"]))
    #expect(report == DeliveryReport())
    let mails = try server.kept("mails")
    let mail = try #require(mails.first)
    #expect(mails.count == 1 && mail.isSound, "\(mail)")
    #expect(mail["sender"] == "superset@superset.com")
    #expect(
      mail["recipients"] == ["ann@example.com", "bob@example.com", "cy@x.org", "di@x.org"])
    #expect(mail.header("Subject") == "[Report] Отчёт: продажи")
    #expect(!mail.text.replacing("\"recipients\"", with: "").contains("Bcc"))
    #expect(mail.parts[0]["text"]?.stringValue?.hasPrefix(".\n..\nFrom here on\n. dots\n") == true)
    #expect(mail["login"] == .null && mail["secure"] == false)
  }

  @Test func `whom the server refuses is told, and the others have it`() throws {
    guard let server = try server("plain") else { return }
    let report = try NotificationSender(settings(server)).deliver(
      Sample.notification(),
      to: Sample.mail("ann@x.org", "unknown@x.org", "full@x.org", cc: ["bob@x.org"]))
    #expect(report.missing.map(\.name) == ["unknown@x.org", "full@x.org"])
    #expect(report.missing.map(\.reason.isTemporary) == [false, true])
    #expect("\(report.missing[0].reason)".contains("unknown@x.org: 550 5.1.1 no such mailbox"))
    #expect(try server.kept("mails").map { $0["recipients"] } == [["ann@x.org", "bob@x.org"]])
    let again = Sample.mail("ann@x.org", "full@x.org").keeping(Set(report.missing.map(\.name)))
    #expect(again == Sample.mail("full@x.org"))
  }

  @Test(arguments: [
    ("unknown@x.org", false, false, "550 5.1.1 no such mailbox"),
    ("full@x.org", true, false, "452 4.2.2 mailbox full"),
    ("spam@x.org", false, false, "554 5.6.0 this looks like spam"),
    ("scanner@x.org", true, false, "451 4.7.0 the scanner is not there"),
    ("hangup@x.org", true, true, "has not answered"),
    ("silent@x.org", true, true, "has not answered"),
  ])
  func `an error says whether another try makes sense, and whether the mail may be out`(
    _ address: String, _ isTemporary: Bool, _ mayBeOut: Bool, _ words: String
  ) throws {
    guard let server = try server("plain") else { return }
    let error = try error(
      changed(settings(server)) { $0.timeout = 2 }, Sample.mail(address))
    #expect(error.isTemporary == isTemporary, "\(error)")
    #expect(error.mayHaveGoneOut == mayBeOut, "\(error)")
    #expect("\(error)".contains(words) && error.status == 500, "\(error)")
    #expect(try server.kept("mails") == [])
  }

  @Test(arguments: [("blocked@x.org", false, "554"), ("busy@x.org", true, "451")])
  func `a sender who is refused has sent nothing`(
    _ from: String, _ isTemporary: Bool, _ code: String
  ) throws {
    guard let server = try server("plain") else { return }
    var settings = settings(server)
    settings.mail.from = "Superset <\(from)>"
    let error = try error(settings, Sample.mail("ann@x.org"))
    #expect(error.isTemporary == isTemporary && !error.mayHaveGoneOut)
    #expect("\(error)".contains(code), "\(error)")
  }

  @Test(arguments: ["jürgen@x.org", "ann@exämple.org", "почта@пример.рф", "a@[127.0.0.1]", "root"])
  func `a mailbox may have any alphabet`(_ address: String) throws {
    guard let server = try server("plain") else { return }
    let report = try NotificationSender(settings(server))
      .deliver(Sample.notification(), to: Sample.mail(address))
    #expect(report == DeliveryReport())
    #expect(try server.kept("mails").map { $0["recipients"] } == [[.string(address)]])
  }

  @Test func `a server that is not there is a reason to come back`() throws {
    var settings = DeliverySettings()
    settings.mail.way = .smtp(SMTPServer(host: "127.0.0.1", port: 1))
    let error = try error(settings, Sample.mail("ann@x.org"))
    #expect(error.isTemporary && !error.mayHaveGoneOut)
    #expect("\(error)".hasPrefix("unable to send mail by 127.0.0.1:1: "), "\(error)")
  }

  @Test func `who has a password logs in, and no error tells it`() throws {
    guard let server = try server("login") else { return }
    let right = changed(settings(server)) {
      $0.login = SMTPServer.Login(user: "superset", password: "gehäim:@/")
    }
    _ = try NotificationSender(right).deliver(Sample.notification(), to: Sample.mail("a@x.org"))
    #expect(try server.kept("mails").map { $0["login"] } == ["superset"])
    let wrong = changed(right) {
      $0.login = SMTPServer.Login(user: "superset", password: "not gehäim:@/")
    }
    let refusal = try error(wrong, Sample.mail("a@x.org"))
    #expect(!refusal.isTemporary && "\(refusal)".contains("535"), "\(refusal)")
    #expect(!"\(refusal)".contains("not gehäim"))
    let nobody = try error(settings(server), Sample.mail("a@x.org"))
    #expect(!nobody.isTemporary && "\(nobody)".contains("530"), "\(nobody)")
  }

  @Test func `a server that knows no login gets the mail without one`() throws {
    guard let server = try server("plain") else { return }
    let settings = changed(settings(server)) {
      $0.login = SMTPServer.Login(user: "superset", password: "superset")
    }
    _ = try NotificationSender(settings).deliver(Sample.notification(), to: Sample.mail("a@x.org"))
    #expect(try server.kept("mails").map { $0["login"] } == [.null])
  }

  @Test func `STARTTLS is used where it is asked for, and missed where the server has none`() throws
  {
    guard let secure = try server("starttls"), let plain = try server("plain") else { return }
    let settings = changed(settings(secure)) { $0.security = .startTLS }
    _ = try NotificationSender(settings).deliver(Sample.notification(), to: Sample.mail("a@x.org"))
    #expect(try secure.kept("mails").map { $0["secure"] } == [true])
    let error = try error(
      changed(self.settings(plain)) { $0.security = .startTLS }, Sample.mail("a@x.org"))
    #expect("\(error)".contains("TLS: "), "\(error)")
    #expect(try plain.kept("mails") == [])
  }

  @Test(arguments: ["starttls", "tls"])
  func `a certificate is checked where that is asked for`(_ mode: String) throws {
    guard let server = try server(mode) else { return }
    let security = mode == "tls" ? SMTPServer.Security.implicit : .startTLS
    let careless = changed(settings(server, host: "localhost")) { $0.security = security }
    _ = try NotificationSender(careless).deliver(Sample.notification(), to: Sample.mail("a@x.org"))
    let careful = changed(careless) { $0.checksCertificate = true }
    let error = try error(careful, Sample.mail("a@x.org"))
    #expect("\(error)".contains("TLS: ") && !error.mayHaveGoneOut, "\(error)")
    let trusting = changed(careful) {
      $0.certificates = "\(server.directory.path)/certificate.pem"
    }
    _ = try NotificationSender(trusting).deliver(Sample.notification(), to: Sample.mail("a@x.org"))
    #expect(try server.kept("mails").map { $0["secure"] } == [true, true])
  }

  @Test func `what is broken off in time has not gone out`() throws {
    guard let server = try server("plain") else { return }
    let sender = NotificationSender(settings(server), isCancelled: { true })
    let error = #expect(throws: NotificationError.self) {
      try sender.deliver(Sample.notification(), to: Sample.mail("silent@x.org"))
    }
    #expect(
      error?.isCancelled == true || error?.mayHaveGoneOut == true, "\(String(describing: error))")
  }
}

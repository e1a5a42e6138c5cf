// SPDX-License-Identifier: MIT
import CurlTransfers
import Notifications
import SpoolTesting
import Testing

/// Mail servers that break off, or talk nonsense, at each step of a conversation.
struct BreakingServerTests {
  private static let steps = [
    "greeting", "EHLO", "MAIL", "RCPT", "DATA", "body", "end", "QUIT",
  ]

  private func deliver(_ server: TestServer, timeout: Int = 5) throws(NotificationError) {
    var settings = DeliverySettings()
    var address = SMTPServer(host: "127.0.0.1", port: server.port)
    address.timeout = timeout
    settings.mail.way = .smtp(address)
    var notification = Sample.notification()
    // More than fits into the buffers between both, so that it can break in the middle.
    notification.csv = [UInt8](repeating: 0x61, count: 4 << 20)
    let report = try NotificationSender(settings).deliver(notification, to: Sample.mail("a@x.org"))
    #expect(report == DeliveryReport())
  }

  @Test(arguments: steps, ["close", "nonsense", "endless"])
  func `a mail that a server has is never taken for one that it has not`(
    _ step: String, _ way: String
  ) throws {
    let server = try TestServer("breaking_server.py", [step, way])
    var error: NotificationError?
    do { try deliver(server, timeout: 2) } catch let failure { error = failure }
    let isThere = try !server.kept("mails").isEmpty
    guard let error else {
      #expect(isThere && (step == "QUIT" || step == "body"))
      return
    }
    #expect(!isThere || error.mayHaveGoneOut, "\(error)")
    #expect(error.mayHaveGoneOut == (step == "end"), "\(error)")
    #expect("\(error)".unicodeScalars.allSatisfy { $0.value >= 0x20 } && "\(error)".count < 1_500)
  }

  @Test(arguments: steps, ["multiline", "drip"])
  func `an answer may have many lines, and come byte by byte`(_ step: String, _ way: String) throws
  {
    guard step != "body" else { return }
    let server = try TestServer("breaking_server.py", [step, way])
    try deliver(server)
    #expect(try server.kept("mails").count == 1)
  }
}

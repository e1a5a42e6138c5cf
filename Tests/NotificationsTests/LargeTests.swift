// SPDX-License-Identifier: MIT
import CurlTransfers
import JSONValues
import SpoolTesting
import SystemCalls
import Testing

@testable import Notifications

/// Much of everything.
struct LargeTests {
  @Test func `pictures of many megabytes reach a server`() throws {
    guard let python = TestPython.path() else { return }
    let server = try TestServer("mail_server.py", ["plain"], python: python)
    var settings = DeliverySettings()
    settings.mail.way = .smtp(SMTPServer(host: "127.0.0.1", port: server.port))
    var notification = Sample.notification()
    // Also what would end a mail or a line of it, were it not encoded.
    notification.pictures = (0..<3).map { Array(repeating: UInt8(0x2E + $0), count: 10 << 20) }
    let report = try NotificationSender(settings)
      .deliver(notification, to: Sample.mail("a@x.org"))
    #expect(report == DeliveryReport())
    let mail = try #require(try server.kept("mails").first)
    #expect(mail.parts.suffix(3).map { $0["size"] } == [10_485_760, 10_485_760, 10_485_760])
  }

  @Test func `a message is made with little more memory than it takes itself`() throws {
    var notification = Sample.notification()
    notification.pictures = [[UInt8](repeating: 7, count: 10 << 20)]
    let files = try NotificationSender(DeliverySettings())
      .preview(notification, to: Sample.mail("a@x.org"))
    // The size is guessed before, so that the text never moves to a larger place.
    let size = files[0].bytes.count
    #expect(files[0].bytes.capacity < size + size / 20)
  }

  @Test func `thousands of recipients get one mail, and those that are refused are told`() throws {
    guard let python = TestPython.path() else { return }
    let server = try TestServer("mail_server.py", ["plain"], python: python)
    var settings = DeliverySettings()
    settings.mail.way = .smtp(SMTPServer(host: "127.0.0.1", port: server.port))
    let addresses = (0..<3_000).map { $0 % 1_000 == 999 ? "unknown\($0)@x.org" : "a\($0)@x.org" }
    let report = try NotificationSender(settings).deliver(
      Sample.notification(), to: .mail(to: addresses, cc: [], bcc: []))
    #expect(
      report.missing.map(\.name) == ["unknown999@x.org", "unknown1999@x.org", "unknown2999@x.org"])
    let mail = try #require(try server.kept("mails").first)
    #expect(
      mail["to"]?.arrayValue?.count == 3_000 && mail["recipients"]?.arrayValue?.count == 2_997)
    #expect(mail.isSound && (mail["longest"]?.integerValue ?? 99) <= 78)
  }

  @Test func `a hundred thousand rows stand in the page, and some of them in the text`() throws {
    var notification = Sample.notification()
    notification.table = NotificationTable(
      columns: ["region", "sales"], rows: (0..<100_000).map { ["region \($0)", "\($0 * 7)"] })
    let text = MailText(notification, callToAction: "Look").text
    #expect(text.hasSuffix("(and 99800 rows more)\n"))
    let page = MailPage(notification, callToAction: "Look", pictures: []).text
    #expect(page.contains("<td>region 99999</td>\n<td>699993</td>"))
    let slack = SlackMessage(notification).text
    #expect(slack.count <= SlackMessage.limit)
  }

  @Test func `a table of many columns is left out where not even its head has a place`() {
    var notification = Sample.notification()
    notification.table = NotificationTable(
      columns: (0..<2_000).map { "column \($0)" }, rows: [(0..<2_000).map { "\($0)" }])
    let text = SlackMessage(notification).text
    #expect(text.hasSuffix("\n\n(table was truncated: 1 of 1 row left out)"))
    #expect(text.count < 500)
  }
}

// SPDX-License-Identifier: MIT
import JSONValues
import Notifications
import Testing

/// What comes from people's texts stays in its place.
struct HeaderInjectionTests {
  private static let names = [
    "a\r\nBcc: eve@evil.example", "a\nX-Evil: 1", "a\rX-Evil: 1", "\r\n\r\n<html>",
    "a\u{2028}X-Evil: 1\u{85}b", "a\0b\u{1B}[31m", "=?utf-8?B?DQpYLUV2aWw6IDE=?=",
    "\"; filename=evil.exe; x=\"", "../../etc/passwd", "....", " ", "a\u{202E}gnp.exe",
    String(repeating: "long ", count: 2_000), String(repeating: "x", count: 5_000),
    String(repeating: "ё", count: 3_000), "e" + String(repeating: "\u{301}", count: 500),
    "%0d%0aX-Evil: 1", "=?utf-8?Q?=0D=0AX-Evil:_1?=", "\r\n", "\t\t",
  ]

  @Test(arguments: names)
  func `a name adds no header and ends none`(_ name: String) throws {
    let usual = try Sample.look(withFiles("plain"))
    let mail = try Sample.look(withFiles(name))
    #expect(mail.isSound && mail["ascii"] == true, "\(mail)")
    #expect(mail["names"] == usual["names"])
    #expect(mail["tree"] == usual["tree"])
    #expect(mail.parts.map { $0["md5"] }.dropFirst(2) == usual.parts.map { $0["md5"] }.dropFirst(2))
    let file = try #require(mail.parts.last?["name"]?.stringValue)
    #expect(!file.contains("/") && !file.hasPrefix(".") && file.utf8.count <= 255, "\(file)")
    #expect(file.unicodeScalars.allSatisfy { $0.value >= 0x20 })
  }

  @Test func `an encoded word in a name is shown as it was written`() throws {
    let mail = try Sample.look(Sample.notification("=?utf-8?B?DQpYLUV2aWw6IDE=?="))
    #expect(mail.header("Subject") == "[Report] =?utf-8?B?DQpYLUV2aWw6IDE=?=")
  }

  @Test(arguments: [
    "a@b.example\r\nRCPT TO:<eve@evil.example>", "a@b.example>\r\nDATA", "a b@c.example",
    "<a@b.example", "a@b@c.example", "@", "a@", "@b", "a\0@b.example", "a,b@c.example", "(a)b@c",
    "a@b.example\u{202E}", "\"a b\"@c.example", "a@b.example\u{2028}", "a;b@c",
  ])
  func `what is no mailbox gets no mail`(_ address: String) throws {
    #expect(throws: NotificationError.self) {
      try NotificationSender(DeliverySettings())
        .preview(Sample.notification(), to: Sample.mail(address)).count
    }
    // A name may stand before it there.
    guard !address.contains("<") else { return }
    var settings = DeliverySettings()
    settings.mail.from = address
    #expect(throws: NotificationError.self) {
      try NotificationSender(settings).preview(
        Sample.notification(), to: Sample.mail("a@b.example"))
    }
  }

  @Test func `a setting with line ends is one line of the mail`() throws {
    var settings = DeliverySettings()
    settings.mail.subjectPrefix = "[R]\r\nX-Evil: 1\r\n"
    settings.mail.callToAction = "Look</a><script>\r\n"
    settings.mail.headers = ["X-Kind": "{notification_type}\r\nX-Evil: 1", "X-Owners": "{owners}"]
    let mail = try Sample.look(Sample.notification(), settings)
    #expect(mail.header("Subject") == "[R] X-Evil: 1 Weekly: Sales")
    #expect(mail.header("X-Kind") == "Report X-Evil: 1" && mail.header("X-Owners") == "Ann Lee")
    #expect(mail.header("X-Evil") == nil)
    #expect(mail.parts[1]["text"]?.stringValue?.contains("<script>") == false)
  }

  @Test(arguments: [
    ("X-A: b\r\nX-Evil", "1"), ("", "1"), ("Content-Type", "text/html"),
    ("Bcc", "eve@evil.example"),
    ("MIME-Version", "2"), ("X-A", "{nothing}"), ("X-A", "{chart_id"), ("X Y", "1"), ("Ä", "1"),
  ])
  func `a header that is none, or is not to be had, is an error`(_ name: String, _ value: String)
    throws
  {
    var settings = DeliverySettings()
    settings.mail.headers = [name: value]
    #expect(throws: NotificationError.self) {
      try NotificationSender(settings).preview(
        Sample.notification(), to: Sample.mail("a@b.example"))
    }
  }

  private func withFiles(_ name: String) -> Notification {
    var notification = Sample.notification(name)
    notification.csv = Array("a,b\n".utf8)
    notification.pdf = Array("%PDF".utf8)
    notification.pictures = [Sample.picture]
    return notification
  }
}

// SPDX-License-Identifier: MIT
import JSONValues
import Notifications
import SpoolTesting
import SystemCalls

/// Notifications to send, and mails as Python reads them.
enum Sample {
  static let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + (0...255)

  static func notification(_ name: String = "Weekly: Sales") -> Notification {
    var source = NotificationSource(.report, .chart, as: .picture)
    source.chartID = 7
    source.owners = ["Ann Lee"]
    var notification = Notification(
      name, source, identity: "0f8b6f1e a@example.com",
      at: Timestamp(nanoseconds: 1_796_000_080_000_000_000))
    notification.description = "Sales of the <b>week</b>"
    notification.url = "https://superset.example.com/explore/?slice_id=7&force=true"
    return notification
  }

  static func mail(_ to: String..., cc: [String] = [], bcc: [String] = []) -> NotificationRecipient
  {
    .mail(to: to, cc: cc, bcc: bcc)
  }

  /// The mail that a notification becomes, as Python's parser sees it.
  static func look(
    _ notification: Notification, to recipient: NotificationRecipient = mail("ann@example.com"),
    _ settings: DeliverySettings = DeliverySettings()
  ) throws -> JSONValue {
    let files = try NotificationSender(settings).preview(notification, to: recipient)
    let directory = try TemporaryDirectory("mail")
    let path = "\(directory.path)/mail.eml"
    try SystemFiles().write(files[0].bytes, to: SystemFiles().open(path, .create))
    let shell = Shell(directory: directory.path)
    let look = shell.run("python3 -B \(#filePath.parentPath)/server/mail_look.py < mail.eml")
    return try JSONValue(parsing: look ?? "null")
  }
}

extension JSONValue {
  /// The parts of a mail that was looked at.
  var parts: [JSONValue] { self["parts"]?.arrayValue ?? [] }

  func header(_ name: String) -> String? { self["headers"]?[name]?.stringValue }

  /// Python has found nothing that it would have to forgive, and no line is longer than mail allows.
  var isSound: Bool {
    self["defects"] == [] && self["stray"] == 0 && (self["longest"]?.integerValue ?? 999) <= 998
  }
}

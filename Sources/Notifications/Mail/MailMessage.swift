// SPDX-License-Identifier: MIT
import CurlTransfers
import JSONValues
import PythonTexts

/// A mail, ready to be sent.
struct MailMessage {
  private static let preamble = "This is a multi-part message in MIME format."

  var headers = MailHeaders()
  let envelope: SMTPEnvelope
  private let body: MIMEPart

  init(
    _ notification: Notification, to: [String], cc: [String], bcc: [String],
    _ settings: MailSettings, _ changer: HeaderChanger
  ) throws(NotificationError) {
    let sender = try MailAddress(settings.from)
    for address in to + cc + bcc { _ = try MailAddress(mailbox: address) }
    let names = MailNames(notification.identity, sender: sender.address)
    let own = try Self.headers(notification, to: to, cc: cc, names, settings)
    headers = try changer.changed(own, notification.source)
    var recipients = try headers.addresses("To").map(\.address)
    recipients += try headers.addresses("Cc").map(\.address)
    envelope = SMTPEnvelope(
      sender: sender.address, recipients: Self.distinct(recipients + bcc))
    body = Self.body(notification, names, settings)
  }

  private static func headers(
    _ notification: Notification, to: [String], cc: [String], _ names: MailNames,
    _ settings: MailSettings
  ) throws(NotificationError) -> MailHeaders {
    var headers = MailHeaders()
    try headers.set("Date", MailDate.text(notification.moment))
    try headers.set("From", settings.from)
    if !to.isEmpty { try headers.set("To", to.joined(separator: ", ")) }
    if !cc.isEmpty { try headers.set("Cc", cc.joined(separator: ", ")) }
    try headers.set("Subject", settings.subject(of: notification))
    try headers.set("Message-ID", "<\(names.message)>")
    // No vacation message comes back to it; RFC 3834.
    try headers.set("Auto-Submitted", "auto-generated")
    return headers
  }

  /// The text for whoever shows no HTML, the HTML, and what goes along: in the HTML, or beside it.
  private static func body(
    _ notification: Notification, _ names: MailNames, _ settings: MailSettings
  ) -> MIMEPart {
    let text = MailText(notification, callToAction: settings.callToAction)
    let attachments = notification.attachments
    let pictures = attachments.indices.filter { attachments[$0].kind == .picture }
    let html = MailPage(
      notification, callToAction: settings.callToAction, pictures: pictures.map(names.part))
    let alternative = MIMEPart.several(
      type: "alternative", boundary: names.boundary("text"), preamble: "",
      [.text("plain", text.text), .text("html", html.text)])
    let files = attachments.indices.map { part(attachments[$0], names.part($0)) }
    return .several(
      type: "related; type=\"multipart/alternative\"", boundary: names.boundary("mail"),
      preamble: preamble, [alternative] + files)
  }

  private static func part(_ attachment: Attachment, _ id: String) -> MIMEPart {
    let isInline = attachment.kind == .picture
    let name = HeaderParameter.pieces("name", attachment.name)
    let fileName = HeaderParameter.pieces("filename", attachment.name)
    return .leaf(
      headers: [
        parametrized("Content-Type: \(attachment.kind.rawValue)", name),
        parametrized("Content-Disposition: \(isInline ? "inline" : "attachment")", fileName),
      ] + (isInline ? ["Content-ID: <\(id)>"] : []), .base64, attachment.bytes)
  }

  private static func parametrized(_ header: String, _ parameters: [String]) -> String {
    ([header] + parameters).joined(separator: ";\r\n ")
  }

  private static func distinct(_ addresses: [String]) -> [String] {
    var seen: Set<String> = []
    return addresses.filter { seen.insert($0).inserted }
  }

  /// The whole of it, lines ended by CR LF.
  func bytes() throws(NotificationError) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(body.size)
    for line in try headers.lines() + ["MIME-Version: 1.0"] {
      output += line.utf8
      output += [0x0D, 0x0A]
    }
    body.append(to: &output)
    return output
  }
}

extension MailMessage {
  /// The mail, and whom it goes to whatever its headers say.
  func preview() throws(NotificationError) -> [PreviewFile] {
    let document: JSONValue = [
      "sender": .string(envelope.sender),
      "recipients": .array(envelope.recipients.map(JSONValue.string)),
    ]
    return [
      PreviewFile(name: "mail.eml", type: "message/rfc822", bytes: try bytes()),
      PreviewFile(name: "envelope.json", type: "application/json", bytes: document.bytes),
    ]
  }
}

/// Names that are the same for the same message: of itself, of its parts, and of what stands between these.
struct MailNames {
  private let digest: String
  private let domain: String

  init(_ identity: String, sender: String) {
    digest = MD5.hexadecimal(identity)
    // A local sender has no domain, and an id needs one of ASCII.
    let domain = sender.split(separator: "@").dropFirst().first.map(String.init) ?? ""
    let isPlain = domain.utf8.allSatisfy { byte in
      let scalar = Unicode.Scalar(byte)
      return scalar.isASCII && (scalar.properties.isAlphabetic || (0x2D...0x39).contains(byte))
    }
    self.domain = isPlain && !domain.isEmpty ? domain : "superset.invalid"
  }

  var message: String { "\(digest)@\(domain)" }

  func part(_ number: Int) -> String { "\(digest).\(number + 1)@\(domain)" }

  func boundary(_ kind: String) -> String { "=_\(kind)_\(digest)" }
}

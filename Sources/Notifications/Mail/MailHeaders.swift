// SPDX-License-Identifier: MIT

/// The headers of a mail but for those that say how it is built, with their values as people read them.
struct MailHeaders: Hashable {
  struct Field: Hashable {
    let name: String
    var value: String
  }

  /// What says how a message is built: that follows from what is in it.
  private static let structural: Set = [
    "mime-version", "content-type", "content-transfer-encoding", "content-disposition",
    "content-id", "bcc", "resent-bcc",
  ]
  private static let mailboxes: Set = [
    "from", "to", "cc", "reply-to", "sender", "disposition-notification-to",
  ]
  /// What is no text for people, and is not encoded.
  private static let verbatim: Set = ["message-id", "date", "in-reply-to", "references"]

  private(set) var fields: [Field] = []

  /// The first value of a name, whatever its case; set, the only one, in the place of the first.
  subscript(name: String) -> String? {
    fields.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// - Throws: `badHeader` for a name that is none, or says how the mail is built.
  mutating func set(_ name: String, _ value: String?) throws(NotificationError) {
    guard !name.isEmpty, name.utf8.count <= 70,
      name.utf8.allSatisfy({ (0x21..<0x7F).contains($0) && $0 != UInt8(ascii: ":") })
    else { throw .badHeader(name, reason: "it is no name of a header") }
    guard !Self.structural.contains(name.lowercased()) else {
      throw .badHeader(name, reason: "it follows from what the mail holds and who gets it")
    }
    let place = fields.firstIndex { $0.name.lowercased() == name.lowercased() }
    fields.removeAll { $0.name.lowercased() == name.lowercased() }
    guard let value else { return }
    fields.insert(Field(name: name, value: value), at: min(place ?? fields.count, fields.count))
  }

  /// The addresses of a header that holds such; none where there is no such header.
  func addresses(_ name: String) throws(NotificationError) -> [MailAddress] {
    try self[name].map(MailAddress.list) ?? []
  }

  /// Line by line, without the last end of line.
  func lines() throws(NotificationError) -> [String] {
    var lines: [String] = []
    for field in fields { lines.append(try line(field)) }
    return lines
  }

  private func line(_ field: Field) throws(NotificationError) -> String {
    let name = field.name.lowercased()
    if Self.mailboxes.contains(name) {
      return HeaderText.addresses(field.name, try MailAddress.list(field.value))
    }
    guard Self.verbatim.contains(name) else {
      return HeaderText.unstructured(field.name, field.value)
    }
    guard field.value.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }),
      field.value.utf8.count + name.utf8.count < 990
    else { throw .badHeader(field.name, reason: "its value is not one short line of ASCII") }
    return "\(field.name): \(field.value)"
  }
}

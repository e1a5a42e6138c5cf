// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

/// Who gets a notification: a row of Superset's `report_recipient`.
package enum NotificationRecipient: Hashable, Sendable {
  case mail(to: [String], cc: [String], bcc: [String])
  /// Ids or names, of either of Superset's two types: Slack has closed the way that the older one went.
  case slack(channels: [String])
  case webhook(url: String)

  /// - Parameters:
  ///   - type: `Email`, `Slack`, `SlackV2` or `Webhook`.
  ///   - configuration: `{"target": "a@example.com, b@example.com", "ccTarget": "", "bccTarget": ""}`
  package init(type: String, configuration: String) throws(NotificationError) {
    let known = ["Email", "Slack", "SlackV2", "Webhook"]
    guard known.contains(type) else { throw .unknownType(type) }
    let document: JSONValue
    do { document = try JSONValue(parsing: configuration) } catch {
      throw .malformedRecipient(type: type, reason: "\(error)")
    }
    let target = TargetReader(type: type, document: document)
    switch type {
    case "Email":
      let to = try target.list("target")
      guard !to.isEmpty else { throw .noTarget(type: type) }
      self = .mail(
        to: try MailAddress.addresses(to), cc: try MailAddress.addresses(target.list("ccTarget")),
        bcc: try MailAddress.addresses(target.list("bccTarget")))
    case "Webhook":
      guard let url = try target.text("target"), !url.isEmpty else { throw .noTarget(type: type) }
      self = .webhook(url: url)
    default:
      let channels = try target.list("target").map { String($0.drop { $0 == "#" }) }
        .filter { !$0.isEmpty }
      guard !channels.isEmpty else { throw .noTarget(type: type) }
      self = .slack(channels: channels)
    }
  }

  /// What tells the places apart to which it goes: of mails and channels the names of ``DeliveryReport/Missing``.
  package var addresses: [String] {
    switch self {
    case .mail(let to, let cc, let bcc): to + cc + bcc
    case .slack(let channels): channels
    // The address itself may be a secret.
    case .webhook(let url): [MD5.hexadecimal(url)]
    }
  }

  /// The same without all others of its ``addresses``; nil where nobody is left.
  package func keeping(_ rest: Set<String>) -> NotificationRecipient? {
    switch self {
    case .mail(let to, let cc, let bcc):
      let rest = [to, cc, bcc].map { $0.filter(rest.contains) }
      return rest.allSatisfy(\.isEmpty) ? nil : .mail(to: rest[0], cc: rest[1], bcc: rest[2])
    case .slack(let channels):
      let rest = channels.filter(rest.contains)
      return rest.isEmpty ? nil : .slack(channels: rest)
    case .webhook: return addresses.allSatisfy(rest.contains) ? self : nil
    }
  }
}

extension NotificationRecipient: CustomStringConvertible {
  /// For logs; of a webhook nothing but its host, since its address may be all that protects it.
  package var description: String {
    switch self {
    case .mail(let to, let cc, let bcc):
      "mail to \((to + cc).map(\.singleLine).listed(3))"
        + (bcc.isEmpty ? "" : " and \(bcc.count) unnamed")
    case .slack(let channels): "Slack, \(channels.map(\.singleLine).listed(3))"
    case .webhook(let url): "webhook of \(WebhookAddress.host(of: url))"
    }
  }
}

/// Reads the members of a recipient's configuration.
private struct TargetReader {
  let type: String
  let document: JSONValue

  func text(_ name: String) throws(NotificationError) -> String? {
    guard let members = document.objectValue else { throw malformed("it is no JSON object") }
    guard let value = members[name], !value.isNull else { return nil }
    guard let text = value.stringValue else { throw malformed("\(name) is no text") }
    return text
  }

  /// Words between commas, semicolons and blanks. Superset 4.1 has left lists of channels in its database, too.
  func list(_ name: String) throws(NotificationError) -> [String] {
    if let items = document[name]?.arrayValue {
      var words: [String] = []
      for item in items {
        guard let word = item.stringValue ?? item["id"]?.stringValue else {
          throw malformed("\(name) holds what is neither a text nor a channel")
        }
        words.append(word)
      }
      return words
    }
    return (try text(name) ?? "")
      .split { $0 == "," || $0 == ";" || $0.isWhitespace }.map(String.init)
  }

  private func malformed(_ reason: String) -> NotificationError {
    .malformedRecipient(type: type, reason: reason)
  }
}

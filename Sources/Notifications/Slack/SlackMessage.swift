// SPDX-License-Identifier: MIT
import JSONValues

/// What Slack is given of a notification.
struct SlackMessage {
  /// Characters; Slack reads no Markdown in a longer text.
  static let limit = 4_000
  private static let fence = "```"

  let title: String
  let text: String
  /// Of one kind alone: CSV before pictures before PDF.
  let files: [Attachment]

  init(_ notification: Notification) {
    title = notification.name.singleLine
    let all = notification.attachments
    let kind = [.csv, .picture, .pdf].first { kind in all.contains { $0.kind == kind } }
    files = all.filter { $0.kind == kind }
    text = Self.text(notification)
  }

  private static func text(_ notification: Notification) -> String {
    let name = "*\(escaped(notification.name.singleLine))*"
    if let error = notification.errorText {
      let description = notification.description
      return cut([name, description, "Error: \(escaped(error))"], to: limit)
    }
    let link = notification.url.map { "<\(escaped($0.singleLine))|Explore in Superset>" }
    let parts = [name, notification.description, link].compactMap { $0 }
    guard let table = notification.table else { return cut(parts, to: limit) }
    // The table has what the words leave; long words leave it half.
    let words = cut(parts, to: limit / 2)
    return "\(words)\n\n\(drawn(table, in: limit - words.count - 2))"
  }

  /// As many rows as have a place, whole, and how many have none.
  private static func drawn(_ table: NotificationTable, in room: Int) -> String {
    let drawing = TextTable(table)
    let all = table.rows.count
    // Both fences with their ends of line, and the longest note.
    let frame = 2 * fence.count + 2
    let note = left(all, of: all).count + 2
    var lines = drawing.head.map(fenced)
    var length = frame + note + lines.reduce(0) { $0 + $1.count + 1 }
    guard length <= room else { return left(all, of: all) }
    for row in 0..<all {
      let line = fenced(drawing.line(row))
      // The last one needs no note, but a place for one costs nothing.
      guard length + line.count + 1 <= room else { break }
      lines.append(line)
      length += line.count + 1
    }
    let rest = all - (lines.count - 2)
    let body = "\(fence)\n\(lines.joined(separator: "\n"))\n\(fence)"
    return rest == 0 ? body : "\(body)\n\n\(left(rest, of: all))"
  }

  private static func left(_ rest: Int, of all: Int) -> String {
    "(table was truncated: \(rest) of \(TextTable.rows(all)) left out)"
  }

  /// What a cell says must not end the fence around all of them.
  private static func fenced(_ line: String) -> String {
    escaped(line.replacing("`", with: "'"))
  }

  /// The characters that mean something to Slack, as it wants them.
  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  /// Paragraphs; of the longest one as little is left as makes all of them short enough.
  private static func cut(_ parts: [String], to limit: Int) -> String {
    var parts = parts.filter { !$0.isEmpty }
    let excess = parts.reduce(0) { $0 + $1.count + 2 } - 2 - limit
    if excess > 0, let longest = parts.indices.max(by: { parts[$0].count < parts[$1].count }) {
      parts[longest] = parts[longest].prefix(max(0, parts[longest].count - excess - 1)) + "…"
    }
    return String(parts.joined(separator: "\n\n").prefix(limit))
  }
}

extension SlackMessage {
  func preview(for channels: [String]) -> [PreviewFile] {
    let document: JSONValue = [
      "channels": .array(channels.map(JSONValue.string)), "text": .string(text),
      "title": .string(title), "files": .array(files.map { .string($0.name) }),
    ]
    return [PreviewFile(name: "slack.json", type: "application/json", bytes: document.bytes)]
      + files.map { PreviewFile(name: $0.name, type: $0.kind.rawValue, bytes: $0.bytes) }
  }
}

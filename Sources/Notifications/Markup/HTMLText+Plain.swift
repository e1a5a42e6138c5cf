// SPDX-License-Identifier: MIT

extension HTMLText {
  private static let blocks: Set = [
    "p", "div", "ul", "ol", "blockquote", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre",
    "hr", "section", "article", "header", "footer",
  ]

  /// What HTML says, for somebody who sees text alone; a text without tags is taken as it is.
  static func plain(_ html: String) -> String {
    // Lines as they were written mean something only where no tags say what a line is.
    lines(hasTags(html) ? untagged(html) : resolved(html))
  }

  private static func hasTags(_ html: String) -> Bool {
    var tokens = HTMLTokenizer(html)
    while let token = tokens.next() {
      if case .text = token { continue }
      return true
    }
    return false
  }

  private static func untagged(_ html: String) -> String {
    var tokens = HTMLTokenizer(html)
    var text = ""
    var links: [String] = []
    while let token = tokens.next() {
      switch token {
      case .text(let piece): text += resolved(piece.replacing("\n", with: " "))
      case .open(let name, let attributes):
        if ["script", "style"].contains(name) { tokens.skipContent(of: name) }
        if name == "a" { links.append(attributes.first { $0.name == "href" }?.value ?? "") }
        text += opening(name)
      case .close(let name):
        if name == "a", let link = links.popLast(), link.contains(":"), !text.hasSuffix(link) {
          text += " <\(link.singleLine)>"
        }
        text += closing(name)
      }
    }
    return text
  }

  private static func opening(_ tag: String) -> String {
    switch tag {
    case "li": "\n- "
    case "br": "\n"
    case _ where blocks.contains(tag): "\n"
    default: ""
    }
  }

  private static func closing(_ tag: String) -> String {
    switch tag {
    case "td", "th": "  "
    case _ where blocks.contains(tag): "\n"
    default: ""
    }
  }

  /// Without blanks around lines, and without more than one empty line.
  private static func lines(_ text: String) -> String {
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let line = String(line).singleLine
      if line.isEmpty, lines.last?.isEmpty ?? true { continue }
      lines.append(line)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}

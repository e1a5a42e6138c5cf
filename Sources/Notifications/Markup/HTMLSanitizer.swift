// SPDX-License-Identifier: MIT

/// Lets of HTML through what cannot do anything but look like something, as nh3 does for Superset.
struct HTMLSanitizer {
  /// Attributes by tag.
  let tags: [String: Set<String>]

  private static let tableAttributes: Set = ["colspan", "rowspan", "halign", "border", "class"]
  private static let tables = ["table", "th", "tr", "td", "thead", "tbody", "tfoot"]
  private static let plain = [
    "b", "blockquote", "br", "code", "div", "em", "i", "li", "ol", "p", "strong", "ul",
  ]

  /// What a description may hold.
  static let message = HTMLSanitizer(
    tags: Dictionary(
      plain.map { ($0, []) } + tables.map { ($0, tableAttributes) }
        + [("a", ["href", "title"]), ("abbr", ["title"]), ("acronym", ["title"])],
      uniquingKeysWith: { $1 }))

  /// What stands in these goes with them.
  private static let hidden: Set = ["script", "style"]
  /// Elements in each other; a page that has more of them means harm.
  private static let depthLimit = 100
  private static let schemes: Set = ["http", "https", "mailto"]

  /// HTML that is whole in itself: every element that it begins it ends, and no other.
  func cleaned(_ html: String) -> String {
    var tokens = HTMLTokenizer(html)
    var output = ""
    var open: [String] = []
    while let token = tokens.next() {
      switch token {
      case .text(let text): output += HTMLText.escapedText(text)
      case .open(let name, _) where Self.hidden.contains(name): tokens.skipContent(of: name)
      case .open(let name, let attributes):
        guard let allowed = tags[name], open.count < Self.depthLimit else { continue }
        // A paragraph ends where the next one begins, and so does an item.
        if ["p", "li"].contains(name), open.last == name { output += "</\(open.removeLast())>" }
        output += opened(name, attributes.filter { allowed.contains($0.name) })
        if name != "br" { open.append(name) }
      case .close(let name):
        guard let place = open.lastIndex(of: name) else { continue }
        for name in open[place...].reversed() { output += "</\(name)>" }
        open.removeSubrange(place...)
      }
    }
    for name in open.reversed() { output += "</\(name)>" }
    return output
  }

  private func opened(_ name: String, _ attributes: [HTMLTokenizer.Attribute]) -> String {
    var output = "<\(name)"
    for attribute in attributes where attribute.name != "href" || Self.isHarmless(attribute.value) {
      output += " \(attribute.name)=\"\(HTMLText.escaped(attribute.value))\""
    }
    if name == "a" { output += " rel=\"noopener noreferrer\"" }
    return output + ">"
  }

  /// Whether a link leads to a page or a mailbox; relative ones lead to where the reader is.
  private static func isHarmless(_ link: String) -> Bool {
    // Browsers leave these out before they look.
    let link = link.unicodeScalars.filter { $0.value > 0x20 && $0.value != 0x7F }
    let start = link.prefix { !"/?#".unicodeScalars.contains($0) }
    guard let colon = start.firstIndex(of: ":") else { return true }
    return schemes.contains(String(String.UnicodeScalarView(start[..<colon])).lowercased())
  }
}

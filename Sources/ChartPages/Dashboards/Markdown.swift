// SPDX-License-Identifier: MIT

/// The part of Markdown that dashboards use: headings, lists, quotes, code and emphasis.
///
/// Tags of HTML are left out and their text is kept; links and pictures become their words.
enum Markdown {
  /// Longer ones are cut: no component shows as much.
  private static let longest = 20_000

  static func markup(_ text: String) -> Markup {
    let text = String(text.unicodeScalars.prefix(longest))
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map(String.init)
    var output = Markup()
    var rest = lines[...]
    while let line = rest.first {
      if line.allSatisfy(\.isWhitespace) {
        rest.removeFirst()
      } else {
        output += block(&rest)
      }
    }
    return output
  }

  private static func block(_ rest: inout ArraySlice<String>) -> Markup {
    let line = rest[rest.startIndex].trimmed
    if line.hasPrefix("```") { return code(&rest) }
    if let heading = heading(line) {
      rest.removeFirst()
      return heading
    }
    if line.count >= 3, line.allSatisfy({ "-*_ ".contains($0) }),
      Set(line).subtracting([" "]).count == 1
    {
      rest.removeFirst()
      return Markup(empty: "hr", [:])
    }
    if item(line) != nil { return list(&rest) }
    if line.hasPrefix(">") { return quote(&rest) }
    return paragraph(&rest)
  }

  private static func code(_ rest: inout ArraySlice<String>) -> Markup {
    rest.removeFirst()
    var lines = Markup()
    while let line = rest.popFirst(), !line.trimmed.hasPrefix("```") {
      lines += Markup(text: line) + Markup("\n")
    }
    return Markup("pre", lines)
  }

  private static func heading(_ line: String) -> Markup? {
    let depth = line.prefix { $0 == "#" }.count
    guard (1...6).contains(depth), line.dropFirst(depth).first == " " else { return nil }
    let words = inline(line.dropFirst(depth).trimmed)
    switch depth {
    case 1: return Markup("h1", ["dir": "auto"], words)
    case 2: return Markup("h2", ["dir": "auto"], words)
    case 3: return Markup("h3", ["dir": "auto"], words)
    case 4: return Markup("h4", ["dir": "auto"], words)
    case 5: return Markup("h5", ["dir": "auto"], words)
    default: return Markup("h6", ["dir": "auto"], words)
    }
  }

  private static func item(_ line: String) -> (isNumbered: Bool, text: Substring)? {
    if let first = line.first, "-*+".contains(first), line.dropFirst().first == " " {
      return (false, line.dropFirst(2))
    }
    let digits = line.prefix { $0.isASCII && $0.isNumber }
    let after = line.dropFirst(digits.count)
    guard !digits.isEmpty, after.hasPrefix(". ") || after.hasPrefix(") ") else { return nil }
    return (true, after.dropFirst(2))
  }

  private static func list(_ rest: inout ArraySlice<String>) -> Markup {
    var items = Markup()
    let isNumbered = rest.first.flatMap { item($0.trimmed)?.isNumbered } ?? false
    while let line = rest.first, let item = item(line.trimmed), item.isNumbered == isNumbered {
      items += Markup("li", ["dir": "auto"], inline(item.text.trimmed))
      rest.removeFirst()
    }
    return isNumbered ? Markup("ol", items) : Markup("ul", items)
  }

  private static func quote(_ rest: inout ArraySlice<String>) -> Markup {
    var words: [String] = []
    while let line = rest.first?.trimmed, line.hasPrefix(">") {
      words.append(line.dropFirst().trimmed)
      rest.removeFirst()
    }
    return Markup("blockquote", ["dir": "auto"], inline(words.joined(separator: " ")))
  }

  private static func paragraph(_ rest: inout ArraySlice<String>) -> Markup {
    var words: [String] = []
    while let line = rest.first?.trimmed, !line.isEmpty, heading(line) == nil, item(line) == nil,
      !line.hasPrefix("```"), !line.hasPrefix(">") || words.isEmpty
    {
      words.append(line)
      rest.removeFirst()
    }
    // What begins like something else and is not it is a paragraph all the same.
    if words.isEmpty, let line = rest.popFirst() { words = [line] }
    let content = inline(words.joined(separator: " "))
    return content.bytes.isEmpty ? content : Markup("p", ["dir": "auto"], content)
  }

  private static func inline(_ text: String) -> Markup { MarkdownInline.markup(text) }
}

extension StringProtocol {
  fileprivate var trimmed: String {
    let start = drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }
}

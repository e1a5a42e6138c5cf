// SPDX-License-Identifier: MIT

/// What stands within a line of Markdown.
enum MarkdownInline {
  /// Characters between two marks that belong together.
  private static let reach = 500

  static func markup(_ text: String, depth: Int = 0) -> Markup {
    var output = Markup()
    var plain = ""
    var rest = Array(text)[...]
    while let character = rest.first {
      if let (piece, length) = piece(rest, character, depth) {
        output += Markup(text: plain) + piece
        plain = ""
        rest = rest.dropFirst(length)
      } else {
        plain.append(character)
        rest = rest.dropFirst()
      }
    }
    return output + Markup(text: plain)
  }

  /// A piece of markup at the beginning, and how many characters it takes.
  private static func piece(
    _ text: ArraySlice<Character>, _ first: Character, _ depth: Int
  ) -> (Markup, Int)? {
    guard depth < 8 else { return nil }
    switch first {
    case "\\":
      guard text.count > 1, let next = text.dropFirst().first, next.isPunctuation || next.isSymbol
      else { return nil }
      return (Markup(text: String(next)), 2)
    case "`":
      guard let end = end(of: 1, text) else { return nil }
      return (Markup("code", Markup(text: String(text.dropFirst().prefix(end - 2)))), end)
    case "*", "_": return emphasis(text, first, depth)
    case "[": return link(text, depth)
    case "!":
      guard let (words, length) = link(text.dropFirst(), depth) else { return nil }
      return (words, length + 1)
    case "<": return tag(text)
    default: return nil
    }
  }

  /// Up to and with the next one of the same mark, that is once or twice its first character.
  private static func end(of count: Int, _ text: ArraySlice<Character>) -> Int? {
    guard let mark = text.first else { return nil }
    // Far away marks do not belong together, and to look for them would take long.
    let last = min(text.endIndex, text.startIndex + reach) - count
    var place = text.startIndex + count + 1
    while place <= last {
      if text[place] == mark, count == 1 || text[place + 1] == mark {
        return place - text.startIndex + count
      }
      place += 1
    }
    return nil
  }

  private static func emphasis(
    _ text: ArraySlice<Character>, _ mark: Character, _ depth: Int
  ) -> (Markup, Int)? {
    let isStrong = text.dropFirst().first == mark
    let count = isStrong ? 2 : 1
    guard text.dropFirst(count).first?.isWhitespace == false, let end = end(of: count, text)
    else { return nil }
    let inner = String(text.dropFirst(count).prefix(end - count * 2))
    let words = markup(inner, depth: depth + 1)
    return (isStrong ? Markup("strong", words) : Markup("em", words), end)
  }

  /// `[words](address)`: the words alone.
  private static func link(_ text: ArraySlice<Character>, _ depth: Int) -> (Markup, Int)? {
    guard text.first == "[" else { return nil }
    let words = text.dropFirst().prefix(reach).prefix { $0 != "]" }
    let after = text.dropFirst(words.count + 1)
    guard after.first == "]", after.dropFirst().first == "(" else { return nil }
    let address = after.dropFirst(2).prefix(reach).prefix { $0 != ")" }
    guard after.dropFirst(address.count + 2).first == ")" else { return nil }
    let inner = markup(String(words), depth: depth + 1)
    return (Markup("u", inner), words.count + address.count + 4)
  }

  /// A tag and nothing of it, but for a new line.
  private static func tag(_ text: ArraySlice<Character>) -> (Markup, Int)? {
    let name = text.dropFirst().first
    guard let name, name.isLetter || name == "/" || name == "!" else { return nil }
    let inner = text.prefix(reach).prefix { $0 != ">" }
    guard text.dropFirst(inner.count).first == ">" else { return nil }
    let isBreak = String(inner.dropFirst().prefix(2)).lowercased() == "br"
    return (isBreak ? Markup(empty: "br", [:]) : Markup(), inner.count + 1)
  }
}

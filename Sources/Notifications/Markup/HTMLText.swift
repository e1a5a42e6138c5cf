// SPDX-License-Identifier: MIT

/// What HTML says, and how what is said stands in HTML.
enum HTMLText {
  /// Text of any origin, in an element or in an attribute's quotes.
  static func escaped(_ text: String) -> String {
    var output: [UInt8] = []
    output.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): output += "&amp;".utf8
      case UInt8(ascii: "<"): output += "&lt;".utf8
      case UInt8(ascii: ">"): output += "&gt;".utf8
      case UInt8(ascii: "\""): output += "&quot;".utf8
      case 0x09, 0x0A, 0x20...: output.append(byte)
      default: output.append(0x20)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The same of a text of HTML, whose references to characters stay what they are.
  static func escapedText(_ html: String) -> String {
    var output = ""
    for piece in pieces(of: html) {
      switch piece {
      case .text(let text): output += escaped(text)
      case .reference(let name): output += character(name).map(escaped) ?? "&\(name);"
      }
    }
    return output
  }

  /// What a text of HTML says; a name that is not known here stays as it is.
  static func resolved(_ html: String) -> String {
    guard html.utf8.contains(UInt8(ascii: "&")) else { return html }
    var output = ""
    for piece in pieces(of: html) {
      switch piece {
      case .text(let text): output += text
      case .reference(let name): output += character(name) ?? "&\(name);"
      }
    }
    return output
  }

  private enum Piece {
    case text(String)
    /// Without its ampersand and its semicolon.
    case reference(String)
  }

  private static func pieces(of html: String) -> [Piece] {
    var pieces: [Piece] = []
    var text = html[...]
    var plain = ""
    while let start = text.firstIndex(of: "&") {
      plain += text[..<start]
      let rest = text[text.index(after: start)...]
      // The longest name has 31 letters.
      let name = rest.prefix(33).prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "#") }
      if !name.isEmpty, name.endIndex < rest.endIndex, rest[name.endIndex] == ";", isSound(name) {
        pieces += [.text(plain), .reference(String(name))]
        plain = ""
        text = rest[rest.index(after: name.endIndex)...]
      } else {
        plain += "&"
        text = rest
      }
    }
    return pieces + [.text(plain + text)]
  }

  private static func isSound(_ name: Substring) -> Bool {
    guard name.hasPrefix("#") else { return !name.contains("#") && name.first?.isLetter == true }
    return number(name) != nil
  }

  private static func number(_ name: some StringProtocol) -> UInt32? {
    let digits = name.dropFirst()
    return digits.lowercased().hasPrefix("x")
      ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
  }

  private static func character(_ name: String) -> String? {
    guard name.hasPrefix("#") else { return names[name] }
    return number(name).flatMap { Unicode.Scalar($0 == 0 ? 0xFFFD : $0) }.map(String.init)
      ?? "\u{FFFD}"
  }

  /// Those that people write, and those in which links hide what they are.
  private static let names = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "copy": "©",
    "reg": "®", "trade": "™", "hellip": "…", "ndash": "–", "mdash": "—", "laquo": "«",
    "raquo": "»", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "bdquo": "„",
    "bull": "•", "middot": "·", "euro": "€", "pound": "£", "deg": "°", "times": "×", "sect": "§",
    "para": "¶", "plusmn": "±", "rarr": "→", "larr": "←", "auml": "ä", "ouml": "ö", "uuml": "ü",
    "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "eacute": "é", "egrave": "è",
    "agrave": "à", "ccedil": "ç", "colon": ":", "sol": "/", "Tab": "\t", "NewLine": "\n",
    "num": "#", "quest": "?", "commat": "@", "period": ".",
  ]
}

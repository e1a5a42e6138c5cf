// SPDX-License-Identifier: MIT

/// A mailbox, with the name of its owner where one is told; RFC 5322.
struct MailAddress: Hashable {
  var name: String?
  let address: String

  /// `superset@example.com` or `Superset <superset@example.com>`.
  init(_ text: String) throws(NotificationError) {
    var address = text[...]
    if let start = text.lastIndex(of: "<"), text.last == ">" {
      address = text[text.index(after: start)...].dropLast()
      name = Self.unquoted(text[..<start].trimmed)
    }
    guard Self.isSound(address) else { throw .badAddress(text) }
    self.address = String(address)
  }

  /// The address alone.
  init(mailbox address: String) throws(NotificationError) {
    guard Self.isSound(address[...]) else { throw .badAddress(address) }
    self.address = address
  }

  /// What a header like To holds: addresses between commas.
  static func list(_ text: String) throws(NotificationError) -> [MailAddress] {
    var list: [MailAddress] = []
    for part in parts(of: text) { list.append(try MailAddress(String(part))) }
    return list
  }

  /// Words of which some are names: `Ann Lee <ann@example.com>`.
  static func addresses(_ words: [String]) throws(NotificationError) -> [String] {
    var found: [String] = []
    var pending: [String] = []
    for word in words {
      if word.hasPrefix("<") {
        // What came before it and is no address was its owner's name.
        found += try pending.filter { $0.contains("@") }.map(checked)
        pending = []
        found.append(try checked(word))
      } else {
        pending.append(word)
      }
    }
    found += try pending.map(checked)
    var seen: Set<String> = []
    return found.filter { seen.insert($0).inserted }
  }

  private static func checked(_ word: String) throws(NotificationError) -> String {
    let isBracketed = word.hasPrefix("<") && word.hasSuffix(">") && word.count > 1
    return try MailAddress(mailbox: String(isBracketed ? word.dropFirst().dropLast() : word[...]))
      .address
  }

  /// Also a local mailbox, without a domain. Quoted ones and comments are none: who has these knows another way.
  private static func isSound(_ address: Substring) -> Bool {
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }),
      address.utf8.count <= 320
    else { return false }
    let isLiteral = parts.count == 2 && parts[1].hasPrefix("[") && parts[1].hasSuffix("]")
    let checked =
      isLiteral ? parts[0] + parts[1].dropFirst().dropLast().filter { $0 != ":" } : address
    return checked.unicodeScalars.allSatisfy { scalar in
      !"<>()[]\\,;:\"".unicodeScalars.contains(scalar)
        && !scalar.properties.isWhitespace && scalar.properties.generalCategory != .control
        && scalar.properties.generalCategory != .format
    }
  }

  private static func unquoted(_ text: Substring) -> String? {
    guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else {
      return text.isEmpty ? nil : String(text)
    }
    var name = ""
    var isEscaped = false
    for character in text.dropFirst().dropLast() {
      if character == "\\", !isEscaped {
        isEscaped = true
        continue
      }
      name.append(character)
      isEscaped = false
    }
    return name
  }

  /// A comma in a quoted name ends nothing.
  private static func parts(of text: String) -> [Substring] {
    var parts: [Substring] = []
    var start = text.startIndex
    var isQuoted = false
    var isEscaped = false
    for index in text.indices {
      let character = text[index]
      if isEscaped {
        isEscaped = false
      } else if character == "\\" {
        isEscaped = isQuoted
      } else if character == "\"" {
        isQuoted.toggle()
      } else if character == ",", !isQuoted {
        parts.append(text[start..<index].trimmed)
        start = text.index(after: index)
      }
    }
    parts.append(text[start...].trimmed)
    return parts.filter { !$0.isEmpty }
  }
}

extension Substring {
  /// Without blanks around it.
  var trimmed: Substring {
    var text = drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}

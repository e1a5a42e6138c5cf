// SPDX-License-Identifier: MIT
import JSONValues

/// Texts as headers of mail hold them: ASCII in short lines, all else in encoded words; RFC 5322 and 2047.
enum HeaderText {
  /// Characters of a line without its end; 998 are the most that there may be.
  static let lineLength = 76
  /// Bytes of an encoded word's text: in Base64 and with what it is wrapped in, 72 characters.
  private static let wordSize = 45
  /// The same of the first word, which stands behind the name of its header.
  private static let firstWordSize = 30

  /// A header whose value is words for people, like Subject.
  static func unstructured(_ name: String, _ value: String) -> String {
    let value = value.singleLine
    let words = value.split(separator: " ").map(String.init)
    let needsNoCode = words.allSatisfy {
      isPlain($0) && $0.utf8.count < lineLength - name.utf8.count
    }
    return folded(name, needsNoCode ? words : encoded(value))
  }

  /// A header that holds mailboxes.
  static func addresses(_ name: String, _ addresses: [MailAddress]) -> String {
    let pieces = addresses.enumerated().flatMap { number, address in
      let comma = number == addresses.count - 1 ? "" : ","
      guard let name = address.name, !name.singleLine.isEmpty else {
        return [address.address + comma]
      }
      return phrase(name) + ["<\(address.address)>\(comma)"]
    }
    return folded(name, pieces)
  }

  /// The words one after another, on a new line where one has no place any more.
  static func folded(_ name: String, _ pieces: [String]) -> String {
    var output = "\(name):"
    var length = output.utf8.count
    for piece in pieces {
      let size = piece.utf8.count + 1
      let isFirst = length == name.utf8.count + 1
      if length + size > lineLength, !isFirst {
        output += "\r\n"
        length = 0
      }
      output += " " + piece
      length += size
    }
    return output
  }

  /// The name of a mailbox's owner.
  private static func phrase(_ name: String) -> [String] {
    let name = name.singleLine
    guard name.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }), !name.contains("=?"),
      name.utf8.count < lineLength / 2
    else { return encoded(name) }
    let isAtoms = name.utf8.allSatisfy { byte in
      Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber
        || byte == 0x20
    }
    if isAtoms { return [name] }
    let quoted = name.map { "\"\\".contains($0) ? "\\\($0)" : String($0) }.joined()
    return ["\"\(quoted)\""]
  }

  private static func isPlain(_ word: String) -> Bool {
    word.utf8.allSatisfy { (0x21..<0x7F).contains($0) } && !word.contains("=?")
  }

  /// Blanks between encoded words do not count: what is cut apart is read as one.
  private static func encoded(_ text: String) -> [String] {
    var words: [String] = []
    var piece: [UInt8] = []
    for scalar in text.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      if piece.count + bytes.count > (words.isEmpty ? firstWordSize : wordSize) {
        words.append(encodedWord(piece))
        piece = []
      }
      piece += bytes
    }
    return piece.isEmpty ? words : words + [encodedWord(piece)]
  }

  private static func encodedWord(_ bytes: [UInt8]) -> String {
    "=?utf-8?B?\(Base64.encode(bytes))?="
  }
}

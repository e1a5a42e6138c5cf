// SPDX-License-Identifier: MIT

extension SQLStatement {
  /// With `$1`, `$2` in the places of the question marks; without parameters a question mark is PostgreSQL's operator.
  var numbered: String {
    guard !parameters.isEmpty else { return text }
    var numbered = ""
    var count = 0
    var quote: Character?
    for character in text {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
      } else if quote == nil, character == "?" {
        count += 1
        numbered += "$\(count)"
        continue
      }
      numbered.append(character)
    }
    return numbered
  }
}

extension SQLValue {
  /// As PostgreSQL reads it, whatever the type of its place; nil for NULL.
  var postgresText: String? {
    switch self {
    case .null: nil
    case .integer(let number): String(number)
    case .real(let number): "\(number)"
    case .text(let text): text
    case .blob(let bytes): "\\x" + bytes.map(Self.hexadecimal).joined()
    }
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}

// SPDX-License-Identifier: MIT

/// A parameter of a MIME header, as `filename` is one of Content-Disposition; RFC 2231 and 5987.
enum HeaderParameter {
  /// Characters of a piece of a value; a line holds one.
  private static let pieceSize = 60

  /// `filename="a.csv"`, or in pieces where it is long or not of ASCII.
  static func pieces(_ name: String, _ value: String) -> [String] {
    let value = value.singleLine
    let isPlain = value.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
    // Some read encoded words in quotes, too.
    if isPlain, value.utf8.count <= pieceSize, !value.contains("=?") {
      return ["\(name)=\"\(escaped(value))\""]
    }
    let pieces = pieces(of: escapedCharacters(value))
    guard pieces.count > 1 else { return ["\(name)*=utf-8''\(pieces.joined())"] }
    return pieces.enumerated().map { number, piece in
      "\(name)*\(number)*=\(number == 0 ? "utf-8''" : "")\(piece)"
    }
  }

  private static func escaped(_ text: String) -> String {
    text.map { "\"\\".contains($0) ? "\\\($0)" : String($0) }.joined()
  }

  /// Each character as it is, or with its bytes as `%C3%B6`.
  private static func escapedCharacters(_ text: String) -> [String] {
    text.unicodeScalars.map { scalar in
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
      if isPlain || "-._~".unicodeScalars.contains(scalar) { return String(scalar) }
      return String(scalar).utf8.map { byte in
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }.joined()
    }
  }

  /// No character is cut apart: not every reader puts the bytes together before it decodes them.
  private static func pieces(of units: [String]) -> [String] {
    var pieces: [String] = []
    var piece = ""
    for unit in units {
      if piece.utf8.count + unit.utf8.count > pieceSize {
        pieces.append(piece)
        piece = ""
      }
      piece += unit
    }
    return pieces + [piece]
  }
}

// SPDX-License-Identifier: MIT

/// A parameter of a MIME header, as `filename` is one of Content-Disposition; RFC 2231 and 5987.
enum HeaderParameter {
  /// Characters of a piece of a value; a line holds one.
  private static let pieceSize = 60

  /// `filename="a.csv"`, or in pieces where it is long or not of ASCII.
  static func pieces(_ name: String, _ value: String) -> [String] {
    let value = value.singleLine
    if value.utf8.count <= pieceSize, value.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) {
      return ["\(name)=\"\(escaped(value))\""]
    }
    let pieces = pieces(of: escapedBytes(value))
    guard pieces.count > 1 else { return ["\(name)*=utf-8''\(pieces.joined())"] }
    return pieces.enumerated().map { number, piece in
      "\(name)*\(number)*=\(number == 0 ? "utf-8''" : "")\(piece)"
    }
  }

  private static func escaped(_ text: String) -> String {
    text.map { "\"\\".contains($0) ? "\\\($0)" : String($0) }.joined()
  }

  /// Each byte as it is, or as `%C3`.
  private static func escapedBytes(_ text: String) -> [String] {
    text.utf8.map { byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || (0x30...0x39).contains(byte))
      if isPlain || "-._~".unicodeScalars.contains(scalar) { return String(scalar) }
      let digits = String(byte, radix: 16, uppercase: true)
      return digits.count == 1 ? "%0\(digits)" : "%\(digits)"
    }
  }

  /// No escaped byte is cut apart.
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

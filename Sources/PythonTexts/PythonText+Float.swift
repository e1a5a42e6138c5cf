// SPDX-License-Identifier: MIT

extension Unicode.Scalar {
  /// `str.isspace`, and `\s` of a regular expression.
  package var isPythonSpace: Bool {
    (0x1C...0x1F).contains(value) || properties.isWhitespace
  }
}

extension PythonText {
  /// What `float` makes of a text; nil where it raises an error.
  package static func float(_ text: String) -> Double? {
    let start = text.unicodeScalars.drop { $0.isPythonSpace }
    let end = start.reversed().drop { $0.isPythonSpace }
    let word = String(String.UnicodeScalarView(end.reversed())).lowercased()
    let bare = word.hasPrefix("-") || word.hasPrefix("+") ? String(word.dropFirst()) : word
    switch bare {
    case "inf", "infinity": return word.hasPrefix("-") ? -.infinity : .infinity
    case "nan": return .nan
    default: break
    }
    // What Swift reads besides, as hexadecimal floats, has other letters.
    guard bare.utf8.allSatisfy({ (0x30...0x39).contains($0) || "._e+-".utf8.contains($0) })
    else { return nil }
    let pieces = bare.split(separator: "_", omittingEmptySubsequences: false)
    let areJoined = zip(pieces, pieces.dropFirst()).allSatisfy {
      ($0.last?.isNumber ?? false) && ($1.first?.isNumber ?? false)
    }
    guard areJoined else { return nil }
    return Double(word.filter { $0 != "_" })
  }
}

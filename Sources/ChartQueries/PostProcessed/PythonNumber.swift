// SPDX-License-Identifier: MIT

/// Numbers as Python's `float()` reads them.
enum PythonNumber {
  /// Nil for a text that is no number.
  static func real(_ text: String) -> Double? {
    let trimmed = text.trimmingBlanks
    guard !trimmed.isEmpty, !trimmed.contains(where: { "xXpP".contains($0) }) else { return nil }
    return Double(trimmed)
  }
}

extension String {
  /// `strip()`
  var trimmingBlanks: String {
    let start = unicodeScalars.drop { $0.properties.isWhitespace }
    let end = start.reversed().drop { $0.properties.isWhitespace }
    return String(String.UnicodeScalarView(end.reversed()))
  }
}

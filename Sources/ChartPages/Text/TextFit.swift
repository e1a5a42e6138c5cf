// SPDX-License-Identifier: MIT

/// How much room a text takes, and what of it fits.
struct TextFit {
  let size: Double
  var isBold = false

  /// Of all printable letters, bold ones are on average by so much wider.
  private static let boldness = 1.13

  private var unit: Double { size / 1000 * (isBold ? Self.boldness : 1) }

  func width(of text: String) -> Double {
    Double(text.unicodeScalars.reduce(0) { $0 + FontMetrics.width(of: $1) }) * unit
  }

  /// The text, or its beginning and an ellipsis; nothing where no letter of it fits.
  func fitted(_ text: String, into width: Double) -> String {
    // Nothing that is longer is measured to its end.
    if text.utf8.count < 2000, self.width(of: text) <= width { return text }
    let ellipsis = self.width(of: "…")
    var used = ellipsis
    var output = ""
    for character in text {
      used += self.width(of: String(character))
      guard used <= width else { break }
      output.append(character)
    }
    guard output.count < text.count else { return text }
    guard !output.isEmpty else { return "" }
    return (output.hasSuffix(" ") ? String(output.dropLast()) : output) + "…"
  }

  /// The text in lines that fit, broken at blanks; the last one ends in an ellipsis where there are too many.
  func lines(_ text: String, width: Double, limit: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ").prefix(400) {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if line.isEmpty || self.width(of: longer) <= width {
        line = longer
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    if !line.isEmpty { lines.append(line) }
    guard lines.count > limit else { return lines.map { fitted($0, into: width) } }
    let rest = lines[(limit - 1)...].joined(separator: " ")
    return lines.prefix(limit - 1).map { fitted($0, into: width) } + [fitted(rest, into: width)]
  }

  /// The greatest size at which the text fits, not above a limit.
  static func size(of text: String, width: Double, atMost limit: Double) -> Double {
    let needed = TextFit(size: 1).width(of: text)
    guard needed > 0 else { return limit }
    return max(1, min(limit, (width / needed).rounded(.down)))
  }
}

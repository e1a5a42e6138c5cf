// SPDX-License-Identifier: MIT

/// Text from data as it may be shown: in one line, without what is not seen, no longer than anybody reads.
enum PlainText {
  /// Longer texts are cut; the longest name in a chart is far shorter.
  static let longest = 2000

  /// Controls become blanks; marks that turn the direction of what follows are left out, since names are isolated.
  static func cleaned(_ text: String, limit: Int = longest) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }), text.utf8.count <= limit { return text }
    var output = String.UnicodeScalarView()
    var count = 0
    for scalar in text.unicodeScalars {
      guard count < limit else {
        output.append("…")
        break
      }
      guard let kept = kept(scalar) else { continue }
      output.append(kept)
      count += 1
    }
    return String(output)
  }

  private static func kept(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x00..<0x20, 0x7F...0x9F, 0x2028, 0x2029: " "
    // Embeddings, overrides and isolates, and marks of direction.
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: nil
    case 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: nil
    case let code where code & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(code): nil
    default: scalar
    }
  }

  /// Whether the first letter that has a direction is written from right to left.
  static func isRightToLeft(_ text: String) -> Bool {
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF: return true
      case 0x41...0x5A, 0x61...0x7A: return false
      default:
        if scalar.value > 0x7F, scalar.properties.isAlphabetic { return false }
      }
    }
    return false
  }
}

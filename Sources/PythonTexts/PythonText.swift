// SPDX-License-Identifier: MIT

/// How Python writes texts and floats.
package enum PythonText {
  /// `repr` of a text: in single quotes, unless it has some and no double ones.
  package static func quoted(_ text: String) -> String {
    let quote: Unicode.Scalar =
      text.unicodeScalars.contains("'") && !text.unicodeScalars.contains("\"") ? "\"" : "'"
    var result = String.UnicodeScalarView([quote])
    for scalar in text.unicodeScalars {
      if scalar == quote || scalar == "\\" {
        result.append("\\")
        result.append(scalar)
      } else if isPrintable(scalar) {
        result.append(scalar)
      } else {
        result.append(contentsOf: escape(scalar).unicodeScalars)
      }
    }
    result.append(quote)
    return String(result)
  }

  /// Whether `repr` shows it as it is.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == " " { return true }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      return false
    default: return true
    }
  }

  /// The escape that stands for a code point.
  package static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    default:
      let digits = String(scalar.value, radix: 16)
      switch scalar.value {
      case 0...0xFF: return "\\x" + padded(digits, 2)
      case 0x100...0xFFFF: return "\\u" + padded(digits, 4)
      default: return "\\U" + padded(digits, 8)
      }
    }
  }

  private static func padded(_ digits: String, _ width: Int) -> String {
    String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// The shortest text that reads back as the same float, as `repr` writes it.
  ///
  /// - Parameter forJSON: how `json.dumps` names what is no number.
  package static func of(_ number: Double, forJSON: Bool = false) -> String {
    if number.isNaN { return forJSON ? "NaN" : "nan" }
    if number.isInfinite {
      return (number < 0 ? "-" : "") + (forJSON ? "Infinity" : "inf")
    }
    // Swift goes over to exponents from 2^53 on, Python from 10^16.
    guard number.magnitude >= 0x1p53, number.magnitude < 1e16 else { return number.description }
    return "\(Int(number)).0"
  }

  /// The digits of the shortest text, and the power of ten of the first of them.
  package static func shortestDigits(_ number: Double) -> (digits: String, exponent: Int) {
    var mantissa = number.description
    var exponent = 0
    if let mark = mantissa.firstIndex(of: "e") {
      exponent = Int(mantissa[mantissa.index(after: mark)...].drop { $0 == "+" }) ?? 0
      mantissa = String(mantissa[..<mark])
    }
    let parts = mantissa.split(separator: ".", omittingEmptySubsequences: false)
    let whole = String(parts.first ?? "")
    let all = whole + (parts.count > 1 ? String(parts[1]) : "")
    exponent += whole.count - 1
    let leading = all.prefix { $0 == "0" }.count
    guard leading < all.count else { return ("0", 0) }
    var digits = all.dropFirst(leading)
    while digits.count > 1, digits.last == "0" { digits.removeLast() }
    return (String(digits), exponent - leading)
  }

  /// `1.5e+20`.
  package static func scientific(_ digits: String, exponent: Int, mark: String = "e") -> String {
    let rest = digits.dropFirst()
    let power = String(exponent.magnitude)
    return digits.prefix(1) + (rest.isEmpty ? "" : "." + rest) + mark
      + (exponent < 0 ? "-" : "+") + (power.count < 2 ? "0" : "") + power
  }
}

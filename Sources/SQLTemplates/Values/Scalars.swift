// SPDX-License-Identifier: MIT
import PythonTexts

/// Python counts and compares texts by code points, where Swift would by characters.
typealias Scalars = [Unicode.Scalar]

extension Unicode.Scalar {
  /// Where `str.splitlines` splits; `\r\n` counts once.
  var isLineBreak: Bool {
    switch value {
    case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  var isPythonLetter: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }

  /// `str.isdecimal`, `str.isdigit` and `str.isnumeric` of one code point.
  var isDecimal: Bool { properties.numericType == .decimal }
  var isDigit: Bool { isDecimal || properties.numericType == .digit }
  var isNumeric: Bool { properties.numericType != nil }

  var isPythonAlphanumeric: Bool { isPythonLetter || isNumeric }

  /// `\w` of a regular expression.
  var isWord: Bool { self == "_" || isPythonAlphanumeric }

  var isASCIIDigit: Bool { (0x30...0x39).contains(value) }

  /// Letters that have a case.
  var isCased: Bool { properties.isLowercase || properties.isUppercase || isTitlecase }
  var isTitlecase: Bool { properties.generalCategory == .titlecaseLetter }
}

extension String {
  init(_ scalars: some Sequence<Unicode.Scalar>) {
    var view = UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }

  var scalars: Scalars { Array(unicodeScalars) }

  /// Same code points; `==` would hold composed and decomposed letters for the same.
  func isExactly(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }

  /// Python's order: by code points, which for UTF-8 is by bytes.
  func precedes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}

extension Collection where Element == Unicode.Scalar {
  /// Without what stands at its ends and is to be dropped.
  func stripped(
    left: Bool = true, right: Bool = true,
    where isDropped: (Unicode.Scalar) -> Bool = \.isPythonSpace
  ) -> [Unicode.Scalar] {
    var rest = Array(self)[...]
    if left { rest = rest.drop(while: isDropped) }
    if right {
      while let last = rest.last, isDropped(last) { rest.removeLast() }
    }
    return Array(rest)
  }
}

/// A text as a key: equal only where each byte is.
struct ExactText: Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: ExactText, right: ExactText) -> Bool { left.text.isExactly(right.text) }

  func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
  }
}

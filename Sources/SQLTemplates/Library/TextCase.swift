// SPDX-License-Identifier: MIT

/// Upper and lower case as Python has them.
enum TextCase {
  static func capitalized(_ text: String) -> String {
    guard let first = text.unicodeScalars.first else { return "" }
    return first.properties.titlecaseMapping
      + String(text.unicodeScalars.dropFirst()).lowercased()
  }

  /// `str.title`: a letter after none is a capital.
  static func titled(_ text: String) -> String {
    var result = ""
    var wasCased = false
    for scalar in text.unicodeScalars {
      result += wasCased ? scalar.properties.lowercaseMapping : scalar.properties.titlecaseMapping
      wasCased = scalar.isCased
    }
    return result
  }

  /// Jinja's `title`: words begin behind blanks, hyphens and opening brackets.
  static func headline(_ text: String) -> String {
    var result = ""
    var isStart = true
    for scalar in text.unicodeScalars {
      if scalar.isPythonSpace || "-({[<".unicodeScalars.contains(scalar) {
        result.unicodeScalars.append(scalar)
        isStart = true
      } else {
        let properties = scalar.properties
        result += isStart ? properties.uppercaseMapping : properties.lowercaseMapping
        isStart = false
      }
    }
    return result
  }

  static func swapped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      let properties = scalar.properties
      result +=
        properties.isUppercase ? properties.lowercaseMapping : properties.uppercaseMapping
    }
  }

  static func isLower(_ text: String) -> Bool {
    text.unicodeScalars.contains { $0.properties.isLowercase }
      && !text.unicodeScalars.contains { $0.properties.isUppercase || $0.isTitlecase }
  }

  static func isUpper(_ text: String) -> Bool {
    text.unicodeScalars.contains { $0.properties.isUppercase }
      && !text.unicodeScalars.contains { $0.properties.isLowercase || $0.isTitlecase }
  }

  static func isTitle(_ text: String) -> Bool {
    var wasCased = false
    var hasAny = false
    for scalar in text.unicodeScalars {
      if scalar.properties.isUppercase || scalar.isTitlecase {
        if wasCased { return false }
        hasAny = true
        wasCased = true
      } else if scalar.properties.isLowercase {
        guard wasCased else { return false }
      } else {
        wasCased = false
      }
    }
    return hasAny
  }
}

// SPDX-License-Identifier: MIT

/// The name of a result's column. A pivot puts several names into one, and marks commas that stand in them.
enum AnswerLabel {
  /// With its own commas as they are.
  static func unescaped(_ label: String) -> String { label.replacing("\\,", with: ",") }

  /// Superset splits every label where a blank follows a comma, as if each one came from a pivot.
  static func parts(of label: String) -> [String] {
    var parts: [[Unicode.Scalar]] = [[]]
    let scalars = Array(label.unicodeScalars)
    var place = 0
    while place < scalars.count {
      let isComma = scalars[place] == "," && (place == 0 || scalars[place - 1] != "\\")
      let isFollowed =
        place + 1 < scalars.count && scalars[place + 1].properties.isWhitespace
      if isComma && isFollowed {
        parts.append([])
        place += 2
      } else {
        parts[parts.count - 1].append(scalars[place])
        place += 1
      }
    }
    return parts.map { scalars in
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars)
      return unescaped(String(text))
    }
  }
}

// SPDX-License-Identifier: MIT

extension String {
  /// One line without what controls a terminal, or turns the direction of the text: for headers and names.
  var singleLine: String {
    var output = String.UnicodeScalarView()
    var wasBlank = true
    for scalar in unicodeScalars {
      let isBlank = scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
      switch scalar.value {
      // Embeddings and overrides of direction: a name that reads as another one.
      case 0x202A...0x202E, 0x2066...0x2069: continue
      default: break
      }
      if !isBlank { output.append(scalar) } else if !wasBlank { output.append(" ") }
      wasBlank = isBlank
    }
    if output.last == " " { output.removeLast() }
    return String(output)
  }
}

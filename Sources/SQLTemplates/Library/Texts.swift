// SPDX-License-Identifier: MIT

/// What filters and methods of texts share.
enum Texts {
  static func stripped(
    _ text: String, _ dropped: TemplateValue, left: Bool = true, right: Bool = true,
    _ renderer: Renderer
  ) throws(TemplateError) -> TemplateValue {
    try renderer.budget.step(text.utf8.count / 16 + 1)
    if dropped.isNone {
      return try renderer.text(text.unicodeScalars.stripped(left: left, right: right))
    }
    guard case .text(let letters) = dropped else {
      let name = (left ? right ? "" : "l" : "r") + "strip"
      throw .type("\(name) arg must be None or str")
    }
    let set = Set(letters.unicodeScalars)
    return try renderer.text(
      text.unicodeScalars.stripped(left: left, right: right) { set.contains($0) })
  }

  static func centered(
    _ text: String, _ width: Int, _ fill: String, _ renderer: Renderer
  ) throws(TemplateError) -> TemplateValue {
    let missing = width - text.unicodeScalars.count
    guard missing > 0 else { return try renderer.text(text) }
    // Python puts the odd one to the left where the width is odd.
    let left = missing / 2 + (missing & width & 1)
    return try renderer.text(
      try renderer.repeated(fill, left) + text + renderer.repeated(fill, missing - left))
  }

  /// - Parameter count: how many at most, all where it is negative.
  static func replaced(
    _ text: String, _ old: String, by new: String, _ count: Int, _ renderer: Renderer
  ) throws(TemplateError) -> String {
    let limit = count < 0 ? Int.max : count
    try renderer.budget.step(text.utf8.count / 4 + 1)
    let pieces =
      old.isEmpty ? letters(of: text, limit: limit) : TextSearch.split(text, by: old, limit: limit)
    let size = Renderer.checked
    let added = try size(pieces.count.multipliedReportingOverflow(by: new.utf8.count))
    try renderer.budget.produce(bytes: try size(added.addingReportingOverflow(text.utf8.count)))
    return pieces.joined(separator: new)
  }

  /// Where nothing is replaced by something it goes between all letters, before the first and behind the last.
  private static func letters(of text: String, limit: Int) -> [String] {
    let scalars = text.scalars
    guard limit > 0 else { return [text] }
    let cuts = min(limit - 1, scalars.count)
    return [""] + scalars.prefix(cuts).map { String([$0]) }
      + (limit - 1 >= scalars.count ? [""] : [String(scalars.dropFirst(cuts))])
  }

  /// `str.splitlines`.
  static func lines(of text: String, keepingEnds: Bool = false) -> [String] {
    let scalars = text.scalars
    var lines: [String] = []
    var start = 0
    var index = 0
    while index < scalars.count {
      guard scalars[index].isLineBreak else {
        index += 1
        continue
      }
      let end = index
      index +=
        scalars[index] == "\r" && index + 1 < scalars.count && scalars[index + 1] == "\n"
        ? 2 : 1
      lines.append(String(scalars[start..<(keepingEnds ? index : end)]))
      start = index
    }
    if start < scalars.count { lines.append(String(scalars[start...])) }
    return lines
  }

  /// Words between runs of blanks; at most so many cuts from the left or from the right.
  static func words(of text: String, limit: Int, fromRight: Bool = false) -> [String] {
    guard fromRight else {
      var rest = text.unicodeScalars.stripped(right: false)[...]
      var words: [String] = []
      while !rest.isEmpty {
        guard words.count < limit else {
          return words + [String(rest)]
        }
        let word = rest.prefix { !$0.isPythonSpace }
        words.append(String(word))
        rest = rest.dropFirst(word.count).drop { $0.isPythonSpace }
      }
      return words
    }
    let reversed = String(text.scalars.reversed())
    return words(of: reversed, limit: limit).reversed().map { String($0.scalars.reversed()) }
  }
}

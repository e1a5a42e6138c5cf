// SPDX-License-Identifier: MIT

/// Lines of a width, as Python's textwrap breaks them with Jinja's settings.
struct WordWrap {
  let width: Int
  let breaksLongWords: Bool
  let breaksOnHyphens: Bool

  /// Part of the text; not copied, since a long word is cut often.
  private typealias Chunk = ArraySlice<Unicode.Scalar>

  func lines(of text: String) -> [String] {
    var chunks = chunks(of: text.scalars)[...]
    var lines: [String] = []
    while !chunks.isEmpty {
      // Blanks at the beginning of a line fall away, but for the first line.
      if !lines.isEmpty, let first = chunks.first, isBlank(first) { chunks.removeFirst() }
      var line: [Chunk] = []
      var length = 0
      while let chunk = chunks.first, length + chunk.count <= width {
        line.append(chunk)
        length += chunk.count
        chunks.removeFirst()
      }
      if let chunk = chunks.first, chunk.count > width {
        let (taken, rest) = broken(chunk, room: width - length, isAlone: line.isEmpty)
        if !taken.isEmpty { line.append(taken) }
        if taken.count > 0 { chunks[chunks.startIndex] = rest }
        if rest.isEmpty { chunks.removeFirst() }
      }
      if let last = line.last, isBlank(last) { line.removeLast() }
      if !line.isEmpty { lines.append(String(line.joined())) }
    }
    return lines
  }

  private func isBlank(_ chunk: Chunk) -> Bool { chunk.allSatisfy(\.isPythonSpace) }

  /// What of a chunk that no line can hold goes to this one.
  private func broken(
    _ chunk: Chunk, room: Int, isAlone: Bool
  ) -> (taken: Chunk, rest: Chunk) {
    guard breaksLongWords else { return isAlone ? (chunk, []) : ([], chunk) }
    var end = max(1, room)
    if breaksOnHyphens, chunk.count > room, room > 0,
      let hyphen = chunk.prefix(room).lastIndex(of: "-"), hyphen > chunk.startIndex,
      chunk[..<hyphen].contains(where: { $0 != "-" })
    {
      end = hyphen + 1 - chunk.startIndex
    }
    if room <= 0 && !isAlone { return ([], chunk) }
    return (chunk.prefix(end), chunk.dropFirst(end))
  }

  // MARK: chunks

  /// Runs of blanks, and words; at hyphens within words a line may end.
  private func chunks(of text: Scalars) -> [Chunk] {
    var chunks: [Chunk] = []
    var start = 0
    while start < text.count {
      var end = start + 1
      if isSpace(text[start]) {
        while end < text.count, isSpace(text[end]) { end += 1 }
      } else if breaksOnHyphens, let dash = dashEnd(text, start) {
        end = dash
      } else {
        while end < text.count, !isSpace(text[end]), !breaks(text, before: end, from: start) {
          end += 1
        }
      }
      chunks.append(text[start..<end])
      start = end
    }
    return chunks
  }

  private func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || (0x09...0x0D).contains(scalar.value)
  }

  private func isLetter(_ text: Scalars, _ index: Int) -> Bool {
    text.indices.contains(index) && text[index].isWord && !text[index].isDecimal
  }

  private func endsWord(_ text: Scalars, _ index: Int) -> Bool {
    text.indices.contains(index)
      && (text[index].isWord || "!\"'&.,?".unicodeScalars.contains(text[index]))
  }

  /// Behind two hyphens or more between words.
  private func dashEnd(_ text: Scalars, _ start: Int) -> Int? {
    var end = start
    while end < text.count, text[end] == "-" { end += 1 }
    guard end - start >= 2, endsWord(text, start - 1), end < text.count, text[end].isWord else {
      return nil
    }
    return end
  }

  private func breaks(_ text: Scalars, before end: Int, from start: Int) -> Bool {
    guard breaksOnHyphens else { return false }
    let isAfterHyphen = text[end - 1] == "-" && end - 1 > start
    if isAfterHyphen {
      let isLong = isLetter(text, end - 2) && isLetter(text, end - 3)
      let isShort =
        isLetter(text, end - 2) && end >= 4 && text[end - 3] == "-"
        && isLetter(text, end - 4)
      let goesOn =
        isLetter(text, end)
        && (isLetter(text, end + 1)
          || end + 1 < text.count && text[end + 1] == "-" && isLetter(text, end + 2))
      if isLong || isShort, goesOn { return true }
    }
    return endsWord(text, end - 1) && dashEnd(text, end) != nil
  }
}

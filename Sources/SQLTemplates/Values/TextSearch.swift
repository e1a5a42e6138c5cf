// SPDX-License-Identifier: MIT

/// Where texts stand in texts, by bytes, which for UTF-8 finds the same as by code points.
enum TextSearch {
  /// The offset in bytes, or nil.
  static func first(of part: String, in text: String) -> Int? {
    first(of: Array(part.utf8), in: Array(text.utf8))
  }

  static func first(
    of part: [UInt8], in text: [UInt8], from start: Int = 0
  ) -> Int? {
    guard !part.isEmpty else { return start <= text.count ? start : nil }
    guard text.count - start >= part.count else { return nil }
    // As Knuth, Morris and Pratt do it: what a hostile template looks for shall not take longer.
    let borders = borders(of: part)
    var matched = 0
    for index in start..<text.count {
      while matched > 0, part[matched] != text[index] { matched = borders[matched - 1] }
      if part[matched] == text[index] { matched += 1 }
      if matched == part.count { return index + 1 - matched }
    }
    return nil
  }

  /// For each beginning of it the length of the longest end of that which it begins with, too.
  private static func borders(of part: [UInt8]) -> [Int] {
    var borders = [0]
    borders.reserveCapacity(part.count)
    var length = 0
    for byte in part.dropFirst() {
      while length > 0, part[length] != byte { length = borders[length - 1] }
      if part[length] == byte { length += 1 }
      borders.append(length)
    }
    return borders
  }

  /// Pieces between the separators; at most so many cuts, from the left.
  static func split(_ text: String, by separator: String, limit: Int = .max) -> [String] {
    let bytes = Array(text.utf8)
    let mark = Array(separator.utf8)
    var pieces: [String] = []
    var start = 0
    while pieces.count < limit, let found = first(of: mark, in: bytes, from: start) {
      pieces.append(String(decoding: bytes[start..<found], as: UTF8.self))
      start = found + mark.count
    }
    return pieces + [String(decoding: bytes[start...], as: UTF8.self)]
  }

  /// The same from the right.
  static func splitFromRight(_ text: String, by separator: String, limit: Int) -> [String] {
    let reversed = String(text.scalars.reversed())
    let mark = String(separator.scalars.reversed())
    return split(reversed, by: mark, limit: limit).reversed().map { String($0.scalars.reversed()) }
  }
}

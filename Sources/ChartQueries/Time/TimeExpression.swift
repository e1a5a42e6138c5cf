// SPDX-License-Identifier: MIT

/// Superset's functions of time: `DATEADD(DATETIME('today'), -1, month)`.
struct TimeExpression {
  private let text: String
  private let reader: TimeReader

  init(_ text: String, _ reader: TimeReader) {
    self.text = text
    self.reader = reader
  }

  func time() throws(ChartQueryError) -> CivilTime {
    guard let open = text.firstIndex(of: "("), text.last == ")" else { throw notUnderstood }
    let name = text[..<open].trimmingBlanks().uppercased()
    let arguments = Self.split(text[text.index(after: open)...].dropLast())
    switch (name, arguments.count) {
    case ("DATETIME", 1): return try reader.moment(try unquoted(arguments[0]))
    case ("DATEADD", 3):
      guard let count = Int(arguments[1]) else { throw notUnderstood }
      return try reader.shifted(try inner(arguments[0]), count, try unit(arguments[2]), text)
    case ("DATETRUNC", 2): return try inner(arguments[0]).truncated(to: try unit(arguments[1]))
    case ("LASTDAY", 2): return try lastDay(try inner(arguments[0]), try unit(arguments[1]))
    default: throw notUnderstood
    }
  }

  private var notUnderstood: ChartQueryError { .unsupported("the time '\(text)'") }

  private func inner(_ text: String) throws(ChartQueryError) -> CivilTime {
    try TimeExpression(text, reader).time()
  }

  private func unit(_ text: String) throws(ChartQueryError) -> TimeUnit {
    guard let unit = TimeUnit(rawValue: text.lowercased()) else { throw notUnderstood }
    return unit
  }

  private func unquoted(_ text: String) throws(ChartQueryError) -> String {
    guard text.count >= 2, let quote = text.first, quote == "'" || quote == "\"",
      text.last == quote
    else { throw notUnderstood }
    return String(text.dropFirst().dropLast())
  }

  /// Midnight of the last day: the next unit's beginning, less one day.
  private func lastDay(
    _ time: CivilTime, _ unit: TimeUnit
  ) throws(ChartQueryError) -> CivilTime {
    guard [.week, .month, .year].contains(unit) else { throw notUnderstood }
    let next = try reader.shifted(time.truncated(to: unit), 1, unit, text)
    return try reader.shifted(next, -1, .day, text)
  }

  /// Arguments at the top level: commas inside parentheses or quotes separate nothing.
  private static func split(_ text: Substring) -> [String] {
    var arguments = [""]
    var depth = 0
    var quote: Character?
    for character in text {
      switch character {
      case "'", "\"": quote = quote == nil ? character : quote == character ? nil : quote
      case "(" where quote == nil: depth += 1
      case ")" where quote == nil: depth -= 1
      default: break
      }
      if character == ",", depth == 0, quote == nil {
        arguments.append("")
      } else {
        arguments[arguments.count - 1].append(character)
      }
    }
    return arguments.map { $0[...].trimmingBlanks() }
  }
}

extension Substring {
  fileprivate func trimmingBlanks() -> String { String(self).trimmed(where: \.isWhitespace) }
}

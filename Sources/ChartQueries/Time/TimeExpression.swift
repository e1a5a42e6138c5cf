// SPDX-License-Identifier: MIT

/// Superset's functions of time: `DATEADD(DATETIME('today'), -1, month)`. What follows the expression is ignored, as there.
struct TimeExpression {
  private let text: String
  private let reader: TimeReader
  private var rest: Substring
  private var depth = 0

  /// Functions within functions; people need three, and each takes its part of the stack.
  private static let deepest = 64

  init(_ text: String, _ reader: TimeReader) {
    self.text = text
    self.reader = reader
    rest = text[...]
  }

  static let functions = ["DATETIME", "DATEADD", "DATETRUNC", "LASTDAY", "HOLIDAY"]

  func time() throws(ChartQueryError) -> CivilTime {
    var copy = self
    return try copy.expression()
  }

  private mutating func expression() throws(ChartQueryError) -> CivilTime {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw .timeRange(reason: "Functions of time are nested deeper than \(Self.deepest)")
    }
    let name = word().uppercased()
    guard Self.functions.contains(name) else { throw unexpected("a function of time") }
    try require("(")
    let time =
      switch name {
      case "DATETIME": try reader.moment(try quoted())
      case "DATEADD": try added()
      case "DATETRUNC": try truncated()
      case "LASTDAY": try lastDay()
      default: try holiday()
      }
    _ = skip(",")
    try require(")")
    return time
  }

  private mutating func added() throws(ChartQueryError) -> CivilTime {
    let time = try expression()
    try require(",")
    let count = try number()
    try require(",")
    return try reader.shifted(time, count, try unit(), text)
  }

  private mutating func truncated() throws(ChartQueryError) -> CivilTime {
    let time = try expression()
    try require(",")
    return time.truncated(to: try unit())
  }

  /// Midnight of the last day: the next unit's beginning, less one day.
  private mutating func lastDay() throws(ChartQueryError) -> CivilTime {
    let time = try expression()
    try require(",")
    let unit = try unit()
    guard [.week, .month, .year].contains(unit) else { throw unexpected("week, month or year") }
    let next = try reader.shifted(time.truncated(to: unit), 1, unit, text)
    return try reader.shifted(next, -1, .day, text)
  }

  /// `HOLIDAY('Christmas', DATETIME('2024'), 'US')`; the year is this one where none is given.
  private mutating func holiday() throws(ChartQueryError) -> CivilTime {
    let name = try quoted()
    _ = skip(",")
    let isDated = rest.first?.isLetter == true
    let year = try isDated ? expression().calendar.year : reader.now.calendar.year
    _ = skip(",")
    let country = rest.first == "'" || rest.first == "\"" ? try quoted() : "US"
    guard country == "US", year >= 1971 else {
      throw .unsupported("the holidays of '\(country)' in \(year)")
    }
    guard let day = Holiday.named(name, in: year) else {
      throw .timeRange(reason: "Unable to find such a holiday: [\(name)]")
    }
    return day
  }

  /// Digits, or the days or years between two times.
  private mutating func number() throws(ChartQueryError) -> Int {
    guard rest.first?.isLetter == true else {
      let digits = rest.prefix { $0.isNumber || $0 == "-" || $0 == "+" }
      rest = rest.dropFirst(digits.count)
      guard let number = Int(digits) else { throw unexpected("a whole number") }
      skipBlanks()
      return number
    }
    guard word().uppercased() == "DATEDIFF" else { throw unexpected("DATEDIFF") }
    try require("(")
    let from = try expression()
    try require(",")
    let to = try expression()
    let unit = skip(",") && rest.first?.isLetter == true ? try self.unit() : .day
    _ = skip(",")
    try require(")")
    switch unit {
    case .day: return (to.microseconds - from.microseconds).flooredQuotient(86_400_000_000)
    case .year: return to.calendar.year - from.calendar.year
    default: throw unexpected("day or year")
    }
  }

  private mutating func unit() throws(ChartQueryError) -> TimeUnit {
    guard let unit = TimeUnit(rawValue: word().lowercased()) else { throw unexpected("a unit") }
    return unit
  }

  private mutating func word() -> String {
    let word = rest.prefix(while: \.isLetter)
    rest = rest.dropFirst(word.count)
    skipBlanks()
    return String(word)
  }

  private mutating func quoted() throws(ChartQueryError) -> String {
    guard let quote = rest.first, quote == "'" || quote == "\"",
      let end = rest.dropFirst().firstIndex(of: quote)
    else { throw unexpected("a text in quotes") }
    let text = rest[rest.index(after: rest.startIndex)..<end]
    rest = rest[rest.index(after: end)...]
    skipBlanks()
    return String(text)
  }

  private mutating func require(_ mark: Character) throws(ChartQueryError) {
    guard skip(mark) else { throw unexpected("'\(mark)'") }
  }

  private mutating func skip(_ mark: Character) -> Bool {
    guard rest.first == mark else { return false }
    rest = rest.dropFirst()
    skipBlanks()
    return true
  }

  private mutating func skipBlanks() { rest = rest.drop(while: \.isWhitespace) }

  private func unexpected(_ what: String) -> ChartQueryError {
    let place = text.distance(from: text.startIndex, to: rest.startIndex)
    return .timeRange(reason: "Expected \(what) at character \(place) of '\(text)'")
  }
}

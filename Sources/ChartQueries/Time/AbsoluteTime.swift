// SPDX-License-Identifier: MIT

/// Dates as people write them: `5/12/2024`, `May 5, 2024`, `5 May`, `20240515`, `12:30`, each with a time of day or without.
///
/// What is not given is taken from the first of January of this year, as Superset does it.
struct AbsoluteTime {
  private var year: Int?
  private var month: Int?
  private var day: Int?
  private var clock: [Int] = []
  private var microsecond = 0

  /// Nil for anything else, and for days that do not exist.
  static func time(_ text: String, inYear thisYear: Int) -> CivilTime? {
    if let time = CivilTime(text) { return time }
    var date = AbsoluteTime()
    var words = text.lowercased().split { $0 == " " || $0 == "," }[...]
    guard !words.isEmpty else { return nil }
    while let word = words.popFirst() {
      let isHalf = words.first.map { $0 == "am" || $0 == "pm" } ?? false
      guard date.take(word, half: isHalf ? words.removeFirst() : nil, thisYear) else { return nil }
    }
    let hour = date.clock.first ?? 0
    return CivilTime(
      year: date.year ?? thisYear, month: date.month ?? 1, day: date.day ?? 1, hour: hour,
      minute: date.clock.dropFirst().first ?? 0, second: date.clock.dropFirst(2).first ?? 0,
      microsecond: date.microsecond)
  }

  private mutating func take(_ word: Substring, half: Substring?, _ thisYear: Int) -> Bool {
    if word.contains(":") || half != nil { return takeClock(word, half) }
    if word.hasSuffix("am") || word.hasSuffix("pm") {
      return takeClock(word.dropLast(2), word.suffix(2))
    }
    if let month = Self.month(word) {
      guard self.month == nil else { return false }
      self.month = month
      return true
    }
    if let mark = word.first(where: { "-/.".contains($0) }) {
      return takeDate(word.split(separator: mark, omittingEmptySubsequences: false), thisYear)
    }
    return takeNumber(word, thisYear)
  }

  /// A day where a month has been named, or will be; else a year of four digits, or a whole date of eight.
  private mutating func takeNumber(_ word: Substring, _ thisYear: Int) -> Bool {
    let digits = word.prefix(while: \.isASCIIDigit)
    let ending = word.dropFirst(digits.count)
    guard let number = Int(digits), ending.isEmpty || ["st", "nd", "rd", "th"].contains(ending)
    else { return false }
    switch digits.count {
    case 8 where ending.isEmpty && year == nil:
      year = number / 10_000
      month = number / 100 % 100
      day = number % 100
    case 4 where ending.isEmpty && year == nil: year = number
    case 1...2 where number > 31 && year == nil: year = Self.century(number, near: thisYear)
    case 1...2 where day == nil: day = number
    default: return false
    }
    return true
  }

  /// Month, day and year, unless the first is a year or cannot be a month.
  private mutating func takeDate(_ parts: [Substring], _ thisYear: Int) -> Bool {
    let numbers = parts.compactMap { $0.allSatisfy(\.isASCIIDigit) ? Int($0) : nil }
    guard numbers.count == parts.count, numbers.count == 3, year == nil, month == nil else {
      return false
    }
    if parts[0].count == 4 {
      (year, month, day) = (numbers[0], numbers[1], numbers[2])
    } else {
      let isDayFirst = numbers[0] > 12
      (month, day) = isDayFirst ? (numbers[1], numbers[0]) : (numbers[0], numbers[1])
      year = parts[2].count == 2 ? Self.century(numbers[2], near: thisYear) : numbers[2]
    }
    return true
  }

  /// The nearest year that ends in these two digits: less than 50 years ahead.
  private static func century(_ year: Int, near thisYear: Int) -> Int {
    let candidate = thisYear / 100 * 100 + year
    if candidate >= thisYear + 50 { return candidate - 100 }
    return candidate < thisYear - 50 ? candidate + 100 : candidate
  }

  private mutating func takeClock(_ word: Substring, _ half: Substring?) -> Bool {
    guard clock.isEmpty else { return false }
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    let seconds = parts.count == 3 ? parts[2].split(separator: ".", maxSplits: 1) : []
    let texts = parts.prefix(2) + seconds.prefix(1)
    clock = texts.compactMap { $0.allSatisfy(\.isASCIIDigit) ? Int($0) : nil }
    guard clock.count == texts.count, (half == nil ? 2 : 1)...3 ~= parts.count else {
      return false
    }
    if seconds.count == 2 {
      let digits = seconds[1].prefix(6)
      guard let number = Int(digits) else { return false }
      microsecond = (digits.count..<6).reduce(number) { number, _ in number * 10 }
    }
    if let half {
      guard (1...12).contains(clock[0]) else { return false }
      clock[0] = clock[0] % 12 + (half == "pm" ? 12 : 0)
    }
    return true
  }

  /// By its name or the first three letters.
  private static func month(_ word: Substring) -> Int? {
    let index = months.firstIndex { $0 == word || $0.prefix(3) == word }
    return word == "sept" ? 9 : index.map { $0 + 1 }
  }

  static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}

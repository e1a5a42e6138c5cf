// SPDX-License-Identifier: MIT

/// Times as `d3.utcFormat` writes them, in the English of the United States.
struct TimePattern: Hashable {
  private let pattern: [Character]

  init(_ pattern: String) { self.pattern = Array(pattern) }

  func text(_ time: CivilTime) -> String {
    var output = ""
    var rest = pattern[...]
    while let character = rest.popFirst() {
      guard character == "%" else {
        output.append(character)
        continue
      }
      // A directive without its letter is none.
      guard var letter = rest.popFirst() else { break }
      var padding: Character?? = .none
      if "-_0".contains(letter) {
        guard let next = rest.popFirst() else { break }
        padding = .some(letter == "-" ? nil : letter == "_" ? " " : "0")
        letter = next
      }
      output += Self.text(letter, time, padding ?? (letter == "e" ? " " : "0"))
    }
    return output
  }

  private static let days = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]
  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  private static func text(
    _ letter: Character, _ time: CivilTime, _ padding: Character?
  ) -> String {
    if let number = number(letter, time) { return padded(number.value, number.width, padding) }
    switch letter {
    case "a": return String(days[time.weekday].prefix(3))
    case "A": return days[time.weekday]
    case "b": return String(months[time.month - 1].prefix(3))
    case "B": return months[time.month - 1]
    case "c": return TimePattern("%x, %X").text(time)
    case "f": return padded(time.millisecond, 3, padding) + "000"
    case "p": return time.hour < 12 ? "AM" : "PM"
    case "Q": return ScriptNumber.text(time.milliseconds)
    case "s": return ScriptNumber.text((time.milliseconds / 1000).rounded(.down))
    case "x": return TimePattern("%-m/%-d/%Y").text(time)
    case "X": return TimePattern("%-I:%M:%S %p").text(time)
    case "Z": return "+0000"
    case "%": return "%"
    default: return String(letter)
    }
  }

  /// Directives that are a number, and how many digits it has at least.
  private static func number(_ letter: Character, _ time: CivilTime) -> (value: Int, width: Int)? {
    switch letter {
    case "d", "e": (time.dayOfMonth, 2)
    case "g": (time.isoWeek.year % 100, 2)
    case "G": (time.isoWeek.year % 10_000, 4)
    case "H": (time.hour, 2)
    case "I": (time.hour % 12 == 0 ? 12 : time.hour % 12, 2)
    case "j": (time.dayOfYear + 1, 3)
    case "L": (time.millisecond, 3)
    case "m": (time.month, 2)
    case "M": (time.minute, 2)
    case "q": ((time.month - 1) / 3 + 1, 1)
    case "S": (time.second, 2)
    case "u": (time.weekday == 0 ? 7 : time.weekday, 1)
    case "U": (time.week(from: 0), 2)
    case "V": (time.isoWeek.number, 2)
    case "w": (time.weekday, 1)
    case "W": (time.week(from: 1), 2)
    case "y": (time.year % 100, 2)
    case "Y": (time.year % 10_000, 4)
    default: nil
    }
  }

  private static func padded(_ number: Int, _ width: Int, _ padding: Character?) -> String {
    let digits = String(abs(number))
    guard let padding, digits.count < width else { return (number < 0 ? "-" : "") + digits }
    let missing = String(repeating: padding, count: width - digits.count)
    return (number < 0 ? "-" : "") + missing + digits
  }
}

extension CivilTime {
  /// The week of the year whose first day is the given weekday; days before the first one are week 0.
  fileprivate func week(from first: Int) -> Int {
    (dayOfYear + 7 - (weekday - first + 7) % 7) / 7
  }

  /// The week of ISO 8601: the one with the year's first Thursday is the first.
  fileprivate var isoWeek: (year: Int, number: Int) {
    let thursday = dayOfYear - (weekday + 6) % 7 + 3
    let days = CivilTime.dayNumber(year + 1, 1, 1) - CivilTime.dayNumber(year, 1, 1)
    if thursday >= days { return (year + 1, 1) }
    guard thursday < 0 else { return (year, thursday / 7 + 1) }
    let before = CivilTime.dayNumber(year, 1, 1) - CivilTime.dayNumber(year - 1, 1, 1)
    return (year - 1, (thursday + before) / 7 + 1)
  }
}

// SPDX-License-Identifier: MIT

/// A step in time from any moment: `1 year ago`, `2 weeks later`, `-3 months`.
struct TimeShift: Hashable, Sendable {
  let count: Int
  let unit: TimeUnit

  init(count: Int, unit: TimeUnit) {
    self.count = count
    self.unit = unit
  }

  /// Nil for what names no step, and for quarters, which the parser that Superset uses does not know.
  init?(_ text: String) {
    let isNegative = text.hasPrefix("-")
    var words = text.lowercased().drop { $0 == "-" }.split(separator: " ").map(String.init)
    guard let first = words.first else { return nil }
    let digits = first.prefix { $0.isASCII && $0.isNumber }
    if digits.isEmpty {
      guard ["a", "an", "one"].contains(first) else { return nil }
      words[0] = "1"
    } else if digits.count < first.count {
      // "7d"
      words.replaceSubrange(0...0, with: [String(digits), String(first.dropFirst(digits.count))])
    }
    guard words.count >= 2, let count = Int(words[0]), let unit = Self.unit(words[1]),
      unit != .quarter
    else { return nil }
    let isPast = Self.past.contains(Array(words[2...]))
    guard isPast || Self.future.contains(Array(words[2...])) else { return nil }
    self.count = isNegative || isPast ? -count : count
    self.unit = unit
  }

  private static let past: Set<[String]> = [["ago"], ["before"]]
  private static let future: Set<[String]> = [[], ["later"], ["after"], ["from", "now"]]
  private static let abbreviations: [String: TimeUnit] = [
    "s": .second, "sec": .second, "m": .minute, "min": .minute, "h": .hour, "hr": .hour,
    "d": .day, "dy": .day, "w": .week, "wk": .week, "mth": .month, "y": .year, "yr": .year,
  ]

  private static func unit(_ word: String) -> TimeUnit? {
    TimeUnit(word: word) ?? abbreviations[word]
  }
}

extension CivilTime {
  /// - Throws: an error beyond the years 1 to 9999.
  func adding(_ shift: TimeShift) throws(ChartQueryError) -> CivilTime {
    guard let time = adding(shift.count, shift.unit) else {
      throw .timeRange(reason: "\(shift.count) \(shift.unit.rawValue)s are too far away")
    }
    return time
  }
}

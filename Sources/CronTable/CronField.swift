// SPDX-License-Identifier: MIT

/// A field of an expression, by the name that messages give it.
package enum CronField: String, CaseIterable, Sendable {
  case second, minute, hour
  case dayOfMonth = "day of month"
  case month
  case dayOfWeek = "day of week"

  /// What may stand in it; Sunday is 0 and 7.
  var range: ClosedRange<Int> {
    switch self {
    case .second, .minute: 0...59
    case .hour: 0...23
    case .dayOfMonth: 1...31
    case .month: 1...12
    case .dayOfWeek: 0...7
    }
  }

  /// How many different values it has; a range that wraps around goes on after so many.
  var period: Int { self == .dayOfWeek ? 7 : range.count }

  /// The last value that `*` stands for.
  var last: Int { self == .dayOfWeek ? 6 : range.upperBound }

  /// Words that stand for numbers, the first for the lowest.
  var names: [String] {
    switch self {
    case .month:
      ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    case .dayOfWeek: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
    case .second, .minute, .hour, .dayOfMonth: []
    }
  }
}

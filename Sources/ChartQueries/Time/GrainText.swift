// SPDX-License-Identifier: MIT

/// Steps of time as texts by which two times are found to be in the same step.
struct GrainText {
  private enum Form { case week(beginsOnSunday: Bool), month, quarter, year, moment }

  private let form: Form

  init(_ grain: String) {
    form =
      switch grain {
      case "1969-12-28T00:00:00Z/P1W", "P1W/1970-01-03T00:00:00Z": .week(beginsOnSunday: true)
      case "P1W", "1969-12-29T00:00:00Z/P1W", "P1W/1970-01-04T00:00:00Z":
        .week(beginsOnSunday: false)
      case "P1M": .month
      case "P3M": .quarter
      case "P1Y": .year
      default: .moment
      }
  }

  func text(of time: CivilTime) -> String {
    let (year, month, _, _) = time.calendar
    return switch form {
    case .week(let beginsOnSunday): "\(year)-W\(time.weekOfYear(beginsOnSunday: beginsOnSunday))"
    case .month: "\(year)-\(month)"
    case .quarter: "\(year)-Q\((month + 2) / 3)"
    case .year: "\(year)"
    case .moment: time.text + time.fraction
    }
  }
}

extension CivilTime {
  /// Full weeks since the year's first Sunday or Monday; 0 before it. C's `%U` and `%W`.
  fileprivate func weekOfYear(beginsOnSunday: Bool) -> Int {
    let day = microseconds.flooredQuotient(86_400_000_000)
    let newYear = (CivilTime(year: calendar.year)?.microseconds ?? 0) / 86_400_000_000
    // 1970-01-01 was a Thursday: 4 days after a Sunday, 3 after a Monday.
    let weekday = (day + (beginsOnSunday ? 4 : 3)).remainder(by: 7)
    return (day - newYear + 7 - weekday) / 7
  }
}

extension Int {
  fileprivate func remainder(by divisor: Int) -> Int {
    self - flooredQuotient(divisor) * divisor
  }
}

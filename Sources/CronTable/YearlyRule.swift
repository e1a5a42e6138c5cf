// SPDX-License-Identifier: MIT

/// Two offsets that take turns each year: what TZif files say of the time behind their last change.
struct YearlyRule: Hashable, Sendable {
  /// A moment of the year, by the clocks that hold until then.
  struct Moment: Hashable, Sendable {
    enum Day: Hashable, Sendable {
      /// Of month `month` the `week`-th such weekday, 5 being the last one.
      case weekday(month: Int, week: Int, weekday: Int)
      /// From 1, the 29th of February never counted.
      case julian(Int)
      /// From 0.
      case ofYear(Int)
    }

    let day: Day
    /// Seconds from its midnight, from minus a week to a week.
    let time: Int

    /// Seconds since 1970-01-01 00:00 of the local clocks.
    func local(in year: Int) -> Int {
      let first = CivilDate(year: year, month: 1, day: 1).number
      let number =
        switch day {
        case .ofYear(let day): first + day
        case .julian(let day): first + day - (day > 59 && CivilDate.isLeap(year) ? 0 : 1)
        case .weekday(let month, let week, let weekday):
          Self.day(year: year, month: month, week: week, weekday: weekday)
        }
      return number * secondsPerDay + time
    }

    private static func day(year: Int, month: Int, week: Int, weekday: Int) -> Int {
      let first = CivilDate(year: year, month: month, day: 1)
      let ahead = (weekday - CivilDate.weekday(ofDay: first.number)).remainder(by: 7)
      var day = ahead + 7 * (week - 1)
      if day >= first.daysInMonth { day -= 7 }
      return first.number + day
    }
  }

  let standardOffset: Int
  let summerOffset: Int
  let summerBegins: Moment
  let summerEnds: Moment

  /// Those of the year of the instant and of its neighbours, in order.
  func changes(around instant: Int) -> [ZoneRules.Change] {
    let year = CivilDate(number: instant.divided(by: secondsPerDay)).year
    var changes: [ZoneRules.Change] = []
    for year in (year - 2)...(year + 2) {
      changes.append(
        .init(instant: summerBegins.local(in: year) - standardOffset, offset: summerOffset))
      changes.append(
        .init(instant: summerEnds.local(in: year) - summerOffset, offset: standardOffset))
    }
    return changes.sorted { $0.instant < $1.instant }
  }
}

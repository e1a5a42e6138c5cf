// SPDX-License-Identifier: MIT

/// The search in local time: seconds since 1970-01-01 00:00 as if there were no zone.
extension CronExpression {
  /// The first local time from `start` on and below `end` that is named.
  func firstMatch(from start: Int, below end: Int) -> Int? {
    var day = start.divided(by: secondsPerDay)
    var second = start - day * secondsPerDay
    while day * secondsPerDay < end {
      let date = CivilDate(number: day)
      if !months.contains(date.month) {
        day += date.daysInMonth - date.day + 1
      } else {
        if days.contains(date, weekday: CivilDate.weekday(ofDay: day)),
          let time = firstTime(from: second)
        {
          let found = day * secondsPerDay + time
          return found < end ? found : nil
        }
        day += 1
      }
      second = 0
    }
    return nil
  }

  /// The last local time below `end` and not before `start` that is named.
  func lastMatch(from start: Int, below end: Int) -> Int? {
    let last = end - 1
    var day = last.divided(by: secondsPerDay)
    var second = last - day * secondsPerDay
    while (day + 1) * secondsPerDay > start {
      let date = CivilDate(number: day)
      if !months.contains(date.month) {
        day -= date.day
      } else {
        if days.contains(date, weekday: CivilDate.weekday(ofDay: day)),
          let time = lastTime(to: second)
        {
          let found = day * secondsPerDay + time
          return found >= start ? found : nil
        }
        day -= 1
      }
      second = secondsPerDay - 1
    }
    return nil
  }

  /// The first named second of a day that is not before this one.
  private func firstTime(from second: Int) -> Int? {
    var (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60)
    while let next = hours.first(from: hour) {
      if next > hour { (hour, minute, second) = (next, 0, 0) }
      while let next = minutes.first(from: minute) {
        if next > minute { (minute, second) = (next, 0) }
        if let found = seconds.first(from: second) { return hour * 3600 + minute * 60 + found }
        (minute, second) = (minute + 1, 0)
      }
      (hour, minute, second) = (hour + 1, 0, 0)
    }
    return nil
  }

  /// The last named second of a day that is not after this one.
  private func lastTime(to second: Int) -> Int? {
    var (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60)
    while let next = hours.last(to: hour) {
      if next < hour { (hour, minute, second) = (next, 59, 59) }
      while let next = minutes.last(to: minute) {
        if next < minute { (minute, second) = (next, 59) }
        if let found = seconds.last(to: second) { return hour * 3600 + minute * 60 + found }
        (minute, second) = (minute - 1, 59)
      }
      (hour, minute, second) = (hour - 1, 59, 59)
    }
    return nil
  }
}

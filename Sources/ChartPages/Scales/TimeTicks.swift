// SPDX-License-Identifier: MIT

/// The marks of an axis of time: beginnings of years, months, days or hours, no more of them than wanted.
struct TimeTicks {
  enum Unit: Hashable {
    case year(Int), month(Int), day(Int)
    /// Milliseconds that divide a day.
    case span(Double)
  }

  struct Tick: Hashable {
    let milliseconds: Double
    let label: String
    /// Where a year, a month or a day begins within finer marks.
    let isMajor: Bool
  }

  private static let mostTicks = 60

  let unit: Unit
  let ticks: [Tick]

  init(from low: Double, to high: Double, about count: Int, format: TimeFormat? = nil) {
    let span = (high - low) / Double(max(1, count))
    let unit = Self.unit(of: span)
    self.unit = unit
    let places = Self.places(unit, low, high)
    ticks = places.map { place in
      Tick(
        milliseconds: place, label: format?.text(place) ?? Self.label(place, unit),
        isMajor: Self.isMajor(place, unit))
    }
  }

  private static func unit(of span: Double) -> Unit {
    let days = span / CivilTime.day
    if days >= 300 { return .year(years(days / 365)) }
    if days >= 16 { return .month(days > 150 ? 6 : days > 75 ? 3 : days > 45 ? 2 : 1) }
    if days >= 0.75 { return .day(days > 7.5 ? 14 : days > 3.5 ? 7 : days > 1.5 ? 2 : 1) }
    let steps: [Double] = [
      1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000,
      120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000,
      21_600_000, 43_200_000,
    ]
    return .span(steps.first { $0 >= span * 0.8 } ?? 43_200_000)
  }

  /// As ECharts: any number of years, counted from the first.
  private static func years(_ count: Double) -> Int { max(1, Int(min(count.rounded(), 1e6))) }

  private static func places(_ unit: Unit, _ low: Double, _ high: Double) -> [Double] {
    guard let first = CivilTime(milliseconds: low), CivilTime(milliseconds: high) != nil else {
      return []
    }
    var places: [Double] = []
    for index in 0..<mostTicks * 4 {
      let place = self.place(index, unit, first)
      if place > high || places.count == mostTicks { break }
      if place >= low, places.last.map({ place > $0 }) ?? true { places.append(place) }
    }
    return places
  }

  private static func place(_ index: Int, _ unit: Unit, _ first: CivilTime) -> Double {
    switch unit {
    case .year(let step):
      let start = first.dayOfYear == 0 ? first.year : first.year + 1
      return CivilTime.milliseconds(start + index * step, 1, 1)
    case .month(let step):
      let month = (first.month - 1) / step * step + 1
      return CivilTime.milliseconds(first.year, month + index * step, 1)
    case .day(let step): return dayPlace(index, step, first)
    case .span(let step):
      return ((first.milliseconds / step).rounded(.down) + Double(index)) * step
    }
  }

  /// Days are counted anew in each month, so that its first is always there: 1, 8, 15, 22.
  private static func dayPlace(_ index: Int, _ step: Int, _ first: CivilTime) -> Double {
    let perMonth = step == 1 ? 31 : step == 2 ? 15 : step == 7 ? 4 : 2
    let (months, place) = index.quotientAndRemainder(dividingBy: perMonth)
    let start = CivilTime.dayNumber(first.year, first.month + months, 1)
    let end = CivilTime.dayNumber(first.year, first.month + months + 1, 1)
    let day = min(start + place * step, end - 1)
    return Double(day) * CivilTime.day
  }

  private static func isMajor(_ place: Double, _ unit: Unit) -> Bool {
    guard let time = CivilTime(milliseconds: place) else { return false }
    switch unit {
    case .year: return false
    case .month: return time.month == 1
    case .day: return time.dayOfMonth == 1
    case .span: return time.hour == 0 && time.minute == 0 && time.second == 0
    }
  }

  /// The coarsest unit that begins there: `2024`, `Apr`, `17`, `09:30`.
  private static func label(_ place: Double, _ unit: Unit) -> String {
    guard let time = CivilTime(milliseconds: place) else { return "" }
    if time.millisecond != 0 { return TimePattern("%S.%L").text(time) }
    if time.second != 0 { return TimePattern("%H:%M:%S").text(time) }
    if time.hour != 0 || time.minute != 0 { return TimePattern("%H:%M").text(time) }
    if time.dayOfMonth != 1 { return TimePattern(unit.isFine ? "%b %-d" : "%-d").text(time) }
    return TimePattern(time.month == 1 ? "%Y" : "%b").text(time)
  }
}

extension TimeTicks.Unit {
  fileprivate var isFine: Bool { if case .span = self { true } else { false } }
}

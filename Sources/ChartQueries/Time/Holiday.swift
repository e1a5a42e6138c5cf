// SPDX-License-Identifier: MIT

/// The holidays of the United States by their rules of 1971 and later; those of other countries would fill a library.
enum Holiday: CaseIterable {
  case newYear, martinLutherKing, washington, memorial, juneteenth, independence, labor, columbus
  case veterans, thanksgiving, christmas

  /// The first of the year whose name begins like this, in any case; nil where there is none.
  static func named(_ name: String, in year: Int) -> CivilTime? {
    let beginning = name.lowercased()
    let found = allCases.filter {
      $0.name.lowercased().hasPrefix(beginning) && year >= $0.firstYear
    }
    return found.lazy.compactMap { $0.day(in: year) }.first
  }

  private var name: String {
    switch self {
    case .newYear: "New Year's Day"
    case .martinLutherKing: "Martin Luther King Jr. Day"
    case .washington: "Washington's Birthday"
    case .memorial: "Memorial Day"
    case .juneteenth: "Juneteenth National Independence Day"
    case .independence: "Independence Day"
    case .labor: "Labor Day"
    case .columbus: "Columbus Day"
    case .veterans: "Veterans Day"
    case .thanksgiving: "Thanksgiving"
    case .christmas: "Christmas Day"
    }
  }

  private var firstYear: Int {
    switch self {
    case .martinLutherKing: 1986
    case .juneteenth: 2021
    default: 1971
    }
  }

  private func day(in year: Int) -> CivilTime? {
    switch self {
    case .newYear: CivilTime(year: year)
    case .martinLutherKing: Self.monday(3, of: 1, in: year)
    case .washington: Self.monday(3, of: 2, in: year)
    case .memorial: Self.monday(1, of: 6, in: year)?.adding(-1, .week)
    case .juneteenth: CivilTime(year: year, month: 6, day: 19)
    case .independence: CivilTime(year: year, month: 7, day: 4)
    case .labor: Self.monday(1, of: 9, in: year)
    case .columbus: Self.monday(2, of: 10, in: year)
    case .veterans where year < 1978: Self.monday(4, of: 10, in: year)
    case .veterans: CivilTime(year: year, month: 11, day: 11)
    // The fourth Thursday.
    case .thanksgiving: Self.weekday(3, 4, of: 11, in: year)
    case .christmas: CivilTime(year: year, month: 12, day: 25)
    }
  }

  private static func monday(_ count: Int, of month: Int, in year: Int) -> CivilTime? {
    weekday(0, count, of: month, in: year)
  }

  /// - Parameter weekday: 0 is Monday.
  private static func weekday(
    _ weekday: Int, _ count: Int, of month: Int, in year: Int
  ) -> CivilTime? {
    guard let first = CivilTime(year: year, month: month) else { return nil }
    let monday = first.truncated(to: .week)
    let candidate = monday.adding(weekday, .day)
    let weeks = (candidate.map { $0 < first } ?? false) ? count : count - 1
    return candidate?.adding(weeks, .week)
  }
}

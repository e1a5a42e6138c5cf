// SPDX-License-Identifier: MIT

/// A step between moments as pandas names it: `D`, `15min`, `2W-MON`, `6M`, `QS`.
struct PandasOffset: Hashable, Sendable {
  /// Moments that steps lead to.
  private enum Grid: Hashable {
    /// Steps of one length, counted from the midnight before the first moment.
    case even(microseconds: Int)
    /// Midnights of one day of the week; Monday is 0.
    case week(day: Int)
    /// First or last days of every so many months; January is 0.
    case months(every: Int, from: Int, last: Bool)
  }

  private static let day = 86_400_000_000
  private let grid: Grid
  private let count: Int

  /// - Throws: an error for a name that is none, or that of a step we do not know.
  init(_ name: String) throws(ChartQueryError) {
    let parts = try Self.parts(of: name)
    let lengths = parts.compactMap { part in Self.length(of: part.unit).map { $0 * part.count } }
    if lengths.count == parts.count {
      let sum = lengths.reduce(0, +)
      guard sum >= 1, sum < Double(10_000 * 366 * Self.day) else { throw Self.invalid(name) }
      grid = .even(microseconds: Int(sum))
      count = 1
      return
    }
    guard parts.count == 1, let part = parts.first, part.count >= 1, part.count <= 100_000,
      let count = Int(exactly: part.count), let grid = Self.calendarGrid(part.unit)
    else { throw Self.invalid(name) }
    self.grid = grid
    self.count = count
  }

  /// Steps of weeks, months, quarters and years that are named by their ends take their last day in.
  var isNamedByEnd: Bool {
    switch grid {
    case .even: false
    case .week: true
    case .months(_, _, let last): last
    }
  }

  /// The length of steps that all have one.
  var length: Int? { if case .even(let length) = grid { length } else { nil } }

  /// Edges of the steps that hold all moments from `first` to `last`.
  func edges(from first: Int, to last: Int) throws(ChartQueryError) -> [Int] {
    guard case .even(let length) = grid else { return try calendarEdges(first, last) }
    let midnight = first.flooredQuotient(Self.day) * Self.day
    let start = midnight + (first - midnight) / length * length
    try Self.limit((last - start) / length)
    var edges = Array(stride(from: start, to: last + 1, by: length))
    edges.append((edges.last ?? start) + length)
    return edges
  }

  /// The grid's moment at or before another one; where that is not at midnight, the one of an earlier day.
  func beginning(of moment: Int) -> Int {
    guard length == nil else { return moment }
    let place = place(atOrBefore: moment)
    let start = self.moment(at: place)
    return start < moment && moment - start < Self.day ? self.moment(at: place - 1) : start
  }

  private func calendarEdges(_ first: Int, _ last: Int) throws(ChartQueryError) -> [Int] {
    let place = place(atOrBefore: first)
    let isOnGrid = moment(at: place) == first.flooredQuotient(Self.day) * Self.day
    let start = isNamedByEnd ? place - count + (isOnGrid ? 0 : 1) : place
    let end = self.place(atOrBefore: last) + count
    try Self.limit((end - start) / count)
    var edges = stride(from: start, through: end, by: count).map(moment)
    // Hours on the last day belong to it, so the step behind it is empty.
    if isNamedByEnd, edges.count > 1, edges[edges.count - 2] + Self.day > last {
      edges.removeLast()
    }
    return edges
  }

  /// Which of the grid's moments is the last one that is not after this day.
  private func place(atOrBefore moment: Int) -> Int {
    let day = moment.flooredQuotient(Self.day)
    switch grid {
    case .even: return 0
    // 1970-01-01 was a Thursday.
    case .week(let weekday): return (day + 3 - weekday).flooredQuotient(7)
    case .months(let every, let from, _):
      let date = CivilTime(microseconds: moment).calendar
      let place = (date.year * 12 + date.month - 1 - from).flooredQuotient(every)
      return self.moment(at: place) > day * Self.day ? place - 1 : place
    }
  }

  private func moment(at place: Int) -> Int {
    switch grid {
    case .even(let length): return place * length
    case .week(let weekday): return (place * 7 + weekday - 3) * Self.day
    case .months(let every, let from, let last):
      let month = place * every + from
      let (year, rest) = (month.flooredQuotient(12), month - month.flooredQuotient(12) * 12)
      let day = last ? CivilTime.days(inMonth: rest + 1, of: year) : 1
      return CivilTime(year: year, month: rest + 1, day: day)?.microseconds ?? 0
    }
  }

  /// More rows than any chart can show would only fill the memory.
  private static func limit(_ steps: Int) throws(ChartQueryError) {
    guard steps <= 2_000_000 else {
      throw .postProcessing(reason: "Resample operation would make \(steps) rows")
    }
  }
}

// MARK: names

extension PandasOffset {
  private static func invalid(_ name: String) -> ChartQueryError {
    .postProcessing(reason: "Invalid frequency: \(name)")
  }

  /// `1D12H` is the sum of both.
  private static func parts(
    of name: String
  ) throws(ChartQueryError) -> [(count: Double, unit: String)] {
    var parts: [(Double, String)] = []
    var rest = name.filter { !$0.isWhitespace }[...]
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { $0.isASCII && ($0.isLetter || $0 == "-") }
      rest = rest.dropFirst(unit.count)
      guard !unit.isEmpty, let count = digits.isEmpty ? 1 : Double(digits) else {
        throw invalid(name)
      }
      parts.append((count, String(unit)))
    }
    guard !parts.isEmpty else { throw invalid(name) }
    return parts
  }

  /// Microseconds; only `ms` and `MS` are told apart by their case.
  private static func length(of unit: String) -> Double? {
    if unit == "ms" { return 1_000 }
    switch unit.uppercased() {
    case "D": return Double(day)
    case "H": return 3_600_000_000
    case "T", "MIN": return 60_000_000
    case "S": return 1_000_000
    case "L": return 1_000
    case "U", "US": return 1
    default: return nil
    }
  }

  private static func calendarGrid(_ unit: String) -> Grid? {
    let parts = unit.uppercased().split(separator: "-", maxSplits: 1).map(String.init)
    let suffix = parts.count > 1 ? parts[1] : nil
    if parts[0] == "W" {
      return weekdays.firstIndex(of: suffix ?? "SUN").map { .week(day: $0) }
    }
    guard let rule = monthly[parts[0]] else { return nil }
    guard let suffix else {
      return .months(every: rule.every, from: rule.from % rule.every, last: rule.last)
    }
    // Months themselves begin with none in particular.
    guard rule.every > 1, let month = months.firstIndex(of: suffix) else { return nil }
    return .months(every: rule.every, from: month % rule.every, last: rule.last)
  }

  private static let monthly: [String: (every: Int, from: Int, last: Bool)] = [
    "M": (1, 0, true), "MS": (1, 0, false), "Q": (3, 11, true), "QS": (3, 0, false),
    "A": (12, 11, true), "Y": (12, 11, true), "AS": (12, 0, false), "YS": (12, 0, false),
  ]
  private static let weekdays = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]
  private static let months = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
  ]
}

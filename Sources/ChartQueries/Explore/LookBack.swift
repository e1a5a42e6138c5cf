// SPDX-License-Identifier: MIT

/// How far a form looks back: `1 year`, `28 days`. A year is as long as the one that ends now.
struct LookBack: Hashable, Sendable {
  let text: String
  let microseconds: Int
  /// As long as the one that begins now.
  let forward: Int

  init(_ text: String, now: CivilTime) throws(ChartQueryError) {
    self.text = text
    let words = text.lowercased().split(separator: " ")
    guard words.count == 2, let count = Int(words[0].drop { $0 == "-" }),
      let unit = TimeUnit(word: words[1]), unit != .quarter,
      let then = now.adding(-count, unit), let next = now.adding(count, unit)
    else { throw .unsupported("the time shift '\(text)'") }
    microseconds = now.microseconds - then.microseconds
    forward = next.microseconds - now.microseconds
  }
}

extension CivilTime {
  func shifted(by microseconds: Int) -> CivilTime {
    CivilTime(microseconds: self.microseconds + microseconds)
  }
}

extension TimeRange {
  func shifted(back shift: LookBack) throws(ChartQueryError) -> TimeRange {
    try TimeRange(
      from: from?.shifted(by: -shift.microseconds), to: to?.shifted(by: -shift.microseconds))
  }

  /// A text that reads as this range.
  var text: String {
    guard from != nil || to != nil else { return TimeRange.noFilter }
    return "\(from.map { $0.text + $0.fraction } ?? "") : \(to.map { $0.text + $0.fraction } ?? "")"
  }
}

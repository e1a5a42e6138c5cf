// SPDX-License-Identifier: MIT

/// Which local times an expression names; where they lie in real time a ``CronSchedule`` knows.
package struct CronExpression: Hashable, Sendable {
  /// As it was written, one blank between its fields.
  package let text: String
  let seconds: NumberSet
  let minutes: NumberSet
  let hours: NumberSet
  let months: NumberSet
  let days: DayRule
  /// Whether a field of its time of day begins with `*`: then it is a rhythm that follows the clock; otherwise it names
  /// times of day, each of which is meant once a day.
  package let isRhythm: Bool

  /// - Throws: ``CronError``, also where no day of any year is meant.
  package init(_ text: String, _ dialect: CronDialect = .crontab) throws(CronError) {
    let words = text.split(whereSeparator: \.isWhitespace)
    self.text = words.joined(separator: " ")
    let fields = try ExpressionFields(words, dialect)
    seconds = try fields.numbers(.second)
    minutes = try fields.numbers(.minute)
    hours = try fields.numbers(.hour)
    months = try fields.numbers(.month)
    days = try fields.days()
    isRhythm = fields.isRhythm
    guard hasDay else { throw .neverMatches }
  }

  /// Some day within four hundred years, after which the calendar repeats itself.
  private var hasDay: Bool {
    firstMatch(from: 0, below: CivilDate.daysOfEra * secondsPerDay) != nil
  }
}

let secondsPerDay = 86400

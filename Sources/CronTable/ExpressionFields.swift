// SPDX-License-Identifier: MIT

/// The words of an expression, each known by its field.
struct ExpressionFields {
  private let words: [CronField: Substring]
  private let dialect: CronDialect

  init(_ words: [Substring], _ dialect: CronDialect) throws(CronError) {
    self.dialect = dialect
    var words = words.map { Substring($0.lowercased()) }
    if let word = words.first, words.count == 1, word.hasPrefix("@") {
      guard let alias = CronAlias(rawValue: String(word)) else { throw .unknownName(String(word)) }
      words = alias.expression.split(separator: " ")
    }
    let fields: [CronField]
    switch words.count {
    case 5: fields = CronDialect.fiveFields
    case 6: fields = dialect.sixFields
    default: throw .fieldCount(words.count)
    }
    self.words = Dictionary(uniqueKeysWithValues: zip(fields, words))
  }

  private func word(_ field: CronField) -> Substring { words[field] ?? "0" }

  func numbers(_ field: CronField) throws(CronError) -> NumberSet {
    NumberSet(try FieldReader(field: field, text: word(field)).items().flatMap(\.numbers))
  }

  /// Whether a field of the time of day begins with `*`.
  var isRhythm: Bool {
    [.hour, .minute, .second].contains { word($0).hasPrefix("*") }
  }

  func days() throws(CronError) -> DayRule {
    var rule = DayRule()
    let days = try FieldReader(field: .dayOfMonth, text: word(.dayOfMonth)).items()
    for item in days {
      rule.daysOfMonth.formUnion(NumberSet(item.numbers))
      if item.isLast { rule.hasLastDay = true }
    }
    let weekdays = try FieldReader(field: .dayOfWeek, text: word(.dayOfWeek)).items()
    for item in weekdays {
      for day in item.numbers {
        if let nth = item.nth {
          rule.nthWeekdays.insert(DayRule.nth(nth, day))
        } else if item.isLastWeekday {
          rule.lastWeekdays.insert(day)
        } else {
          rule.weekdays.insert(day)
        }
      }
    }
    let allDays = rule.daysOfMonth.isSuperset(of: NumberSet(1...31))
    let allWeekdays = rule.weekdays.isSuperset(of: NumberSet(0...6))
    rule.eitherIsEnough =
      !isOpen(.dayOfMonth, days, namesAll: allDays, beside: .dayOfWeek)
      && !isOpen(.dayOfWeek, weekdays, namesAll: allWeekdays, beside: .dayOfMonth)
    return rule
  }

  /// Whether a day field is no restriction.
  private func isOpen(
    _ field: CronField, _ items: [FieldReader.Item], namesAll: Bool, beside other: CronField
  ) -> Bool {
    switch dialect {
    case .crontab: word(field).hasPrefix("*") || word(field) == "?"
    // One that names every day counts as `*` where a star stands in the other one.
    case .superset: items.contains(where: \.isStar) || (namesAll && word(other).contains("*"))
    }
  }
}

// SPDX-License-Identifier: MIT

/// Reads one field of an expression: a list of items, each a value, a range or `*`, with a step or not.
struct FieldReader {
  let field: CronField
  /// In lower case.
  let text: Substring

  /// What the items of a field say, each in its turn.
  struct Item {
    /// Already within the period: Sunday is 0.
    var numbers: [Int] = []
    var isStar = false
    /// `L` alone: the last day of the month.
    var isLast = false
    /// Behind `#`.
    var nth: Int?
    /// `L5`: only the last one of the month.
    var isLastWeekday = false
  }

  func items() throws(CronError) -> [Item] {
    var items: [Item] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      items.append(try item(part))
    }
    return items
  }

  private func item(_ part: Substring) throws(CronError) -> Item {
    guard !part.isEmpty else { throw bad(text, "a list has an empty item") }
    switch field {
    case .dayOfWeek: return try weekdayItem(part)
    case .dayOfMonth where part == "l": return Item(isLast: true)
    case .dayOfMonth where part == "?" && text == "?": return try plainItem("*")
    case .second, .minute, .hour, .dayOfMonth, .month: return try plainItem(part)
    }
  }

  /// With what only weekdays have: `?`, `fri#2`, `L5`, `5L`.
  private func weekdayItem(_ part: Substring) throws(CronError) -> Item {
    if part == "?", text == "?" { return try plainItem("*") }
    if let hash = part.firstIndex(of: "#") {
      var item = try plainItem(part[..<hash])
      guard let nth = Int(part[part.index(after: hash)...]), (1...5).contains(nth) else {
        throw bad(part, "behind # stands a number from 1 to 5")
      }
      item.nth = nth
      return item
    }
    guard part.first == "l" || part.last == "l" else { return try plainItem(part) }
    let day = part.first == "l" ? part.dropFirst() : part.dropLast()
    guard !day.isEmpty else { throw bad(part, "L needs its weekday, as in L5, the last Friday") }
    return Item(numbers: [try value(day, of: part) % 7], isLastWeekday: true)
  }

  private func plainItem(_ part: Substring) throws(CronError) -> Item {
    let pieces = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let base = pieces[0]
    let step = pieces.count == 1 ? nil : try step(pieces[1], of: part)
    if base == "*" {
      let numbers = stride(from: field.range.lowerBound, through: field.last, by: step ?? 1)
      return Item(numbers: Array(numbers), isStar: step == nil)
    }
    let ends = base.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let low = try value(ends[0], of: part)
    guard ends.count == 2 else {
      // "10/15" begins at 10 and goes on to the end.
      let start = low > field.last ? field.range.lowerBound : low
      guard let step else { return Item(numbers: [start]) }
      return Item(numbers: Array(stride(from: start, through: field.last, by: step)))
    }
    let isToLast = field == .dayOfMonth && ends[1] == "l"
    let high = isToLast ? field.last : try value(ends[1], of: part)
    return Item(numbers: range(low, high, step ?? 1))
  }

  /// "fri-mon" and "22-2" go on behind the end, with the same step.
  private func range(_ low: Int, _ high: Int, _ step: Int) -> [Int] {
    // As a beginning Sunday is 0, as an end 7.
    let low = low > field.last ? field.range.lowerBound : low
    let end = low <= high ? high : high + field.period
    return stride(from: low, through: end, by: step).map {
      ($0 - field.range.lowerBound) % field.period + field.range.lowerBound
    }
  }

  private func step(_ text: Substring, of part: Substring) throws(CronError) -> Int {
    guard let step = number(text), step > 0 else {
      throw bad(part, "the step is not a number from 1")
    }
    return step
  }

  private func value(_ text: Substring, of part: Substring) throws(CronError) -> Int {
    if let index = field.names.firstIndex(of: String(text)) {
      return field.range.lowerBound + index
    }
    guard let number = number(text), field.range.contains(number) else {
      throw bad(part, "\(text == part ? "it" : "'\(text)'") is not \(expectation)")
    }
    return number
  }

  /// Digits alone; so many that they cannot be a step either are none.
  private func number(_ text: Substring) -> Int? {
    text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) && text.utf8.count < 10
      ? Int(text) : nil
  }

  private var expectation: String {
    let numbers = "a number from \(field.range.lowerBound) to \(field.range.upperBound)"
    guard let first = field.names.first, let last = field.names.last else { return numbers }
    return "\(numbers), nor a name from \(first) to \(last)"
  }

  private func bad(_ item: Substring, _ reason: String) -> CronError {
    .badField(field, item: String(item), reason: reason)
  }
}

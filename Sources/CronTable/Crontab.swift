// SPDX-License-Identifier: MIT

/// A crontab as it was read: when each line is due and what it asks for, or what is wrong with it.
package struct Crontab: Sendable {
  package struct Line: Sendable {
    /// From 1.
    package let number: Int
    package let schedule: CronSchedule
    /// The zone that the line or one above it names; nil where that of the machine holds.
    package let zone: String?
    /// Seconds for which a missed run is worth being made up for.
    package let catchUp: Int
    /// Everything behind the expression.
    package let command: String
  }

  package struct BadLine: Sendable {
    package let number: Int
    package let text: String
    package let error: CrontabError
  }

  package private(set) var lines: [Line] = []
  package private(set) var badLines: [BadLine] = []

  /// - Parameters:
  ///   - localZone: where no `CRON_TZ` is in force.
  ///   - catchUp: where no `CATCH_UP` is in force, seconds.
  package init(_ bytes: [UInt8], zones: TimeZones, localZone: ZoneRules, catchUp: Int) {
    var settings = CrontabSettings(zones: zones, localZone: localZone, catchUp: catchUp)
    let rows = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, row) in rows.enumerated() {
      do throws(CrontabError) {
        guard let text = String(validating: row, as: UTF8.self) else { throw .notUTF8 }
        if let line = try Self.line(index + 1, text[...], &settings) { lines.append(line) }
      } catch {
        let text = String(decoding: row, as: UTF8.self)
        badLines.append(BadLine(number: index + 1, text: text, error: error))
      }
    }
  }

  /// Nil for a line that asks for nothing.
  private static func line(
    _ number: Int, _ text: Substring, _ settings: inout CrontabSettings
  ) throws(CrontabError) -> Line? {
    var text = text.trimmed
    guard !text.isEmpty, !text.hasPrefix("#") else { return nil }
    var own = settings
    while let (name, value, rest) = CrontabSettings.assignment(text) {
      let isForAll = rest.isEmpty
      // Also where it is refused: the lines below must not run in the zone of the assignment before it.
      defer { if isForAll { settings = own } }
      try own.set(name, to: value)
      guard !isForAll else { return nil }
      text = rest
    }
    let (expression, command) = split(text)
    let schedule: CronSchedule
    do {
      schedule = CronSchedule(try CronExpression(expression), in: try own.zone())
    } catch {
      throw .cron(error)
    }
    return Line(
      number: number, schedule: schedule, zone: own.zoneName, catchUp: own.catchUp,
      command: String(command.trimmed))
  }

  /// The expression, and what is behind it: one word that begins with `@`, or five, or six where the sixth reads as days
  /// of the week and something follows it.
  private static func split(_ line: Substring) -> (expression: String, command: Substring) {
    var rest = line
    var words: [Substring] = []
    let wanted = line.hasPrefix("@") ? 1 : 5
    while words.count < wanted, let word = rest.nextWord() { words.append(word) }
    var behind = rest
    if wanted == 5, let sixth = behind.nextWord(), !behind.trimmed.isEmpty,
      isWeekdays(sixth)
    {
      words.append(sixth)
      rest = behind
    }
    return (words.joined(separator: " "), rest)
  }

  private static func isWeekdays(_ word: Substring) -> Bool {
    let reader = FieldReader(field: .dayOfWeek, text: Substring(word.lowercased()))
    do {
      _ = try reader.items()
      return true
    } catch {
      return false
    }
  }
}

extension Substring {
  fileprivate mutating func nextWord() -> Substring? {
    self = drop(while: \.isWhitespace)
    let word = prefix { !$0.isWhitespace }
    self = dropFirst(word.count)
    return word.isEmpty ? nil : word
  }

  var trimmed: Substring {
    var text = drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return text
  }
}

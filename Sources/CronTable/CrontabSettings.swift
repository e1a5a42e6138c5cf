// SPDX-License-Identifier: MIT

/// What is in force at a line of a crontab: the assignments above it, and those in front of its expression.
struct CrontabSettings {
  private let zones: TimeZones
  private let localZone: ZoneRules
  private(set) var zoneName: String?
  private(set) var catchUp: Int
  private var rules: ZoneRules?

  init(zones: TimeZones, localZone: ZoneRules, catchUp: Int) {
    self.zones = zones
    self.localZone = localZone
    self.catchUp = catchUp
  }

  static let zone = "CRON_TZ"
  static let catchUp = "CATCH_UP"

  mutating func set(_ name: String, to value: String) throws(CrontabError) {
    switch name {
    case Self.zone:
      zoneName = value
      rules = nil
      do { rules = try zones.rules(of: value) } catch { throw .cron(error) }
    case Self.catchUp:
      guard let seconds = Self.seconds(value) else { throw .badCatchUp(value) }
      catchUp = seconds
    default: throw .noSuchSetting(name)
    }
  }

  /// - Throws: where a line above names a zone that there is not.
  func zone() throws(CronError) -> ZoneRules {
    guard let zoneName else { return localZone }
    guard let rules else { throw .noSuchZone(zoneName) }
    return rules
  }

  /// `NAME=value`, `NAME = "value"`, and what stands behind it; nil where the line begins with an expression.
  static func assignment(_ line: Substring) -> (name: String, value: String, rest: Substring)? {
    guard let equals = line.firstIndex(of: "=") else { return nil }
    let name = line[..<equals].trimmed
    guard let first = name.unicodeScalars.first, first.properties.isAlphabetic,
      name.unicodeScalars.allSatisfy({ $0.properties.isAlphabetic || $0 == "_" })
    else { return nil }
    let text = line[line.index(after: equals)...].trimmed
    if let quote = text.first, quote == "\"" || quote == "'",
      let end = text.dropFirst().firstIndex(of: quote)
    {
      let value = text[text.index(after: text.startIndex)..<end]
      return (String(name), String(value), text[text.index(after: end)...].trimmed)
    }
    let value = text.prefix { !$0.isWhitespace }
    return (String(name), String(value), text.dropFirst(value.count).trimmed)
  }

  private static let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
  /// Of years; whatever is older is not worth a thought.
  private static let limit = 10 * 365 * 86400

  private static func seconds(_ text: String) -> Int? {
    if text == "never" { return 0 }
    let factor = text.last.flatMap { units[$0] }
    let digits = factor == nil ? text[...] : text.dropLast()
    guard let number = Int(digits), number >= 0, number <= limit else { return nil }
    return min(number * (factor ?? 1), limit)
  }
}

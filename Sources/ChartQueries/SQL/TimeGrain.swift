// SPDX-License-Identifier: MIT

/// A step of time, as Superset names it.
struct TimeGrain: Hashable, Sendable {
  /// ISO 8601; weeks that do not begin on the database's first day are intervals with a date.
  let duration: String
  let name: String
  /// SQL that cuts `{col}` to the beginning of its step, and of some weeks to the end.
  let function: String

  /// Those of SQLite, in Superset's order.
  static let sqlite: [TimeGrain] = [
    TimeGrain("PT1S", "Second", "DATETIME(STRFTIME('%Y-%m-%dT%H:%M:%S', {col}))"),
    TimeGrain("PT5S", "5 second", seconds(5)), TimeGrain("PT30S", "30 second", seconds(30)),
    TimeGrain("PT1M", "Minute", "DATETIME(STRFTIME('%Y-%m-%dT%H:%M:00', {col}))"),
    TimeGrain("PT5M", "5 minute", minutes(5)), TimeGrain("PT10M", "10 minute", minutes(10)),
    TimeGrain("PT15M", "15 minute", minutes(15)), TimeGrain("PT30M", "30 minute", minutes(30)),
    TimeGrain("PT1H", "Hour", "DATETIME(STRFTIME('%Y-%m-%dT%H:00:00', {col}))"),
    TimeGrain(
      "PT6H", "6 hour",
      "DATETIME(STRFTIME('%Y-%m-%dT%H:00:00', {col}),"
        + " printf('-%d hours', CAST(strftime('%H', {col}) AS INT) % 6))"),
    TimeGrain("P1D", "Day", "DATETIME({col}, 'start of day')"),
    // The blanks are Superset's: its source continues a line inside the text.
    TimeGrain(
      "P1W", "Week",
      "DATETIME({col}, 'start of day',             -strftime('%w', {col}) || ' days')"
    ),
    TimeGrain("P1M", "Month", "DATETIME({col}, 'start of month')"),
    TimeGrain(
      "P3M", "Quarter",
      "DATETIME({col}, 'start of month', printf('-%d month', (strftime('%m', {col}) - 1) % 3))"),
    TimeGrain("P1Y", "Year", "DATETIME({col}, 'start of year')"),
    TimeGrain(
      "P1W/1970-01-03T00:00:00Z", "Week ending Saturday",
      "DATETIME({col}, 'start of day', 'weekday 6')"),
    TimeGrain(
      "P1W/1970-01-04T00:00:00Z", "Week ending Sunday",
      "DATETIME({col}, 'start of day', 'weekday 0')"),
    TimeGrain(
      "1969-12-28T00:00:00Z/P1W", "Week starting Sunday",
      "DATETIME({col}, 'start of day', 'weekday 0', '-7 days')"),
    TimeGrain(
      "1969-12-29T00:00:00Z/P1W", "Week starting Monday",
      "DATETIME({col}, 'start of day', 'weekday 1', '-7 days')"),
  ]

  /// Those of PostgreSQL; its weeks begin on Monday.
  static let postgresql: [TimeGrain] = [
    TimeGrain("PT1S", "Second", truncated(to: "second")),
    TimeGrain("PT1M", "Minute", truncated(to: "minute")),
    TimeGrain("PT1H", "Hour", truncated(to: "hour")),
    TimeGrain("P1D", "Day", truncated(to: "day")),
    TimeGrain("P1W", "Week", truncated(to: "week")),
    TimeGrain("P1M", "Month", truncated(to: "month")),
    TimeGrain("P3M", "Quarter", truncated(to: "quarter")),
    TimeGrain("P1Y", "Year", truncated(to: "year")),
  ]

  private init(_ duration: String, _ name: String, _ function: String) {
    self.duration = duration
    self.name = name
    self.function = function
  }

  private static func truncated(to unit: String) -> String { "DATE_TRUNC('\(unit)', {col})" }

  private static func seconds(_ step: Int) -> String {
    "DATETIME({col}, printf('-%d seconds', CAST(strftime('%S', {col}) AS INT) % \(step)))"
  }

  private static func minutes(_ step: Int) -> String {
    "DATETIME(STRFTIME('%Y-%m-%dT%H:%M:00', {col}),"
      + " printf('-%d minutes', CAST(strftime('%M', {col}) AS INT) % \(step)))"
  }
}

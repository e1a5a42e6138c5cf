// SPDX-License-Identifier: MIT

/// A time as spool.toml and the options of spool(1) write it.
package enum DurationText {
  /// Seconds of each unit; the longer suffixes first, since `ms` also ends in `s`.
  static let units: [(suffix: String, factor: Double)] = [
    ("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86400),
  ]
  static let expectation = "a time in seconds or as \"10s\", \"5m\", \"2h\", \"7d\""
  /// A hundred years: what is longer is a mistake, and doubled for each attempt it would not fit a clock's arithmetic.
  static let longest: Double = 100 * 365 * 86400
  /// Where an age may stand: nothing is ever so old.
  package static let never = "never"

  /// `90`, `"500ms"`, `"7d"`; nil for anything else.
  package static func duration(_ text: String) -> Duration? {
    let seconds = Double(text) ?? number(text, units)
    return seconds.flatMap { (0...longest).contains($0) ? .seconds($0) : nil }
  }

  /// A number with one of the units behind it.
  static func number(_ text: String, _ units: [(suffix: String, factor: Double)]) -> Double? {
    guard let unit = units.first(where: { text.hasSuffix($0.suffix) }) else { return nil }
    return Double(text.dropLast(unit.suffix.count)).map { $0 * unit.factor }
  }
}

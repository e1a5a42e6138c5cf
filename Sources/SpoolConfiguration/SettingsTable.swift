// SPDX-License-Identifier: MIT
import TOMLKit

/// A table of spool.toml whose keys are taken one by one; what nobody takes is unknown.
struct SettingsTable {
  private let table: TOMLTable
  private let path: String
  /// The table's own name and a dot; empty for the whole file.
  private let prefix: String

  init(_ table: TOMLTable, path: String, prefix: String = "") {
    self.table = table
    self.path = path
    self.prefix = prefix
  }

  func refuseKeys(besides known: [String]) throws(SettingsError) {
    for key in table.keys where !known.contains(key) {
      throw .unknownKey(path: path, key: prefix + key)
    }
  }

  func table(_ key: String) throws(SettingsError) -> SettingsTable? {
    guard let value = table[key] else { return nil }
    guard let inner = value.table else { throw wrong(key, "a table") }
    return SettingsTable(inner, path: path, prefix: "\(prefix)\(key).")
  }

  /// The tables below this one, by name: `[queues.NAME]`.
  func tables() throws(SettingsError) -> [(name: String, table: SettingsTable)] {
    var tables: [(String, SettingsTable)] = []
    for name in table.keys.sorted() {
      if let inner = try table(name) { tables.append((name, inner)) }
    }
    return tables
  }

  func value(_ key: String) -> (any TOMLValueConvertible)? { table[key] }

  func text(_ key: String) throws(SettingsError) -> String? {
    guard let value = table[key] else { return nil }
    guard let text = value.string, !text.isEmpty else { throw wrong(key, "a text") }
    return text
  }

  func texts(_ key: String) throws(SettingsError) -> [String]? {
    guard let value = table[key] else { return nil }
    guard let array = value.array else { throw wrong(key, "a list of texts") }
    var texts: [String] = []
    for element in array {
      guard let text = element.string else { throw wrong(key, "a list of texts") }
      texts.append(text)
    }
    return texts
  }

  func integers(_ key: String, in range: ClosedRange<Int>) throws(SettingsError) -> [Int]? {
    guard let value = table[key] else { return nil }
    let expected = "a list of whole numbers from \(range.lowerBound) to \(range.upperBound)"
    guard let array = value.array else { throw wrong(key, expected) }
    var integers: [Int] = []
    for element in array {
      guard let integer = element.int, range.contains(integer) else { throw wrong(key, expected) }
      integers.append(integer)
    }
    return integers
  }

  func flag(_ key: String) throws(SettingsError) -> Bool? {
    guard let value = table[key] else { return nil }
    guard let flag = value.bool else { throw wrong(key, "true or false") }
    return flag
  }

  func count(_ key: String, atLeast least: Int) throws(SettingsError) -> Int? {
    guard let value = table[key] else { return nil }
    guard let count = value.int, count >= least else {
      throw wrong(key, "a whole number from \(least)")
    }
    return count
  }

  /// Seconds as a number, or a text with a unit: `"500ms"`, `"5s"`, `"10m"`, `"2h"`, `"1d"`.
  func duration(_ key: String) throws(SettingsError) -> Duration? {
    let expected = DurationText.expectation
    guard let number = try number(key, DurationText.units, expected) else { return nil }
    guard number <= DurationText.longest else { throw wrong(key, "\(expected), at most 100 years") }
    return .seconds(number)
  }

  /// A time, or `"never"`: then nil within; nil itself where the key is missing.
  func age(_ key: String) throws(SettingsError) -> Duration?? {
    guard let value = table[key] else { return nil }
    if value.string == DurationText.never { return .some(nil) }
    do { return try duration(key) } catch {
      throw wrong(key, "\(DurationText.expectation), or \"\(DurationText.never)\"")
    }
  }

  /// Bytes as a number, or a text with a unit: `"16MB"`, powers of 1024.
  func size(_ key: String) throws(SettingsError) -> Int? {
    let expected = "a size in bytes or as \"16MB\""
    let units: [(String, Double)] = [
      ("KB", 1024), ("MB", 1_048_576), ("GB", 1_073_741_824), ("B", 1),
    ]
    guard let number = try number(key, units, expected), number >= 1 else {
      if table[key] == nil { return nil }
      throw wrong(key, expected)
    }
    return Int(number)
  }

  /// Times a second, as a text with a unit: `"10/s"`, `"100/m"`, `"1000/h"`, as Celery writes it.
  func rate(_ key: String) throws(SettingsError) -> Double? {
    guard let value = table[key] else { return nil }
    let units: [Substring: Double] = ["s": 1, "m": 60, "h": 3600]
    let parts = value.string?.split(separator: "/", omittingEmptySubsequences: false) ?? []
    guard parts.count == 2, let count = Double(parts[0]), let unit = units[parts[1]],
      (1e-6...1e6).contains(count / unit)
    else { throw wrong(key, "a rate as \"10/s\", \"100/m\", \"1000/h\"") }
    return count / unit
  }

  private func number(
    _ key: String, _ units: [(suffix: String, factor: Double)], _ expected: String
  ) throws(SettingsError) -> Double? {
    guard let value = table[key] else { return nil }
    var number = value.double ?? value.int.map(Double.init)
    if let text = value.string { number = DurationText.number(text, units) }
    // A petabyte: beyond is a mistake.
    guard let number, number >= 0, number < 1e15 else { throw wrong(key, expected) }
    return number
  }

  func wrong(_ key: String, _ expected: String) -> SettingsError {
    .wrongValue(path: path, key: prefix + key, expected: expected)
  }
}

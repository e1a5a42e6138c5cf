// SPDX-License-Identifier: MIT

/// Why an expression or a zone is none; names the field and what is wrong with it.
package enum CronError: Error, Hashable, Sendable, CustomStringConvertible {
  case fieldCount(Int)
  case unknownName(String)
  case badField(CronField, item: String, reason: String)
  /// Each field is well formed, but no day is in all of them: the 30th of February.
  case neverMatches
  case noSuchZone(String)
  case badZone(String, reason: String)

  package var description: String {
    switch self {
    case .fieldCount(let count):
      "an expression has 5 fields, or 6 with seconds, and not \(count)"
    case .unknownName(let name):
      "there is no '\(name)', but \(CronAlias.allCases.map(\.rawValue).joined(separator: " "))"
    case .badField(let field, let item, let reason): "\(field.rawValue) '\(item)': \(reason)"
    case .neverMatches: "no day of any year is in these days, months and weekdays"
    case .noSuchZone(let name): "there is no time zone '\(name)'"
    case .badZone(let name, let reason):
      "the rules of the time zone '\(name)' are no TZif: \(reason)"
    }
  }
}

// SPDX-License-Identifier: MIT
import PythonTexts
import SQLDatabases

/// What the query of an alert gave: its columns and at most two rows.
package struct AlertAnswer: Hashable, Sendable {
  /// More rows are not read: two are too many already.
  package static let rowLimit = 2

  package var columns: Int
  package var rows: [[SQLValue]]

  package init(columns: Int, rows: [[SQLValue]]) {
    self.columns = columns
    self.rows = rows
  }

  /// The one value, nil where there is no row.
  func value() throws(ReportFailure) -> SQLValue? {
    guard rows.count < 2 else { throw .alertMultipleRows(rows.count) }
    guard let row = rows.first else { return nil }
    guard columns < 2, row.count < 2 else { throw .alertMultipleColumns(max(columns, row.count)) }
    return row.first ?? .null
  }
}

extension SQLValue {
  /// `str(value)`
  var pythonText: String {
    switch self {
    case .null: "None"
    case .integer(let number): "\(number)"
    case .real(let number): PythonText.of(number)
    case .text(let text): text
    case .blob(let bytes): String(decoding: bytes, as: UTF8.self)
    }
  }

  /// `float(value)`; nil where Python raises an error.
  var pythonFloat: Double? {
    switch self {
    case .null: nil
    case .integer(let number): Double(number)
    case .real(let number): number
    case .text(let text): PythonFloat.parsed(text)
    case .blob(let bytes): PythonFloat.parsed(String(decoding: bytes, as: UTF8.self))
    }
  }
}

/// What Python's `float` makes of a text.
private enum PythonFloat {
  static func parsed(_ text: String) -> Double? {
    let trimmed = String(text.drop(while: \.isWhitespace).reversed())
    let bare = String(trimmed.drop(while: \.isWhitespace).reversed())
    guard let digits = joined(bare) else { return nil }
    // Swift reads hexadecimal numbers and payloads of NaNs besides.
    let allowed = digits.lowercased().allSatisfy { $0.isASCII && !"xp()".contains($0) }
    return allowed ? Double(digits) : nil
  }

  /// Underscores may stand between digits.
  private static func joined(_ text: String) -> String? {
    guard text.contains("_") else { return text }
    let parts = text.split(separator: "_", omittingEmptySubsequences: false)
    for (left, right) in zip(parts, parts.dropFirst()) {
      guard left.last?.isNumber ?? false, right.first?.isNumber ?? false else { return nil }
    }
    return parts.joined()
  }
}

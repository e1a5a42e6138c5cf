// SPDX-License-Identifier: MIT
import PythonTexts
import SQLDatabases

/// What the query of an alert gave: its columns and at most two rows.
package struct AlertAnswer: Hashable, Sendable {
  /// More rows are not read: two are too many already.
  package static let rowLimit = 2

  package private(set) var columns: Int
  package private(set) var rows: [[SQLValue]]
  /// As Python prints the first cell, where its kind says more of it than its value.
  private var text: String?

  package init(columns: Int, rows: [[SQLValue]]) {
    self.columns = columns
    self.rows = rows
  }

  /// Whether it has as many rows as are read.
  package var isFull: Bool { rows.count >= Self.rowLimit }

  package mutating func take(_ row: any SQLRow) {
    columns = row.count
    if rows.isEmpty { text = row.firstText }
    rows.append((0..<row.count).map { row[$0] })
  }

  /// `str(value)`, also of no value.
  func pythonText() throws(ReportFailure) -> String {
    let value = try value()
    return text ?? (value ?? .null).pythonText
  }

  /// The one value, nil where there is no row.
  func value() throws(ReportFailure) -> SQLValue? {
    guard rows.count < 2 else { throw .alertMultipleRows(rows.count) }
    guard let row = rows.first else { return nil }
    guard columns < 2, row.count < 2 else { throw .alertMultipleColumns(max(columns, row.count)) }
    return row.first ?? .null
  }
}

extension SQLRow {
  /// Nil for a cell that prints as its value does.
  fileprivate var firstText: String? {
    guard count > 0 else { return nil }
    var text = ""
    withBytes(at: 0) { text = String(decoding: $0, as: UTF8.self) }
    return switch kind(at: 0) {
    case .boolean: integer(at: 0) == 0 ? "False" : "True"
    case .decimal: text
    case .time: NumPyTime.text(text)
    case .null, .integer, .real, .text, .blob: nil
    }
  }
}

/// Times as NumPy prints them.
private enum NumPyTime {
  private static let digits = 9

  /// A date alone is none of NumPy's, and stays as it is.
  static func text(_ text: String) -> String {
    let parts = text.split(separator: " ", maxSplits: 1)
    guard parts.count == 2 else { return text }
    let time = parts[1].split(separator: ".", maxSplits: 1)
    let fraction = time.count == 2 ? time[1] : ""
    let zeros = String(repeating: "0", count: max(0, digits - fraction.count))
    return "\(parts[0])T\(time[0]).\(fraction)\(zeros)"
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
    case .text(let text): PythonText.float(text)
    case .blob(let bytes): PythonText.float(String(decoding: bytes, as: UTF8.self))
    }
  }
}

// SPDX-License-Identifier: MIT

/// How rows are written, one after the other.
package enum RowLayout: Hashable, Sendable {
  /// A JSON array of objects.
  case array
  /// An object a line.
  case lines
  /// As Superset sends it: people's names above the columns, what could be a formula disarmed.
  case csv
  /// RFC 4180: the names of the columns, and the values as they are.
  case plainCSV
  /// An Excel file.
  case workbook

  init(_ format: ResultFormat) {
    self =
      switch format {
      case .json: .array
      case .csv: .csv
      case .xlsx: .workbook
      }
  }
}

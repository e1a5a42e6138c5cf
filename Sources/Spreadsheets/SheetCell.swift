// SPDX-License-Identifier: MIT

/// What stands in one cell of a sheet.
package enum SheetCell: Hashable, Sendable {
  case empty
  case text(String)
  case integer(Int)
  case real(Double)
  case boolean(Bool)
  /// Days since the end of 1899, by which spreadsheets count time.
  case time(days: Double)
}

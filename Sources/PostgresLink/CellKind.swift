// SPDX-License-Identifier: MIT

/// The kind of a cell, known before its value is fetched.
package enum CellKind: UInt8, Hashable, Sendable {
  case null, integer, real, text, blob
  /// An integer, 0 or 1, where a database knows truth.
  case boolean
  /// A number with as many digits as its text has.
  case decimal
  /// A text like `2024-01-02 03:04:05.678901` or its beginning, where a database knows times.
  case time
}

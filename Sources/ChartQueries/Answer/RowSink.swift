// SPDX-License-Identifier: MIT
import SQLDatabases

/// Takes the rows of a result and makes bytes of them.
protocol RowSink {
  /// What was made since somebody last took it away.
  var bytes: [UInt8] { get set }
  var rowCount: Int { get }
  /// What the rows have shown of their columns.
  var columns: ResultColumns { get }
  mutating func write(_ row: any SQLRow, labels: [String])
  mutating func finish()
}

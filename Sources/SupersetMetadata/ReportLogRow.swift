// SPDX-License-Identifier: MIT
import SQLDatabases
import SystemCalls

/// A row of `report_execution_log` that is to be written.
package struct ReportLogRow: Hashable, Sendable {
  /// The same for all rows of a run: 32 hexadecimal digits.
  package var run: String
  package var schedule: Int
  package var scheduled: Timestamp
  package var began: Timestamp
  package var ended: Timestamp
  package var state: ReportState
  package var message: String?
  package var value: Double?
  package var valueRow: String?

  package init(
    run: String, schedule: Int, scheduled: Timestamp, began: Timestamp, ended: Timestamp,
    state: ReportState, message: String?
  ) {
    self.run = run
    self.schedule = schedule
    self.scheduled = scheduled
    self.began = began
    self.ended = ended
    self.state = state
    self.message = message
  }

  /// Adds the row.
  package func insertion(in dialect: SQLDialect) -> SQLStatement {
    SQLStatement(
      """
      INSERT INTO report_execution_log (uuid, report_schedule_id, scheduled_dttm, start_dttm,
        end_dttm, state, error_message, value, value_row_json)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        Self.identity(of: run, in: dialect), .integer(schedule), .text(scheduled.metadataText),
        .text(began.metadataText), .text(ended.metadataText), .text(state.rawValue),
        message.map(SQLValue.text) ?? .null, value.map(SQLValue.real) ?? .null,
        valueRow.map(SQLValue.text) ?? .null,
      ])
  }

  /// Brings the schedule itself into the state; a run that begins has found nothing yet.
  package var update: SQLStatement {
    SQLStatement(
      """
      UPDATE report_schedule SET last_state = ?, last_eval_dttm = ?, last_value = ?,
        last_value_row_json = ? WHERE id = ?
      """,
      [
        .text(state.rawValue), .text(ended.metadataText), value.map(SQLValue.real) ?? .null,
        valueRow.map(SQLValue.text) ?? .null, .integer(schedule),
      ])
  }

  /// A UUID, which SQLite's tables keep as its bytes.
  static func identity(of run: String, in dialect: SQLDialect) -> SQLValue {
    guard dialect == .sqlite else { return .text(run) }
    let digits = Array(run.utf8)
    return .blob(
      stride(from: 0, to: digits.count - 1, by: 2).map { index in
        UInt8(String(decoding: digits[index...(index + 1)], as: UTF8.self), radix: 16) ?? 0
      })
  }
}

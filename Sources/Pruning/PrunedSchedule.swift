// SPDX-License-Identifier: MIT
import SQLDatabases
import SystemCalls

/// A report schedule that says for how long its log is kept.
package struct PrunedSchedule: Hashable, Sendable {
  package let id: Int
  /// As it stands there, in days.
  package let retention: Int
  /// The row by which Superset tells how long a run has been under way: without, the schedule would be under way for ever.
  private let begun: Int?

  /// All of them, active or not.
  package static func all(in database: any SQLDatabase) throws(SQLError) -> [PrunedSchedule] {
    let begun = """
      SELECT l.id FROM report_execution_log l WHERE l.report_schedule_id = s.id
        AND s.last_state = 'Working' AND l.state = 'Working' AND l.error_message IS NULL
        AND l.end_dttm IS NOT NULL ORDER BY l.end_dttm DESC, l.id DESC LIMIT 1
      """
    let statement = SQLStatement(
      """
      SELECT s.id, s.log_retention, (\(begun)) FROM report_schedule s
      WHERE s.log_retention IS NOT NULL ORDER BY s.id
      """)
    return try database.rows(statement) { row in
      PrunedSchedule(
        id: row.integer(at: 0), retention: row.integer(at: 1), begun: row[2].integerValue)
    }
  }

  /// What has been kept for long enough; nil where the schedule says no time that could be meant.
  package func oldRows(at now: Timestamp) -> PrunedRows? {
    // Who enters more than can be meant wants to keep all.
    let days = min(Double(retention), Retention.longest)
    guard let end = Retention(days: days)?.end(at: now) else { return nil }
    var rows = PrunedRows(of: .reports, before: end)
    rows.owner = id
    rows.spared = begun
    return rows
  }
}

// SPDX-License-Identifier: MIT
import SQLDatabases
import SystemCalls

/// What the log of a schedule says of the runs before this one: each the end of the newest row of its kind.
package struct ReportHistory: Hashable, Sendable {
  /// What Superset's log says of an error of which the owners were told.
  package static let toldMessage = "Notification sent with error"

  /// Of a run that began, and whose other rows came later if at all.
  package var working: Timestamp?
  package var success: Timestamp?
  /// Of an error of which the owners were told.
  package var told: Timestamp?
  /// Of a run that went well, whatever it found: `Success`, `Not triggered`, `On Grace`.
  package var well: Timestamp?

  package init() {}
}

extension MetadataStore {
  /// - Parameter now: rows that end more than a day later are of a clock that was wrong, and would keep an alert silent for years.
  package func history(
    ofReport id: Int, at now: Timestamp
  ) throws(MetadataError) -> ReportHistory {
    let isPast = " AND end_dttm < ?"
    let end = SQLValue.text((now + .seconds(86_400)).metadataText)
    var history = ReportHistory()
    history.working = try newest("state = 'Working' AND error_message IS NULL", [], of: id)
    history.success = try newest("state = 'Success'" + isPast, [end], of: id)
    history.told = try newest(
      "error_message = ?" + isPast, [.text(ReportHistory.toldMessage), end], of: id)
    history.well = try newest("state NOT IN ('Error', 'Working')" + isPast, [end], of: id)
    return history
  }

  /// How far a run has come, as its last row says; nil before its first.
  ///
  /// - Parameter began: a run of the same name may have been before it.
  package func state(
    ofRun run: String, ofReport id: Int, since began: Timestamp
  ) throws(MetadataError) -> String? {
    let statement = SQLStatement(
      """
      SELECT state FROM report_execution_log
      WHERE report_schedule_id = ? AND uuid = ? AND start_dttm >= ? ORDER BY id DESC LIMIT 1
      """,
      [
        .integer(id), ReportLogRow.identity(of: run, in: dialect), .text(began.metadataText),
      ])
    return try rows(statement) { $0[0].textValue }.first ?? nil
  }

  private func newest(
    _ condition: String, _ values: [SQLValue], of id: Int
  ) throws(MetadataError) -> Timestamp? {
    let statement = SQLStatement(
      """
      SELECT MAX(end_dttm) FROM report_execution_log
      WHERE report_schedule_id = ? AND \(condition)
      """, [.integer(id)] + values)
    return try rows(statement) { $0[0].timestamp }.first ?? nil
  }
}

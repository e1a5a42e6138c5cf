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
    let end = SQLValue.text((now + .seconds(86_400)).metadataText)
    let statement = SQLStatement(
      """
      SELECT MAX(CASE WHEN state = 'Working' AND error_message IS NULL THEN end_dttm END),
        MAX(CASE WHEN state = 'Success' AND end_dttm < ? THEN end_dttm END),
        MAX(CASE WHEN error_message = ? AND end_dttm < ? THEN end_dttm END),
        MAX(CASE WHEN state NOT IN ('Error', 'Working') AND end_dttm < ? THEN end_dttm END)
      FROM report_execution_log WHERE report_schedule_id = ?
      """, end, .text(ReportHistory.toldMessage), end, end, .integer(id))
    return try rows(statement) { row in
      var history = ReportHistory()
      history.working = row[0].timestamp
      history.success = row[1].timestamp
      history.told = row[2].timestamp
      history.well = row[3].timestamp
      return history
    }.first ?? ReportHistory()
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
}

// SPDX-License-Identifier: MIT
import SQLDatabases
import SystemCalls

/// How a schedule's last runs ended, as its log tells it.
package struct ReportOutcome: Hashable, Sendable {
  package var lastRun: Timestamp?
  /// What the last error said; not that the owners were told of it.
  package var lastError: String?
}

extension MetadataStore {
  package func outcome(ofReport id: Int) throws(MetadataError) -> ReportOutcome {
    var outcome = ReportOutcome()
    let last = SQLStatement(
      "SELECT MAX(end_dttm) FROM report_execution_log WHERE report_schedule_id = ?", .integer(id))
    outcome.lastRun = try rows(last) { $0[0].timestamp }.first ?? nil
    let error = SQLStatement(
      """
      SELECT error_message FROM report_execution_log
      WHERE report_schedule_id = ? AND state = 'Error' AND error_message <> ?
      ORDER BY id DESC LIMIT 1
      """, .integer(id), .text(ReportHistory.toldMessage))
    outcome.lastError = try rows(error) { $0[0].textValue }.first ?? nil
    return outcome
  }
}

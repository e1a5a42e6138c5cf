// SPDX-License-Identifier: MIT
import Reports
import SQLDatabases
import SupersetMetadata
import SystemCalls

/// The log of one run: its rows, and the state of its schedule with them.
struct ReportLog {
  private let writer: any SQLWriter
  private let schedule: Int
  private let run: String
  private let scheduled: Timestamp
  private let began: Timestamp
  /// What the alert has found, if it has been asked; before that, what the run before found.
  var finding: AlertValidator.Finding

  init(
    _ writer: any SQLWriter, _ schedule: ReportSchedule, run: String, scheduled: Timestamp,
    began: Timestamp
  ) {
    self.writer = writer
    self.schedule = schedule.id
    self.run = run
    self.scheduled = scheduled
    self.began = began
    finding = AlertValidator.Finding(value: schedule.lastValue, row: schedule.lastValueRow)
  }

  /// A row, and the state with it: both are there or neither is.
  mutating func write(_ state: ReportState, _ message: String?) throws(SQLError) {
    if state == .working { finding = AlertValidator.Finding() }
    let row = row(state, message)
    _ = try writer.write(
      [row.update, row.insertion(in: writer.dialect)], evenIfCancelled: true)
  }

  /// A row alone.
  func note(_ state: ReportState, _ message: String) throws(SQLError) {
    _ = try writer.write(
      [row(state, message).insertion(in: writer.dialect)], evenIfCancelled: true)
  }

  private func row(_ state: ReportState, _ message: String?) -> ReportLogRow {
    var row = ReportLogRow(
      run: run, schedule: schedule, scheduled: scheduled, began: began, ended: SystemClock.now(),
      state: state, message: message)
    row.value = finding.value
    row.valueRow = finding.row
    return row
  }
}

// SPDX-License-Identifier: MIT
import Notifications
import PageTasks
import SupersetMetadata
import SystemCalls

/// What the messages of one run say.
struct ReportMessage {
  let schedule: ReportSchedule
  /// Nil where it is gone: of that, too, the owners are told.
  let subject: PageSubject?
  let link: String?
  let owners: [String]
  /// Of the run; with the recipient it names a message.
  let run: String
  let date: Timestamp

  func notification(_ content: ReportContent, to recipient: String) -> Notification {
    let name = schedule.emailSubject ?? "\(schedule.name): \(subject?.title ?? "")"
    var notification = notification(named: name, to: recipient)
    notification.description = schedule.description ?? ""
    notification.table = content.table
    notification.pictures = content.pictures
    notification.csv = content.csv
    notification.pdf = content.pdf
    return notification
  }

  /// For the owners.
  func failure(_ text: String) -> Notification {
    let name = "Error occurred for \(schedule.kind.rawValue): \(schedule.name)"
    var notification = notification(named: name, to: "owners")
    notification.errorText = text
    return notification
  }

  private func notification(named name: String, to recipient: String) -> Notification {
    var notification = Notification(name, source, identity: "\(run).\(recipient)", at: date)
    notification.url = link
    return notification
  }

  private var source: NotificationSource {
    var source = NotificationSource(
      schedule.kind == .alert ? .alert : .report, schedule.chart == nil ? .dashboard : .chart,
      as: NotificationSource.Format(rawValue: schedule.format) ?? .picture)
    source.chartID = schedule.chart
    source.dashboardID = schedule.dashboard
    source.owners = owners
    return source
  }
}

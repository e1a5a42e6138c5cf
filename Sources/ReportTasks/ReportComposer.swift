// SPDX-License-Identifier: MIT
import NotificationTasks
import Notifications
import PageTasks
import Reports
import SupersetMetadata
import SupersetTasks
import SystemCalls
import TaskRuntime
import WebTasks

/// Makes what a run sends: the content once, and a message for each recipient.
struct ReportComposer {
  let schedule: ReportSchedule
  let owners: [String]
  private let superset: SupersetSession
  private let context: TaskContext
  private let run: String
  private let began: Timestamp

  init(
    _ schedule: ReportSchedule, _ superset: SupersetSession, _ context: TaskContext,
    run: String, _ began: Timestamp
  ) throws(ReportTaskError) {
    self.schedule = schedule
    self.superset = superset
    self.context = context
    self.run = run
    self.began = began
    // Now: after SIGTERM nothing is read any more, and the owners are still told.
    do { owners = try superset.metadata.ownerAddresses(ofReport: schedule.id) } catch {
      throw .superset(.metadata(error))
    }
  }

  /// In whose name the schedule runs.
  func executor() throws(ReportFault) -> User {
    do {
      return try superset.executor(
        superset.settings.reports.executors, for: .reportSchedule, id: schedule.id
      ).user
    } catch { throw ReportFault(.unexpected("\(error)"), [], error.verdict) }
  }

  /// What a run has to say.
  struct Composition {
    let content: ReportContent
    fileprivate let message: ReportMessage

    func notification(to recipient: ReportRecipient) -> Notification {
      message.notification(content, to: "\(recipient.id)")
    }
  }

  func composition(as viewer: User) throws(ReportFault) -> Composition {
    let subject = try PageSubject(of: schedule, in: superset.metadata)
    let address = ReportAddress(
      of: subject, isForced: schedule.isForced, permalink: try permalink(of: subject, as: viewer),
      superset.settings)
    let content = try ContentMaker(schedule, subject, as: viewer, superset, context)
      .content(at: address)
    return Composition(content: content, message: message(subject, address))
  }

  /// For the owners, whatever it is that failed.
  func failure(_ text: String) -> Notification {
    let subject = try? PageSubject(of: schedule, in: superset.metadata)
    let address = subject.map {
      ReportAddress(of: $0, isForced: false, permalink: nil, superset.settings)
    }
    return message(subject, address).failure(text)
  }

  func sender(isCancelled: @escaping () -> Bool) -> NotificationSender {
    NotificationSender(
      DeliverySettings(superset.settings, environment: context.variables),
      isCancelled: isCancelled)
  }

  private func message(_ subject: PageSubject?, _ address: ReportAddress?) -> ReportMessage {
    ReportMessage(
      schedule: schedule, subject: subject, link: address?.link, owners: owners, run: run,
      date: began)
  }

  /// Of a dashboard that is shown in a state, where a Superset keeps such states.
  private func permalink(
    of subject: PageSubject, as viewer: User
  ) throws(ReportFault) -> String? {
    guard case .dashboard(let look) = subject, !schedule.dashboardState.isNull,
      superset.settings.web.baseURL != nil
    else { return nil }
    do {
      return try WebSession(context).permalink(
        ofDashboard: look.id, in: schedule.dashboardState, as: viewer)
    } catch {
      throw ReportFault(
        .unexpected("The permalink could not be made: \(error)"), [], error.verdict)
    }
  }
}

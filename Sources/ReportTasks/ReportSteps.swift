// SPDX-License-Identifier: MIT
import JSONValues
import Notifications
import PageTasks
import Reports
import SupersetMetadata
import SupersetTasks
import SystemCalls
import TaskRuntime
import WebTasks

/// The steps of a run whose outcome is open: to ask, to send, to tell the owners.
struct ReportSteps {
  private let schedule: ReportSchedule
  private let superset: SupersetSession
  private let context: TaskContext
  private let journal: ReportJournal?
  private let run: String
  private let began: Timestamp
  private let recipients: [ReportRecipient]
  private let owners: [String]
  /// Of the step that failed.
  private(set) var fault: ReportFault?
  /// Who has been told, by their numbers.
  private(set) var told: [Int] = []

  init(
    _ schedule: ReportSchedule, _ superset: SupersetSession, _ context: TaskContext,
    _ journal: ReportJournal?, run: String, _ began: Timestamp
  ) throws(ReportTaskError) {
    self.schedule = schedule
    self.superset = superset
    self.context = context
    self.journal = journal
    self.run = run
    self.began = began
    // Now: after SIGTERM nothing is read any more, and the owners are still told.
    do {
      recipients = try superset.metadata.recipients(ofReport: schedule.id)
      owners = try superset.metadata.ownerAddresses(ofReport: schedule.id)
    } catch { throw .superset(.metadata(error)) }
  }

  mutating func checkAlert(_ finding: inout AlertValidator.Finding) -> ReportRun.Outcome {
    if let known = journal?.alert {
      // Some may have been told of it already; the others are told the same.
      finding = AlertValidator.Finding(known)
      return .alert(isTriggered: true)
    }
    do throws(ReportFault) {
      let answer = try AlertCheck(schedule, superset, context).answer(as: try executor())
      let validator = AlertValidator(schedule.validator, settings: schedule.validatorSettings)
      let isTriggered: Bool
      do throws(ReportFailure) {
        finding = try validator.finding(in: answer)
        isTriggered = try validator.isTriggered(by: answer)
      } catch { throw ReportFault(error) }
      if isTriggered {
        try record { () throws(SystemError) in try journal?.noteAlert(finding.json) }
      }
      return .alert(isTriggered: isTriggered)
    } catch { return failed(error) }
  }

  mutating func send() -> ReportRun.Outcome {
    do throws(ReportFault) {
      let viewer = try executor()
      let subject = try PageSubject(of: schedule, in: superset.metadata)
      let address = try address(of: subject, as: viewer)
      let content = try ContentMaker(schedule, subject, as: viewer, superset, context)
        .content(at: address)
      let message = message(subject, address)
      let isCancelled = { [cancellation = context.cancellation] in cancellation.isRequested }
      let outcome = try delivery(isCancelled).deliver(
        { message.notification(content, to: "\($0.id)") }, to: recipients,
        isCancelled: isCancelled)
      told = outcome.told
      guard let fault = outcome.fault else { return .done }
      throw fault
    } catch { return failed(error) }
  }

  /// By e-mail, whatever the recipients are told by.
  mutating func tellOwners(of failure: ReportFailure) -> ReportRun.Outcome {
    guard !owners.isEmpty else { return .untold("No owner of the schedule has an address.") }
    let subject = try? PageSubject(of: schedule, in: superset.metadata)
    let address = subject.map {
      ReportAddress(of: $0, isForced: false, permalink: nil, superset.settings)
    }
    let notification = message(subject, address).failure("\(failure)")
    do {
      // The soft limit may be what has failed: there are seconds left to say so.
      let missing = try delivery { false }.tell(
        notification, .mail(to: owners, cc: [], bcc: []), "owners")
      guard let reason = missing.first else { return .done }
      return .untold("\(reason)")
    } catch {
      context.log("the owners of report \(schedule.id) were not told: \(error)")
      return .untold("\(error)")
    }
  }

  private func delivery(_ isCancelled: @escaping () -> Bool) -> ReportDelivery {
    ReportDelivery(
      NotificationSender(superset.settings.delivery(context), isCancelled: isCancelled), journal,
      isDry: superset.settings.notifications.isDryRun, log: context.log)
  }

  private func message(_ subject: PageSubject?, _ address: ReportAddress?) -> ReportMessage {
    ReportMessage(
      schedule: schedule, subject: subject, link: address?.link, owners: owners, run: run,
      date: began)
  }

  private func address(
    of subject: PageSubject, as viewer: User
  ) throws(ReportFault) -> ReportAddress {
    ReportAddress(
      of: subject, isForced: schedule.isForced, permalink: try permalink(of: subject, as: viewer),
      superset.settings)
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
      throw ReportFault(.unexpected("The permalink could not be made: \(error)"), [], error.verdict)
    }
  }

  private mutating func failed(_ fault: ReportFault) -> ReportRun.Outcome {
    self.fault = fault
    for cause in fault.causes { context.log("report \(schedule.id): \(cause)") }
    return .failed(fault.failure)
  }

  private func executor() throws(ReportFault) -> User {
    do {
      return try superset.executor(
        superset.settings.reports.executors, for: .reportSchedule, id: schedule.id
      ).user
    } catch { throw ReportFault(.unexpected("\(error)"), [], error.verdict) }
  }

  private func record(_ entry: () throws(SystemError) -> Void) throws(ReportFault) {
    do { try entry() } catch { throw ReportFault(.unexpected("\(error)"), [], .ioError) }
  }
}

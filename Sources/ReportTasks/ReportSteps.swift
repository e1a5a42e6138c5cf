// SPDX-License-Identifier: MIT
import JSONValues
import Notifications
import Reports
import SupersetMetadata
import SupersetTasks
import SystemCalls
import TaskRuntime

/// The steps of a run whose outcome is open: to ask, to send, to tell the owners.
struct ReportSteps {
  private let composer: ReportComposer
  private let superset: SupersetSession
  private let context: TaskContext
  private let journal: ReportJournal?
  private let recipients: [ReportRecipient]
  /// Of the step that failed.
  private(set) var fault: ReportFault?
  /// Who has been told, by their numbers.
  private(set) var told: [Int] = []

  init(
    _ composer: ReportComposer, _ superset: SupersetSession, _ context: TaskContext,
    _ journal: ReportJournal?
  ) throws(ReportTaskError) {
    self.composer = composer
    self.superset = superset
    self.context = context
    self.journal = journal
    do { recipients = try superset.metadata.recipients(ofReport: composer.schedule.id) } catch {
      throw .superset(.metadata(error))
    }
  }

  private var schedule: ReportSchedule { composer.schedule }

  mutating func checkAlert(_ finding: inout AlertValidator.Finding) -> ReportRun.Outcome {
    if let known = journal?.alert {
      // Some may have been told of it already; the others are told the same.
      finding = AlertValidator.Finding(known)
      return .alert(isTriggered: true)
    }
    do throws(ReportFault) {
      let answer = try AlertCheck(schedule, superset, context).answer(as: try composer.executor())
      let isTriggered = try evaluate(answer, &finding)
      if isTriggered { try record(finding) }
      return .alert(isTriggered: isTriggered)
    } catch { return failed(error) }
  }

  private func evaluate(
    _ answer: AlertAnswer, _ finding: inout AlertValidator.Finding
  ) throws(ReportFault) -> Bool {
    let validator = AlertValidator(schedule.validator, settings: schedule.validatorSettings)
    do throws(ReportFailure) {
      finding = try validator.finding(in: answer)
      return try validator.isTriggered(by: answer)
    } catch { throw ReportFault(error) }
  }

  private func record(_ finding: AlertValidator.Finding) throws(ReportFault) {
    do { try journal?.noteAlert(finding.json) } catch {
      throw ReportFault(.unexpected("\(error)"), [], .ioError)
    }
  }

  mutating func send() -> ReportRun.Outcome {
    do throws(ReportFault) {
      let composition = try composer.composition(as: try composer.executor())
      let isCancelled = { [cancellation = context.cancellation] in cancellation.isRequested }
      let outcome = try delivery(isCancelled).deliver(
        composition.notification, to: recipients, isCancelled: isCancelled)
      told = outcome.told
      guard let fault = outcome.fault else { return .done }
      throw fault
    } catch { return failed(error) }
  }

  /// By e-mail, whatever the recipients are told by.
  mutating func tellOwners(of failure: ReportFailure) -> ReportRun.Outcome {
    guard !composer.owners.isEmpty else {
      return .untold("No owner of the schedule has an address.")
    }
    do {
      // The soft limit may be what has failed: there are seconds left to say so.
      let missing = try delivery { false }.tell(
        composer.failure("\(failure)"), .mail(to: composer.owners, cc: [], bcc: []),
        ReportJournal.owners)
      guard let reason = missing.first else { return .done }
      return .untold("\(reason)")
    } catch {
      context.log("the owners of report \(schedule.id) were not told: \(error)")
      return .untold("\(error)")
    }
  }

  private func delivery(_ isCancelled: @escaping () -> Bool) -> ReportDelivery {
    ReportDelivery(
      composer.sender(isCancelled: isCancelled), journal,
      isDry: superset.settings.notifications.isDryRun, log: context.log)
  }

  private mutating func failed(_ fault: ReportFault) -> ReportRun.Outcome {
    self.fault = fault
    for cause in fault.causes { context.log("report \(schedule.id): \(cause)") }
    return .failed(fault.failure)
  }
}

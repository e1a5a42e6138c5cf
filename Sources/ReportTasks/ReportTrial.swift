// SPDX-License-Identifier: MIT
import Notifications
import Reports
import SupersetMetadata
import SupersetTasks
import SystemCalls
import TaskRuntime

/// A run that writes nothing and tells nobody: what would be sent, for somebody to look at.
package struct ReportTrial {
  private let superset: SupersetSession
  private let context: TaskContext
  private let composer: ReportComposer

  package init(of id: Int, _ context: TaskContext) throws(ReportTaskError) {
    self.context = context
    do { superset = try SupersetSession(context) } catch { throw .superset(error) }
    composer = try ReportComposer(
      try superset.report(id), superset, context, run: RunIdentity.of(job: nil), SystemClock.now())
  }

  /// What comes of it: sentences, and files by their names.
  package struct Outcome {
    package var lines: [String] = []
    package var files: [(name: String, bytes: [UInt8])] = []
  }

  package func outcome() throws(ReportTaskError) -> Outcome {
    var outcome = Outcome()
    do throws(ReportFault) {
      let viewer = try composer.executor()
      outcome.lines.append("runs as \(viewer.username)")
      if composer.schedule.kind == .alert { outcome.lines.append(try finding(as: viewer)) }
      let composition = try composer.composition(as: viewer)
      for (number, picture) in composition.content.pictures.enumerated() {
        outcome.files.append(("picture\(number == 0 ? "" : "-\(number + 1)").png", picture))
      }
      try addMessages(composition, to: &outcome)
      return outcome
    } catch { throw .failed(error.failure, causes: error.causes, error.verdict) }
  }

  private func finding(as viewer: User) throws(ReportFault) -> String {
    let schedule = composer.schedule
    let answer = try AlertCheck(schedule, superset, context).answer(as: viewer)
    let validator = AlertValidator(schedule.validator, settings: schedule.validatorSettings)
    do throws(ReportFailure) {
      let finding = try validator.finding(in: answer)
      let value = finding.row ?? finding.value.map { "\($0)" } ?? "nothing"
      let isTriggered = try validator.isTriggered(by: answer)
      return "finds \(value): \(isTriggered ? "would be sent" : "would not be sent")"
    } catch { throw ReportFault(error) }
  }

  private func addMessages(
    _ composition: ReportComposer.Composition, to outcome: inout Outcome
  ) throws(ReportFault) {
    let recipients: [ReportRecipient]
    do { recipients = try superset.metadata.recipients(ofReport: composer.schedule.id) } catch {
      throw ReportFault(.unexpected("\(error)"), [], error.verdict)
    }
    let sender = composer.sender { false }
    for recipient in recipients {
      do throws(NotificationError) {
        let address = try NotificationRecipient(
          type: recipient.type, configuration: recipient.settings)
        let previews = try sender.preview(composition.notification(to: recipient), to: address)
        outcome.lines.append("recipient \(recipient.id): \(address)")
        outcome.files += previews.map { ("recipient-\(recipient.id)-\($0.name)", $0.bytes) }
      } catch {
        outcome.lines.append("recipient \(recipient.id): \(error)")
      }
    }
  }
}

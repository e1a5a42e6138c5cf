// SPDX-License-Identifier: MIT
import JSONValues
import Notifications
import Reports
import SupersetMetadata
import SystemCalls
import TaskContract
import TaskRuntime

/// Tells the recipients, each at most once, whatever happens in between.
///
/// What is about to be sent is on disk before it is sent: of a message that was under way when a process died nobody knows
/// whether it arrived, and it is not sent again.
struct ReportDelivery {
  private let sender: NotificationSender
  /// Nil where the task has no memory.
  private let journal: ReportJournal?
  private let isDry: Bool
  private let log: @Sendable (String) -> Void

  init(
    _ sender: NotificationSender, _ journal: ReportJournal?, isDry: Bool,
    log: @escaping @Sendable (String) -> Void
  ) {
    self.sender = sender
    self.journal = journal
    self.isDry = isDry
    self.log = log
  }

  /// What became of the recipients.
  struct Outcome {
    /// Their numbers.
    var told: [Int] = []
    var failures: [NotificationError] = []
  }

  func deliver(
    _ make: (ReportRecipient) -> Notification, to recipients: [ReportRecipient],
    isCancelled: () -> Bool
  ) throws(ReportFault) -> Outcome {
    var outcome = Outcome()
    for recipient in recipients {
      guard !isCancelled() else {
        throw ReportFault(
          .unexpected("The run was ended before all recipients were told."), [], .tryLater)
      }
      do throws(NotificationError) {
        let address = try NotificationRecipient(
          type: recipient.type, configuration: recipient.settings)
        outcome.failures += try tell(make(recipient), address, "\(recipient.id)")
        outcome.told.append(recipient.id)
      } catch {
        log("recipient \(recipient.id): \(error)")
        outcome.failures.append(error)
      }
    }
    return outcome
  }

  /// One message, with what the journal says of it before and after.
  ///
  /// - Returns: why some of the recipient's addresses have not got it.
  func tell(
    _ notification: Notification, _ recipient: NotificationRecipient, _ name: String
  ) throws(NotificationError) -> [NotificationError] {
    guard let recipient = rest(of: recipient, name) else { return [] }
    guard !isDry else {
      log("Would send notification for alert \(notification.name), to \(recipient)")
      return []
    }
    do throws(SystemError) {
      try journal?.noteBegin(of: name, to: recipient.addresses)
    } catch { throw .system(error) }
    let report: DeliveryReport
    do { report = try sender.deliver(notification, to: recipient) } catch {
      // What may have gone out stays as it is in the journal: nobody is told twice.
      if !error.mayHaveGoneOut { try? journal?.noteFailure(of: name) }
      throw error
    }
    for missing in report.missing { log("recipient \(name), \(missing.name): \(missing.reason)") }
    // Without this line it is not sent again either.
    do throws(SystemError) {
      try journal?.noteSuccess(of: name, but: Self.untold(report))
    } catch { log("\(error)") }
    return report.missing.map(\.reason)
  }

  /// Those of a recipient's addresses that have not been told; nil where none is left.
  private func rest(of recipient: NotificationRecipient, _ name: String) -> NotificationRecipient? {
    guard let journal else { return recipient }
    let untold = recipient.addresses.filter { !journal.isTold($0, by: name) }
    let known = untold.filter { !journal.isUnsure($0, by: name) }
    if known.count < untold.count { log(Self.unsure(name)) }
    return recipient.keeping(Set(known))
  }

  /// Who is to be told by the next attempt: not those who may have got it.
  static func untold(_ report: DeliveryReport) -> [String] {
    report.missing.filter { !$0.reason.mayHaveGoneOut }.map(\.name)
  }

  static func unsure(_ name: String) -> String {
    "Recipient \(name) may have been told by a run that broke off, and is not told again."
  }
}

extension ReportDelivery.Outcome {
  /// As Superset sums it up: the system's fault if one of them is.
  var fault: ReportFault? {
    guard !failures.isEmpty else { return nil }
    let texts = failures.map { "\($0)" }
    let isSystems = failures.contains { $0.status >= 500 }
    let verdict: Verdict = failures.contains(where: \.isTemporary) ? .tryLater : .badInput
    return ReportFault(isSystems ? .systemErrors(texts) : .clientErrors(texts), [], verdict)
  }
}

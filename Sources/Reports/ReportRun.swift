// SPDX-License-Identifier: MIT
import SupersetMetadata

/// One run of a schedule, as a series of steps: each is carried out, and what came of it decides on the next.
package struct ReportRun {
  package enum Step: Hashable, Sendable {
    /// A row in the log, and the state of the schedule with it.
    case log(ReportState, String?)
    /// A row in the log alone: the state is another run's.
    case note(ReportState, String)
    case checkAlert
    case send
    /// A mail to the owners, never to the recipients.
    case tellOwners(ReportFailure)
    case end(Ending)
  }

  package enum Ending: Hashable, Sendable {
    case success, notTriggered, onGrace
    case failed(ReportFailure)
  }

  /// What came of a step.
  package enum Outcome: Hashable, Sendable {
    case done
    case alert(isTriggered: Bool)
    case failed(ReportFailure)
    /// Why the owners were not told.
    case untold(String)
  }

  /// Of a run whose process died before it could say anything, or that could not write what it had to say.
  package static let brokenMessage =
    "The run broke off: its process is gone, or could not write into this log."
  package static let graceMessage = "Alert fired during grace period."

  private let situation: ReportSituation
  private var steps: [Step]

  package init(_ situation: ReportSituation) {
    self.situation = situation
    steps = Self.beginning(situation)
  }

  /// Nil after the end.
  package mutating func next() -> Step? {
    steps.isEmpty ? nil : steps.removeFirst()
  }

  /// Says what came of the step before; asked of those whose outcome is open.
  package mutating func follow(_ step: Step, _ outcome: Outcome) {
    switch (step, outcome) {
    case (.checkAlert, .alert(isTriggered: true)): steps = [.send]
    case (.checkAlert, .alert(isTriggered: false)):
      steps = [.log(.notTriggered, nil), .end(.notTriggered)]
    case (.send, .done): steps = [.log(.success, nil), .end(.success)]
    case (.checkAlert, .failed(let failure)), (.send, .failed(let failure)):
      steps = failing(failure)
    case (.tellOwners, .done): steps.insert(.log(.error, ReportHistory.toldMessage), at: 0)
    case (.tellOwners, .untold(let reason)): steps.insert(.log(.error, reason), at: 0)
    default: break
    }
  }

  /// The row comes first: whatever becomes of the mail, it says what went wrong.
  private func failing(_ failure: ReportFailure) -> [Step] {
    let telling: [Step] = situation.isInErrorGrace ? [] : [.tellOwners(failure)]
    return [.log(.error, failure.description)] + telling + [.end(.failed(failure))]
  }
}

// MARK: how it begins

extension ReportRun {
  private static func beginning(_ situation: ReportSituation) -> [Step] {
    guard !situation.isBusy else { return refusal(situation) }
    switch situation.state {
    case nil: return [.end(.failed(.stateNotFound))]
    case .working: return refusal(situation)
    case .notTriggered, .error: return fresh(situation.schedule.kind)
    case .success, .onGrace:
      guard situation.schedule.kind == .alert else { return [.send] }
      guard !situation.isInGrace else {
        return [.log(.onGrace, graceMessage), .end(.onGrace)]
      }
      return fresh(.alert)
    }
  }

  private static func fresh(_ kind: ReportSchedule.Kind) -> [Step] {
    [.log(.working, nil), kind == .alert ? .checkAlert : .send]
  }

  /// While another run is at work, or nobody knows whether it is.
  private static func refusal(_ situation: ReportSituation) -> [Step] {
    guard !(situation.state == .working && situation.hasTimedOut) else {
      let failure = ReportFailure.workingTimeout
      return [.log(.error, failure.description), .end(.failed(failure))]
    }
    let failure = ReportFailure.previousWorking
    return [.note(.working, failure.description), .end(.failed(failure))]
  }
}

// SPDX-License-Identifier: MIT

import SystemCalls
import Testing

@testable import Reports
@testable import SupersetMetadata

/// Each row of the table of transitions: from a state, by what happens, to the rows of the log and an end.
@Suite struct ReportRunTests {
  struct Transition: CustomTestStringConvertible, Sendable {
    var from: String?
    var kind = ReportSchedule.Kind.report
    var history = ReportHistory()
    var isBusy = false
    /// What comes of the steps that are not rows, in their order.
    var outcomes: [ReportRun.Outcome] = []
    let rows: [String]
    let ending: ReportRun.Ending

    var testDescription: String { "\(kind) from \(from ?? "nothing"): \(rows)" }
  }

  static let now = Timestamp(seconds: 1_800_000_000)
  static let failure = ReportFailure.screenshotFailed("Failed taking a screenshot: grey")
  static let told = ReportHistory.toldMessage

  static let initial: [Transition] = [nil, "Not triggered", "Error"].flatMap { from in
    [
      Transition(from: from, outcomes: [.done], rows: ["Working", "Success"], ending: .success),
      Transition(
        from: from, kind: .alert, outcomes: [.alert(isTriggered: true), .done],
        rows: ["Working", "Success"], ending: .success),
      Transition(
        from: from, kind: .alert, outcomes: [.alert(isTriggered: false)],
        rows: ["Working", "Not triggered"], ending: .notTriggered),
      Transition(
        from: from, outcomes: [.failed(failure), .done],
        rows: ["Working", "Error: \(failure)", "Error: \(told)"], ending: .failed(failure)),
      Transition(
        from: from, kind: .alert, outcomes: [.failed(.alertQuery), .done],
        rows: ["Working", "Error: \(ReportFailure.alertQuery)", "Error: \(told)"],
        ending: .failed(.alertQuery)),
      Transition(
        from: from, outcomes: [.failed(failure), .untold("no mail today")],
        rows: ["Working", "Error: \(failure)", "Error: no mail today"], ending: .failed(failure)),
      Transition(
        from: from, history: history { $0.told = ago(60) }, outcomes: [.failed(failure)],
        rows: ["Working", "Error: \(failure)"], ending: .failed(failure)),
    ]
  }

  static let working: [Transition] = [
    Transition(
      from: "Working", history: history { $0.working = ago(60) },
      rows: ["(Working: \(ReportFailure.previousWorking))"], ending: .failed(.previousWorking)),
    Transition(
      from: "Working", rows: ["(Working: \(ReportFailure.previousWorking))"],
      ending: .failed(.previousWorking)),
    Transition(
      from: "Working", history: history { $0.working = ago(3601) },
      rows: ["Error: \(ReportFailure.workingTimeout)"], ending: .failed(.workingTimeout)),
    Transition(
      from: "Success", isBusy: true, rows: ["(Working: \(ReportFailure.previousWorking))"],
      ending: .failed(.previousWorking)),
  ]

  static let successful: [Transition] = ["Success", "On Grace"].flatMap { from in
    [
      Transition(from: from, outcomes: [.done], rows: ["Success"], ending: .success),
      Transition(
        from: from, outcomes: [.failed(failure), .done],
        rows: ["Error: \(failure)", "Error: \(told)"], ending: .failed(failure)),
      Transition(
        from: from, kind: .alert, history: history { $0.success = ago(60) },
        rows: ["On Grace: Alert fired during grace period."], ending: .onGrace),
      Transition(
        from: from, kind: .alert, history: history { $0.success = ago(14_400) },
        outcomes: [.alert(isTriggered: true), .done], rows: ["Working", "Success"],
        ending: .success),
      Transition(
        from: from, kind: .alert, history: history { $0.success = ago(14_401) },
        outcomes: [.alert(isTriggered: false)], rows: ["Working", "Not triggered"],
        ending: .notTriggered),
      Transition(
        from: from, kind: .alert, history: history { $0.success = ago(14_401) },
        outcomes: [.failed(.alertInvalidType), .done],
        rows: ["Working", "Error: \(ReportFailure.alertInvalidType)", "Error: \(told)"],
        ending: .failed(.alertInvalidType)),
    ]
  }

  static let strange = [
    Transition(from: "Retrying", rows: [], ending: .failed(.stateNotFound))
  ]

  @Test(arguments: initial + working + successful + strange)
  func `a run leaves the rows of its transition`(_ transition: Transition) {
    var machine = ReportRun(
      ReportSituation(
        schedule(transition.kind, in: transition.from), transition.history,
        isBusy: transition.isBusy, now: Self.now))
    var outcomes = transition.outcomes
    var rows: [String] = []
    var reached: ReportRun.Ending?
    while let step = machine.next() {
      switch step {
      case .log(let state, let message):
        rows.append(state.rawValue + (message.map { ": \($0)" } ?? ""))
      case .note(let state, let message): rows.append("(\(state.rawValue): \(message))")
      case .checkAlert, .send, .tellOwners:
        guard !outcomes.isEmpty else {
          Issue.record("nobody expects \(step)")
          return
        }
        machine.follow(step, outcomes.removeFirst())
      case .end(let ending): reached = ending
      }
    }
    #expect(rows == transition.rows)
    #expect(reached == transition.ending)
    #expect(outcomes.isEmpty)
  }

  @Test(arguments: [(100.0, true), (14_399, true), (14_400, false), (20_000, false)])
  func `owners are told once in the time of grace`(_ seconds: Double, _ isQuiet: Bool) {
    let situation = ReportSituation(
      schedule(.report, in: "Error"), Self.history { $0.told = Self.ago(seconds) }, now: Self.now)
    #expect(situation.isInErrorGrace == isQuiet)
  }

  @Test func `a run that went well ends the grace of errors`() {
    var history = Self.history { $0.told = Self.ago(100) }
    history.well = Self.ago(50)
    let after = ReportSituation(schedule(.report, in: "Error"), history, now: Self.now)
    #expect(!after.isInErrorGrace)
    // Superset forgets the mail then, and tells the owners at every run.
    history.well = Self.ago(200)
    let before = ReportSituation(schedule(.report, in: "Error"), history, now: Self.now)
    #expect(before.isInErrorGrace)
  }

  private static func ago(_ seconds: Double) -> Timestamp {
    Timestamp(seconds: 1_800_000_000 - seconds)
  }

  private static func history(_ change: (inout ReportHistory) -> Void) -> ReportHistory {
    var history = ReportHistory()
    change(&history)
    return history
  }

  private func schedule(_ kind: ReportSchedule.Kind, in state: String?) -> ReportSchedule {
    ReportSchedule(
      id: 1, kind: kind, name: "n", description: nil, isActive: true, crontab: "* * * * *",
      timezone: "UTC", format: "PNG", sql: nil, chart: 1, dashboard: nil, database: nil,
      lastState: state, lastEvaluated: Self.now, lastValue: nil, lastValueRow: nil,
      validator: nil, validatorSettings: nil, gracePeriod: 14_400, workingTimeout: 3600,
      extra: nil, isForced: false, customWidth: nil, customHeight: nil, emailSubject: nil)
  }
}

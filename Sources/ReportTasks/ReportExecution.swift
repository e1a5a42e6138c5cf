// SPDX-License-Identifier: MIT
import JSONValues
import Reports
import SQLDatabases
import SupersetMetadata
import SupersetTasks
import SystemCalls
import TaskContract
import TaskRuntime

/// One attempt at a run: what ``ReportRun`` decides, carried out.
package struct ReportExecution {
  private let job: ReportJob
  private let context: TaskContext
  private let superset: SupersetSession
  private let writer: any SQLWriter
  /// Nil where the task has no memory, as a filter.
  private let desk: ReportDesk?
  /// What a new run is called.
  private let newRun: String
  private let began: Timestamp

  package init(_ job: ReportJob, _ context: TaskContext) throws(ReportTaskError) {
    self.job = job
    self.context = context
    began = SystemClock.now()
    do {
      superset = try SupersetSession(context)
      writer = try superset.metadataWriter()
    } catch { throw .superset(error) }
    newRun = RunIdentity.of(job: job.job)
    desk = try Self.desk(job, context.environment)
  }

  private static func desk(
    _ job: ReportJob, _ environment: TaskEnvironment
  ) throws(ReportTaskError) -> ReportDesk? {
    guard let state = environment[.state], let id = job.job else { return nil }
    do { return try ReportDesk(in: state, of: job, named: id) } catch { throw .system(error) }
  }

  private var run: String { desk?.journal?.run ?? newRun }

  package func output() throws(ReportTaskError) -> TaskOutput {
    var schedule = try superset.report(job.schedule)
    if let broken = desk?.broken, !broken.isEmpty {
      try bury(broken, of: schedule)
      schedule = try superset.report(job.schedule)
    }
    if let ending = desk?.journal?.ending, ReportDesk.isWell(ending) {
      // The attempt before did it all, and died before anybody knew.
      return TaskOutput(summary(ending))
    }
    do { try desk?.begin(newRun, began) } catch { throw .system(error) }
    return try execute(schedule)
  }

  /// Says of the runs that broke off that they did: the schedule is free at once, and its log tells what happened.
  private func bury(
    _ broken: [ReportJournal], of schedule: ReportSchedule
  ) throws(ReportTaskError) {
    for journal in broken {
      let end: String
      if let state = try loggedEnd(of: journal) {
        end = state
      } else {
        end = try tell(of: journal, schedule)
      }
      do { try journal.noteEnd(end) } catch { throw .system(error) }
    }
  }

  /// Of a run that died between the last row of its log and that of its journal.
  private func loggedEnd(of journal: ReportJournal) throws(ReportTaskError) -> String? {
    do {
      let state = try superset.metadata.state(
        ofRun: journal.run, ofReport: job.schedule, since: journal.began ?? began)
      return state.flatMap { ReportDesk.isWell($0) ? $0 : nil }
    } catch { throw .superset(.metadata(error)) }
  }

  private func tell(
    of journal: ReportJournal, _ schedule: ReportSchedule
  ) throws(ReportTaskError) -> String {
    var log = ReportLog(
      writer, schedule, run: journal.run, scheduled: journal.scheduled ?? job.scheduled,
      began: journal.began ?? began)
    let message = ([ReportRun.brokenMessage] + journal.unsure.sorted().map(ReportDelivery.unsure))
      .joined(separator: " ")
    context.log("report \(schedule.id), run \(journal.run): \(message)")
    try written { () throws(SQLError) in try log.write(.error, message) }
    return "broken off"
  }

  private func execute(_ schedule: ReportSchedule) throws(ReportTaskError) -> TaskOutput {
    var hasRows = false
    do throws(ReportTaskError) { return try execute(schedule, &hasRows) } catch {
      // Without a row there is nothing to be told of. With rows, the next run tells that this one broke off: it may have left its
      // schedule at work.
      if !hasRows { try? desk?.journal?.noteEnd(ReportState.error.rawValue) }
      throw error
    }
  }

  private func execute(
    _ schedule: ReportSchedule, _ hasRows: inout Bool
  ) throws(ReportTaskError) -> TaskOutput {
    let history: ReportHistory
    do { history = try superset.metadata.history(ofReport: schedule.id, at: began) } catch {
      throw .superset(.metadata(error))
    }
    var machine = ReportRun(
      ReportSituation(schedule, history, isBusy: desk?.isBusy ?? false, now: began))
    var log = ReportLog(
      writer, schedule, run: run, scheduled: job.scheduled, began: began)
    let composer = try ReportComposer(schedule, superset, context, run: run, began)
    var steps = try ReportSteps(composer, superset, context, desk?.journal)
    while let step = machine.next() {
      switch step {
      case .log(let state, let message):
        try written { () throws(SQLError) in try log.write(state, message) }
        hasRows = true
      case .note(let state, let message):
        try written { () throws(SQLError) in try log.note(state, message) }
      case .checkAlert: machine.follow(step, steps.checkAlert(&log.finding))
      case .send: machine.follow(step, steps.send())
      case .tellOwners(let failure): machine.follow(step, steps.tellOwners(of: failure))
      case .end(let ending): return try finish(ending, steps, log)
      }
    }
    preconditionFailure("a run ended without an end")
  }

  private func written(_ write: () throws(SQLError) -> Void) throws(ReportTaskError) {
    do { try write() } catch { throw .superset(.metadata(.database(error))) }
  }

  private func finish(
    _ ending: ReportRun.Ending, _ steps: ReportSteps, _ log: ReportLog
  ) throws(ReportTaskError) -> TaskOutput {
    let state: ReportState
    switch ending {
    case .success: state = .success
    case .notTriggered: state = .notTriggered
    case .onGrace: state = .onGrace
    case .failed(let failure):
      try? desk?.journal?.noteEnd(ReportState.error.rawValue)
      throw .failed(
        failure, causes: steps.fault?.causes ?? [], steps.fault?.verdict ?? failure.verdict)
    }
    // Where this fails, the rows in the log still say how it ended; the job would only be run once more.
    do { try desk?.journal?.noteEnd(state.rawValue) } catch { context.log("\(error)") }
    var summary = summary(state.rawValue)
    summary["told"] = .array(steps.told.map(JSONValue.integer))
    if let value = log.finding.value { summary["value"] = .double(value) }
    if let row = log.finding.row { summary["value_row_json"] = .string(row) }
    return TaskOutput(summary)
  }

  private func summary(_ state: String) -> JSONObject {
    [
      "status": "done", "report_schedule_id": .integer(job.schedule), "state": .string(state),
      "execution_id": .string(run), "scheduled_dttm": .string(job.scheduled.metadataText),
    ]
  }
}

extension ReportFailure {
  /// Of a run that ended before any of its steps failed.
  fileprivate var verdict: Verdict {
    switch self {
    case .notFound: .noInput
    default: .badInput
    }
  }
}

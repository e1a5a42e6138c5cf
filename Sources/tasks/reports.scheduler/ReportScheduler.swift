// SPDX-License-Identifier: MIT
import CronTable
import JSONValues
import Reports
import SupersetConfiguration
import SupersetMetadata
import SupersetTasks
import SystemCalls
import TaskContract
import TaskRuntime
import TaskSubmission

/// Leaves a job for each run that is due, once, whenever and however often it is called.
struct ReportScheduler {
  private let superset: SupersetSession
  private let context: TaskContext
  private let now: Timestamp

  /// - Parameter now: the moment the tick stands for.
  init(_ context: TaskContext, at now: Timestamp) throws(SchedulerError) {
    self.context = context
    self.now = now
    do { superset = try SupersetSession(context) } catch { throw .superset(error) }
  }

  /// The jobs, as lines for `spool submit`; nothing is left and nothing remembered.
  func preview() throws(SchedulerError) -> TaskOutput {
    let tick = ReportTick(after: nil, at: now.seconds, catchUp: settings.catchUp)
    let found = try looks(tick)
    let lines = found.flatMap { look in
      look.orders.map { order in
        var envelope = order.envelope
        envelope["id"] = .string(order.name)
        return String(decoding: JSONValue.object(envelope).bytes, as: UTF8.self)
      }
    }
    return TaskOutput(lines: lines)
  }

  func output() throws(SchedulerError) -> TaskOutput {
    guard let submitter = JobSubmitter(context.environment),
      let state = context.environment[.state]
    else { throw .noSpool }
    let memory: TickMemory
    do { memory = try TickMemory(in: state) } catch { throw .system(error) }
    let tick = ReportTick(after: memory.seen, at: now.seconds, catchUp: settings.catchUp)
    let found = try looks(tick)
    let orders = found.flatMap(\.orders)
    let outcomes: [JobSubmitter.Outcome]
    do {
      outcomes = try submitter.submit(
        orders.map { ($0.name, JSONValue.object($0.envelope).bytes) }, to: ReportOrder.task)
    } catch { throw .submission(error) }
    // Only now: a crash before it finds the same runs again, and their names taken.
    do { try memory.keep(tick) } catch { throw .system(error) }
    return report(tick, found, Array(zip(orders, outcomes)))
  }

  private var settings: ReportSettings { superset.settings.reports }

  /// What is found of one schedule; an error of its own keeps none of the others.
  private struct Look {
    let timing: ReportTiming
    var orders: [ReportOrder] = []
    var missed: DueSpan?
    var warning: String?
    var error: String?
  }

  private func looks(_ tick: ReportTick) throws(SchedulerError) -> [Look] {
    let timings: [ReportTiming]
    do { timings = try superset.metadata.activeReports() } catch {
      throw .superset(.metadata(error))
    }
    let zones = TimeZones { ZoneInfo.bytes(of: $0) }
    var known: [Timing: Result<ReportRules, CronError>] = [:]
    return timings.map { timing in
      let key = Timing(crontab: timing.crontab, timezone: timing.timezone)
      let rules = known[key] ?? Self.rules(key, zones)
      known[key] = rules
      return look(at: timing, rules, tick)
    }
  }

  /// Many schedules have the same.
  private struct Timing: Hashable {
    let crontab: String
    let timezone: String
  }

  private static func rules(
    _ timing: Timing, _ zones: TimeZones
  ) -> Result<ReportRules, CronError> {
    Result { () throws(CronError) in
      try ReportRules(cron: timing.crontab, timezone: timing.timezone, in: zones)
    }
  }

  private func look(
    at timing: ReportTiming, _ rules: Result<ReportRules, CronError>, _ tick: ReportTick
  ) -> Look {
    var look = Look(timing: timing)
    switch rules {
    case .success(let rules):
      let finding = tick.finding(of: timing, rules)
      look.orders = finding.due.map { ReportOrder(timing, at: $0, settings) }
      look.missed = finding.missed
      look.warning = finding.warning
    case .failure(let error): look.error = "\(error)"
    }
    return look
  }

  // MARK: the trace

  /// One line for each schedule: what was due, what became of it, and why nothing did.
  private func report(
    _ tick: ReportTick, _ looks: [Look], _ outcomes: [(ReportOrder, JobSubmitter.Outcome)]
  ) -> TaskOutput {
    var rest = outcomes[...]
    let traces = looks.map { look in
      var trace: JSONObject = [
        "report_schedule_id": .integer(look.timing.id), "name": .string(look.timing.name),
      ]
      let own = rest.prefix(look.orders.count)
      rest = rest.dropFirst(own.count)
      let runs = own.map { order, outcome in run(order, outcome) }
      if !runs.isEmpty { trace["runs"] = .array(runs) }
      if let missed = look.missed {
        trace["missed"] = ["first": Self.time(missed.first), "last": Self.time(missed.last)]
      }
      if let warning = look.warning { trace["warning"] = .string(warning) }
      if let error = look.error { trace["error"] = .string(error) }
      trace["outcome"] = .string(outcome(look))
      tell(look)
      return JSONValue.object(trace)
    }
    let enqueued = outcomes.count { $0.1 == .left }
    return TaskOutput([
      "status": "done", "from": Self.time(tick.window.lowerBound),
      "below": Self.time(tick.window.upperBound), "enqueued": .integer(enqueued),
      "schedules": .array(traces),
    ])
  }

  private func run(
    _ order: ReportOrder, _ outcome: JobSubmitter.Outcome
  ) -> JSONValue {
    var run: JSONObject = ["job": .string(order.name), "eta": Self.time(order.instant)]
    switch outcome {
    case .left:
      run["outcome"] = "enqueued"
      context.log("Scheduling alert \(order.timing.name) eta: \(Self.text(order.instant))")
    case .known: run["outcome"] = "enqueued before"
    }
    return .object(run)
  }

  private func outcome(_ look: Look) -> String {
    if look.error != nil { return "skipped: it has no times" }
    if !look.orders.isEmpty { return "due" }
    return look.missed == nil ? "not due" : "skipped: too late"
  }

  private func tell(_ look: Look) {
    let name = "report \(look.timing.id), \(look.timing.name)"
    if let warning = look.warning { context.log("\(name): \(warning)") }
    if let error = look.error { context.log("\(name): \(error)") }
    if let missed = look.missed {
      let (first, last) = (Self.text(missed.first), Self.text(missed.last))
      context.log("\(name): missed from \(first) to \(last), too late to be made up for")
    }
  }

  private static func time(_ instant: Int) -> JSONValue { .string(text(instant)) }

  private static func text(_ instant: Int) -> String {
    Timestamp(seconds: Double(instant)).iso8601
  }
}

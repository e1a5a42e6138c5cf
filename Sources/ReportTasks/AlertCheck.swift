// SPDX-License-Identifier: MIT
import ChartQueries
import Reports
import SQLDatabases
import SupersetConfiguration
import SupersetMetadata
import SupersetTasks
import SystemCalls
import TaskContract
import TaskRuntime

/// Asks the database what an alert is about.
struct AlertCheck {
  private let schedule: ReportSchedule
  private let superset: SupersetSession
  private let cancellation: Cancellation
  private let log: @Sendable (String) -> Void

  init(_ schedule: ReportSchedule, _ superset: SupersetSession, _ context: TaskContext) {
    self.schedule = schedule
    self.superset = superset
    cancellation = context.cancellation
    log = context.log
  }

  /// Tried again where the database failed, as often as the settings say.
  func answer(as user: User) throws(ReportFault) -> AlertAnswer {
    let tries = superset.settings.reports.queryTries
    for attempt in 1...tries {
      do throws(ReportFault) { return try ask(as: user) } catch {
        guard attempt < tries, error.failure == .alertQuery, !cancellation.isRequested else {
          throw error
        }
        log("query of alert \(schedule.id), try \(attempt) of \(tries): \(error.causes.joined())")
        cancellation.pause(.seconds(1))
      }
    }
    preconditionFailure("the settings allow no try")
  }

  private func ask(as user: User) throws(ReportFault) -> AlertAnswer {
    let database = try opened()
    let query = try query(for: database.dialect, as: user)
    let start = SystemClock.monotonic()
    let answer: AlertAnswer
    do { answer = try read(query.statement, in: database) } catch { throw fault(error) }
    let took = Double(SystemClock.monotonic() - start) / 1e6
    log("query for \(schedule.name) took \(PlainNumber.of(took)) ms")
    return answer
  }

  private func read(
    _ statement: SQLStatement, in database: any SQLDatabase
  ) throws(SQLError) -> AlertAnswer {
    var answer = AlertAnswer(columns: 0, rows: [])
    do throws(SQLError) {
      try database.read(statement) { row throws(SQLError) in
        // A limit of its own may let the statement go on for hours.
        guard !answer.isFull else { throw .interrupted }
        answer.take(row)
      }
    } catch {
      guard answer.isFull else { throw error }
    }
    return answer
  }

  private func query(
    for dialect: SQLDialect, as user: User
  ) throws(ReportFault) -> AlertQuery {
    do {
      return try AlertQuery(
        schedule.sql ?? "", rendersTemplates: superset.settings.rendersTemplates, as: user,
        in: dialect, rowLimit: AlertAnswer.rowLimit)
    } catch { throw ReportFault(.alertQuery, ["\(error)"]) }
  }

  private func opened() throws(ReportFault) -> any SQLDatabase {
    guard let id = schedule.database else {
      throw ReportFault(.alertQuery, ["the alert names no database"], .noInput)
    }
    let database: DatasetDatabase
    do { database = try superset.metadata.database(id: id) } catch {
      throw ReportFault(.alertQuery, ["\(error)"], error.verdict)
    }
    do { return try superset.databases.data(DataSource(database)) } catch { throw fault(error) }
  }

  private func fault(_ error: SupersetDatabasesError) -> ReportFault {
    switch error {
    case .configuration(let error): ReportFault(.alertQuery, ["\(error)"], .badConfiguration)
    case .database(let error): fault(error)
    }
  }

  private func fault(_ error: SQLError) -> ReportFault {
    error == .interrupted
      ? ReportFault(.alertQueryTimeout) : ReportFault(.alertQuery, ["\(error)"], error.verdict)
  }
}

/// Two places behind the point, without a library's formatter.
private enum PlainNumber {
  static func of(_ number: Double) -> String {
    let hundredths = Int((number * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}

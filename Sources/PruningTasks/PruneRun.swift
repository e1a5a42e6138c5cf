// SPDX-License-Identifier: MIT
import Pruning
import SQLDatabases
import SupersetTasks
import SystemCalls
import TaskRuntime

/// One run of a task that prunes: its databases, its count, and who is told of it.
final class PruneRun {
  /// Between two lines of the log; each tells of a further percent.
  private static let linePause: Duration = .seconds(3)

  let reader: any SQLDatabase
  let now = SystemClock.now()
  private let context: TaskContext
  private let session: SupersetSession
  private let progress: TaskProgress?
  private let began = SystemClock.monotonic()
  private var total: Int?
  private var gone = 0
  /// What the last line has told, and when another one may be written.
  private var percent = 0
  private var nextLine: Int64

  init(_ context: TaskContext) throws(PruneTaskError) {
    self.context = context
    do { session = try SupersetSession(context) } catch { throw .superset(error) }
    do { reader = try session.databases.metadata() } catch { throw .database(error) }
    progress = TaskProgress(context.environment)
    nextLine = began + Self.linePause.nanoseconds
  }

  var isDry: Bool { context.has(flag: "dry-run") }

  /// `.3f` of them.
  var seconds: Double {
    Double((SystemClock.monotonic() - began) / 1_000_000) / 1_000
  }

  func log(_ line: String) { context.log(line) }

  func find(_ rows: PrunedRows) throws(SQLError) -> PruneFinding { try rows.found(in: reader) }

  /// Takes it all away; the metadata are opened for writing only where there is something to take.
  ///
  /// - Parameter ended: hears how many rows of each went, and what kept it, and not the others, from going whole.
  func prune(
    _ findings: [PruneFinding], _ ended: (PruneFinding, Int, SQLError?) -> Void
  ) throws(SQLError) {
    let total = findings.map(\.count).reduce(0, +)
    self.total = total
    var pruner = total > 0 ? try pruner() : nil
    for finding in findings {
      let before = gone
      var failure: SQLError?
      do {
        try pruner?.prune(finding) { count in tell(count, of: total, finding) }
      } catch {
        if error.concernsAll { throw error }
        failure = error
      }
      ended(finding, gone - before, failure)
    }
  }

  private func pruner() throws(SQLError) -> Pruner {
    let cancellation = context.cancellation
    return Pruner(
      try session.databases.metadataWriter(), isCancelled: { cancellation.isRequested },
      pause: { cancellation.pause($0) })
  }

  private func tell(_ count: Int, of total: Int, _ finding: PruneFinding) {
    gone += count
    progress?.tell(gone, of: total)
    let now = SystemClock.monotonic()
    let percent = gone * 100 / max(total, 1)
    guard percent > self.percent, now >= nextLine else { return }
    (self.percent, nextLine) = (percent, now + Self.linePause.nanoseconds)
    log("Deleted \(gone.grouped) rows from the \(finding.table) table (\(percent)% complete)")
  }

  /// As an error of the task.
  func failure(_ error: SQLError) -> PruneTaskError {
    error == .interrupted ? .brokenOff(gone: gone, of: total) : .database(error)
  }
}

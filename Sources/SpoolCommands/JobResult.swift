// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol
import SystemCalls
import TaskContract

/// What came out of a job: its result's bytes, or why there is none.
package enum JobResult {
  case done([UInt8])
  case failed(report: [UInt8], exitStatus: Int32)

  /// Reads what stands at the job's last place.
  package init(_ place: JobPlace, of spool: Spool) throws(CommandError) {
    switch place.state {
    case .results: self = .done(try Self.read(place.path, spool))
    case .errors:
      let report = try Self.read(spool.layout.failure(place.id, in: place.queue), spool)
      self = .failed(report: report, exitStatus: Self.exitStatus(report))
    case .incoming, .active, .deferred, .hold, .corrupt: throw .notFinished(place.id, place.state)
    }
  }

  private static func read(_ path: String, _ spool: Spool) throws(CommandError) -> [UInt8] {
    do { return try spool.files.contents(of: path) } catch { throw .system(error) }
  }

  /// The task's own, or that of a bug where it was killed.
  private static func exitStatus(_ report: [UInt8]) -> Int32 {
    let status = (try? JSONValue(parsing: report))?["exit_status"]?.integerValue ?? 0
    return status == 0 ? Verdict.bug.rawValue : Int32(clamping: status)
  }
}

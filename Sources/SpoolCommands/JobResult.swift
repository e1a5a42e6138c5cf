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
    case .corrupt: throw .corrupt(place.id, reason: try Self.reason(place, spool))
    case .incoming, .active, .deferred, .hold: throw .notFinished(place.id, place.state)
    }
  }

  private static func read(_ path: String, _ spool: Spool) throws(CommandError) -> [UInt8] {
    do { return try spool.files.contents(of: path) } catch { throw .system(error) }
  }

  /// The first line beside the file.
  private static func reason(_ place: JobPlace, _ spool: Spool) throws(CommandError) -> String {
    let bytes = try read(place.path + ".reason", spool)
    return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  /// The task's own, as the shell would tell it: 128 and the signal that killed it; that of a bug where it never ran.
  private static func exitStatus(_ report: [UInt8]) -> Int32 {
    guard let report = try? JSONValue(parsing: report) else { return Verdict.bug.rawValue }
    if let status = report["exit_status"]?.integerValue, (1...255).contains(status) {
      return Int32(status)
    }
    let name = report["signal"]?.stringValue
    let signal = (Int32(1)...64).first { Signal.name($0) == name }
    return signal.map { 128 + $0 } ?? Verdict.bug.rawValue
  }
}

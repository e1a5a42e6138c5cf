// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol
import SystemCalls

/// What a task that failed has to say: `errors` and more on its stdout, the end of its stderr.
struct TaskReport {
  /// Bytes of the log that are kept; some screens full.
  static let tailLimit = 8192
  /// A report larger than this is no report.
  private static let reportLimit = 1 << 20

  var errors: [JSONValue] = []
  /// The keys under which its reason is to be found.
  var cache: [JSONValue] = []
  /// How long the task asks to be left alone.
  var retryAfter: Duration?
  var logTail = ""

  static let none = TaskReport()

  /// - Parameter answer: of a resident task; nil where it ended without one.
  static func read(
    _ leavings: Attempt.Leavings, _ answer: ResidentAnswer?, files: any FileOperations
  ) throws(SystemError) -> TaskReport {
    switch leavings {
    case .run(let run): try read(run, files: files)
    case .resident(let hearing): try read(hearing, answer, files: files)
    }
  }

  private static func read(_ run: Run, files: any FileOperations) throws(SystemError) -> TaskReport
  {
    var report = TaskReport()
    // What the task has put in the place of its own files is not looked at.
    if try OutputCheck.isInPlace(run.log, files) {
      let log = try files.open(run.log.path, .read)
      report.logTail = String(decoding: try log.readTail(tailLimit), as: UTF8.self)
    }
    guard try OutputCheck.isInPlace(run.output, files) else { return report }
    report.readDocument(in: try files.contents(of: run.output.path, limit: reportLimit))
    return report
  }

  private static func read(
    _ hearing: Attempt.Hearing, _ answer: ResidentAnswer?, files: any FileOperations
  ) throws(SystemError) -> TaskReport {
    var report = TaskReport()
    let place = hearing.task.place.log
    if try OutputCheck.isInPlace(place, files) {
      let log = try files.open(place.path, .read)
      try log.seek(to: max(hearing.logStart, log.status().size - tailLimit))
      report.logTail = String(decoding: try log.readAll(limit: tailLimit), as: UTF8.self)
    }
    if let answer { report.readDocument(in: answer.result.prefix(reportLimit)) }
    return report
  }

  private mutating func readDocument(in output: some Sequence<UInt8>) {
    guard let document = try? JSONValue(parsing: output) else { return }
    errors = document["errors"]?.arrayValue ?? []
    cache = document["cache"]?.arrayValue ?? []
    retryAfter = Self.pause(document["retry_after"])
  }

  /// Seconds; no task holds its job back for longer than a day.
  private static func pause(_ value: JSONValue?) -> Duration? {
    guard let seconds = value?.doubleValue, seconds > 0 else { return nil }
    return .seconds(min(seconds, 86_400))
  }

  /// The first error's message, else the last line of the log.
  var message: String? {
    errors.first?["message"]?.stringValue
      ?? logTail.split(whereSeparator: \.isNewline).last.map(String.init)
  }
}

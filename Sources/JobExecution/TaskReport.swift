// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol
import SystemCalls

/// What a task that failed has to say: `errors` on its stdout, the end of its stderr.
struct TaskReport {
  /// Bytes of the log that are kept; some screens full.
  static let tailLimit = 8192
  /// A report larger than this is no report.
  private static let reportLimit = 1 << 20

  var errors: [JSONValue] = []
  var logTail = ""

  static let none = TaskReport()

  static func read(_ run: Run, files: any FileOperations) throws(SystemError) -> TaskReport {
    var report = TaskReport()
    // What the task has put in the place of its own files is not looked at.
    if try OutputCheck.isInPlace(run.log, files) {
      let log = try files.open(run.log.path, .read)
      report.logTail = String(decoding: try log.readTail(tailLimit), as: UTF8.self)
    }
    guard try OutputCheck.isInPlace(run.output, files) else { return report }
    let output = try files.contents(of: run.output.path, limit: reportLimit)
    if let document = try? JSONValue(parsing: output) {
      report.errors = document["errors"]?.arrayValue ?? []
    }
    return report
  }

  /// The first error's message, else the last line of the log.
  var message: String? {
    errors.first?["message"]?.stringValue
      ?? logTail.split(whereSeparator: \.isNewline).last.map(String.init)
  }
}

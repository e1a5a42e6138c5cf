// SPDX-License-Identifier: MIT
import JSONValues
import SystemCalls

/// Why the last attempt of a job failed that is tried again.
///
/// Kept as an attribute of the job's file, so that it goes with it through every rename; the whole of it is in the log alone.
extension Spool {
  private static let failureAttribute = "spool.failure"
  /// As much as `FileOperations.attribute` reads.
  private static let failureLimit = 1024
  /// Whatever has to be escaped in it, so much of a message fits.
  private static let shortMessage = 150

  /// A note: the job is tried again also where it cannot be written.
  func note(_ report: FailureReport, at path: String) {
    _ = try? files.setAttribute(
      Self.failureAttribute, of: path, to: String(decoding: Self.short(report), as: UTF8.self))
  }

  /// As much as fits: the first error, the message, its beginning.
  private static func short(_ report: FailureReport) -> [UInt8] {
    let beginning = String(decoding: report.message.utf8.prefix(shortMessage), as: UTF8.self)
    var document: JSONObject = ["verdict": .string(report.verdict)]
    document["message"] = .string(report.message)
    var whole = document
    whole["errors"] = .array(Array(report.errors.prefix(1)))
    for candidate in [whole, document] {
      let bytes = JSONValue.object(candidate).bytes
      if bytes.count <= failureLimit { return bytes }
    }
    document["message"] = .string(beginning)
    return JSONValue.object(document).bytes
  }

  /// `{"verdict": …, "message": …, "errors": [the first]}`, as in an `.error`; nil where nothing is known.
  package func lastFailure(at path: String) throws(SystemError) -> JSONValue? {
    do {
      return try files.attribute(Self.failureAttribute, of: path).flatMap {
        try? JSONValue(parsing: $0.utf8)
      }
    } catch  where !error.errno.isShortage {
      return nil
    }
  }
}

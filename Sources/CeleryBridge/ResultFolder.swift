// SPDX-License-Identifier: MIT
import CeleryMessages
import SystemCalls

/// The directory in which Celery's clients look for results.
struct ResultFolder {
  let path: String
  let files: any FileOperations
  let report: Report

  /// Replaces what was told of the task before.
  func tell(_ result: CeleryResult) throws(SystemError) {
    guard let file = file(of: result.id) else {
      return report("a task's end is told nobody: no file can have its id", .warning)
    }
    do {
      try files.publish(result.bytes, as: file)
    } catch  where Self.refusals.contains(error.errno) {
      // Not now and not later, and others wait.
      report("\(error); nobody is told of its end", .warning)
    }
  }

  /// Somebody has made a directory of the name, or it is too long for this file system.
  private static let refusals: Set<Errno> = [.isADirectory, .nameTooLong, .notEmpty]

  /// Nil where there is none, and for what cannot be one.
  func result(of id: String) throws(SystemError) -> CeleryResult? {
    guard let path = file(of: id) else { return nil }
    do {
      guard let file = try files.openIfPresent(path), try file.status().kind == .regular else {
        return nil
      }
      return try? CeleryResult(parsing: try file.readAll(), id: id)
    } catch  where !error.errno.isShortage {
      return nil
    }
  }

  /// What Celery's `celery.backend_cleanup` does; what somebody here still waits for stays.
  func removeExpired(before moment: Timestamp, except awaited: Set<String>) throws(SystemError) {
    let kept = Set(awaited.compactMap { file(of: $0) })
    for name in try files.names(in: path) where CeleryResult.expires(fileName: name) {
      let file = "\(path)/\(name)"
      guard !kept.contains(file), let status = try files.status(of: file),
        status.kind == .regular, status.modified < moment
      else { continue }
      try files.unlinkIfPresent(file)
    }
  }

  /// An id comes from a client, and is no path.
  private func file(of id: String) -> String? {
    CeleryResult.fileName(ofTask: id).map { "\(path)/\($0)" }
  }
}

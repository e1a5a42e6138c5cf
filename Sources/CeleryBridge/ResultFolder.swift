// SPDX-License-Identifier: MIT
import CeleryMessages
import SystemCalls

/// The directory in which Celery's clients look for results.
struct ResultFolder {
  private static let prefix = "celery-task-meta-"

  let path: String
  let files: any FileOperations

  /// Replaces what was told of the task before.
  func tell(_ result: CeleryResult) throws(SystemError) {
    try files.publish(result.bytes, as: file(of: result.id))
  }

  func result(of id: String) throws(SystemError) -> CeleryResult? {
    guard let file = try files.openIfPresent(file(of: id)) else { return nil }
    return try? CeleryResult(parsing: try file.readAll(), id: id)
  }

  /// What Celery's `celery.backend_cleanup` does; what somebody here still waits for stays.
  func removeExpired(before moment: Timestamp, except awaited: Set<String>) throws(SystemError) {
    let kept = Set(awaited.map { file(of: $0) })
    for name in try files.names(in: path) where CeleryResult.expires(fileName: name) {
      let file = "\(path)/\(name)"
      guard !kept.contains(file), let status = try files.status(of: file),
        status.kind == .regular, status.modified < moment
      else { continue }
      try files.unlinkIfPresent(file)
    }
  }

  /// An id comes from a client, and is no path.
  private func file(of id: String) -> String {
    "\(path)/\(Self.prefix)\(id.replacing("/", with: "_"))"
  }
}

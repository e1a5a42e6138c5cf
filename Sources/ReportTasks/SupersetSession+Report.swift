// SPDX-License-Identifier: MIT
import SupersetMetadata
import SupersetTasks

extension SupersetSession {
  /// - Throws: ``ReportFailure/notFound(id:)`` among others.
  func report(_ id: Int) throws(ReportTaskError) -> ReportSchedule {
    do { return try metadata.report(id: id) } catch {
      guard case .noObject = error else { throw .superset(.metadata(error)) }
      throw .failed(.notFound(id: id), causes: ["id \(id)"], .noInput)
    }
  }
}

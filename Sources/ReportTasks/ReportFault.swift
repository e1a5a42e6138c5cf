// SPDX-License-Identifier: MIT
import Reports
import TaskContract

/// A step that failed: what Superset's log says of it, what lies behind, and what becomes of the job.
struct ReportFault: Error, Hashable {
  let failure: ReportFailure
  /// What is not told in Superset's words: kept out of the log row, as there, and shown to the operator.
  var causes: [String] = []
  var verdict: Verdict

  init(_ failure: ReportFailure, _ causes: [String] = [], _ verdict: Verdict = .badInput) {
    self.failure = failure
    self.causes = causes
    self.verdict = verdict
  }
}

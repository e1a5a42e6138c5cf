// SPDX-License-Identifier: MIT

/// What a worker and a resident task say to each other, one JSON object a line; spool-task(7).
///
///     {"id": "41", "attempt": 1, "deadline": 1795543200, "job": {"chart_id": 1}}     a request, to standard input
///     {"id": "41", "status": 0, "result": {"status": "done"}}                        its answer, on standard output
///
/// Standard input that ends asks the task to end.
package enum ResidentProtocol {
  /// The argument by which an executable is asked to stay and to take one request after another.
  package static let option = "resident"

  package enum Request: String, Sendable {
    case id, attempt
    /// When the job was to be run, ISO 8601; only of a job that names a time.
    case eta
    /// Unix time of the soft limit, in seconds.
    case deadline
    /// What a task of one job would read on its standard input.
    case job
  }

  package enum Answer: String, Sendable {
    case id
    /// What a task of one job would exit with.
    case status
    /// What it would print; nothing counts as `null`.
    case result
  }
}

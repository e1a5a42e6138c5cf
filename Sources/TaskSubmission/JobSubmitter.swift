// SPDX-License-Identifier: MIT
import Glibc
import JSONValues
import SpoolProtocol
import SystemCalls
import TaskContract

/// The spool that a task was started from, as a place where it leaves jobs for other tasks.
///
/// The jobs are members of a group that has the name of the task's own job: an attempt that is made again after a crash
/// leaves none twice, and `spool wait --group JOB` waits for all of them.
package struct JobSubmitter {
  private let spool: Spool
  private let group: JobID

  /// Nil where the task was not started from a spool.
  package init?(_ environment: TaskEnvironment) {
    guard let root = environment[.spool] else { return nil }
    spool = Spool(root: root)
    group =
      environment[.jobID].flatMap(JobID.init)
      ?? Spool.newID(at: SystemClock.now(), process: getpid())
  }

  /// Returns when the job is safe on disk.
  ///
  /// - Parameters:
  ///   - member: tells the job from the others that this task leaves; letters, digits and hyphens.
  ///   - uniqueKey: of jobs with the same key that wait, one is run.
  package func submit(
    _ arguments: JSONObject, to task: String, member: String, uniqueKey: String? = nil
  ) throws(SubmissionError) {
    guard let queue = QueueName(task), let id = group.member(member) else {
      throw SubmissionError(.badJobName("\(group)+\(member)", reason: "it is too long"))
    }
    var envelope: JSONObject = ["task": .string(task), "kwargs": .object(arguments)]
    if let uniqueKey { envelope["unique"] = .string(uniqueKey) }
    let bytes = JSONValue.object(envelope).bytes + [UInt8(ascii: "\n")]
    do { try spool.submit(bytes, to: queue, as: id) } catch {
      // Left by an attempt before this one.
      guard case .idTaken = error else { throw SubmissionError(error) }
    }
  }
}

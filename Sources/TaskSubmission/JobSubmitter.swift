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

  package enum Outcome: Hashable, Sendable {
    case left
    /// A job, a result or an error of this id stands there already.
    case known
  }

  /// Leaves jobs under ids of their own, with one wait for the disk: returns when all are safe there.
  ///
  /// - Parameter jobs: ids, and what stands in the files.
  /// - Returns: what became of each, in their order.
  package func submit(
    _ jobs: [(id: String, bytes: [UInt8])], to task: String
  ) throws(SubmissionError) -> [Outcome] {
    guard let queue = QueueName(task) else {
      throw SubmissionError(.badQueueName(task, reason: "it is none"))
    }
    var named: [(JobID, [UInt8])] = []
    for (id, bytes) in jobs {
      guard let id = JobID(id) else { throw SubmissionError(.badJobName(id, reason: "it is none")) }
      named.append((id, bytes))
    }
    do {
      let left = try spool.submit(named, to: queue)
      return named.map { left.contains($0.0) ? .left : .known }
    } catch { throw SubmissionError(error) }
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

// SPDX-License-Identifier: MIT
import Glibc
import SystemCalls

/// A file in incoming/ that is complete and is a job; its descriptor is kept, so that it can be synced before it is claimed.
package struct Candidate {
  package let fileName: String
  /// The directory of incoming/ that it lies in: a queue's, or incoming/ itself.
  package let directory: String
  package let name: JobName
  package let queue: QueueName
  package let job: Job
  package let file: OpenFile
  package let status: FileStatus
  /// What was examined, where the file is not its worker's alone: it has other names by which its bytes may change at any
  /// time, or another owner.
  let sharedBytes: [UInt8]?
  /// Whose the job's file must be when its worker gets it; nil: whose it is.
  let heir: Account?
  /// What shall take the place of a file that is not its worker's alone, once it is written.
  package var copy: OpenFile?

  /// What has to be on the disk before it is claimed.
  package var durable: OpenFile { copy ?? file }

  /// Memory that it holds until it is claimed.
  package var heldBytes: Int { sharedBytes?.count ?? 0 }

  package var path: String { "\(directory)/\(fileName)" }

  /// The file has the time that ``Spool/postpone(_:until:as:)`` gave it: somebody moved it back to run it now after all.
  package func wasPostponed(until eta: Timestamp) -> Bool {
    // Some file systems keep whole seconds.
    abs((status.modified - eta) / .seconds(1)) < 1
  }
}

/// What stands behind a name in incoming/.
package enum Examination {
  case ready(Candidate)
  /// Its producer is not done: look again when an event says so, or at this moment at the latest.
  case notYet(reason: String, settlesAt: Timestamp)
  case notAJob(reason: String)
  /// Nothing is there any more.
  case gone
  /// A hidden or temporary name: left alone.
  case producersOwn
}

/// What the dispatcher takes for a job; spool.toml may say otherwise.
package struct IntakeRules: Hashable, Sendable {
  /// Bytes of one job's file; a larger one goes to corrupt/. Far above any query context, far below memory.
  package var sizeLimit: Int
  /// An incomplete file that has not changed for so long is corrupt; a slow writer's longest pause.
  package var settlingTime: Duration
  /// Whose the jobs become that are taken; nil: they stay whose they are.
  package var heir: Account?
  /// This program's user, where it may do nothing to the files of others but read them: those are copied. Nil where it may.
  package var copier: uid_t?
  /// Where this program reads what others may not; nil where the kernel refuses it as it refuses them.
  package var linkGuard: LinkGuard?

  package init(
    sizeLimit: Int = 16 << 20, settlingTime: Duration = .seconds(60), heir: Account? = nil,
    copier: uid_t? = nil, linkGuard: LinkGuard? = nil
  ) {
    self.sizeLimit = sizeLimit
    self.settlingTime = settlingTime
    self.heir = heir
    self.copier = copier
    self.linkGuard = linkGuard
  }
}

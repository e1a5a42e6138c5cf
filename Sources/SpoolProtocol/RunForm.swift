// SPDX-License-Identifier: MIT

/// Where an attempt leaves its output and its files, until ``Spool/finish(_:of:as:knowing:remembering:)`` publishes them.
package enum RunForm: Sendable {
  /// A directory of the run's own: `W/41/stdout`, `W/41/files/`.
  case directory
  /// A resident task's answer, which is the run itself: `W/41`, and, where it left files, `W/.41.files/`. It is linked
  /// to its result's name, not renamed: that both names are one file tells, after a crash, that the job is done.
  case answer
}

extension SpoolLayout {
  func output(_ id: JobID, of worker: WorkerName, _ form: RunForm) -> String {
    switch form {
    case .directory: runOutput(id, of: worker)
    case .answer: answer(id, of: worker)
    }
  }

  func files(_ id: JobID, of worker: WorkerName, _ form: RunForm) -> String {
    switch form {
    case .directory: runFiles(id, of: worker)
    case .answer: "\(folder(of: worker))/.\(id).files"
    }
  }

  // MARK: a resident task

  /// What a resident task has answered for a job; it stands, empty, from the moment the job was handed to it.
  package func answer(_ id: JobID, of worker: WorkerName) -> String { run(id, of: worker) }

  /// The working directory of a worker's resident task.
  package func resident(of worker: WorkerName) -> String { "\(folder(of: worker))/.resident" }

  /// Held by every process of a resident task.
  package func residentLock(of worker: WorkerName) -> String { "\(resident(of: worker))/lock" }

  func residentLog(of worker: WorkerName) -> String { "\(resident(of: worker))/stderr" }

  func residentFiles(of worker: WorkerName) -> String {
    "\(resident(of: worker))/\(Self.runFiles)"
  }

  func residentProgress(of worker: WorkerName) -> String {
    "\(resident(of: worker))/\(Self.progress)"
  }
}

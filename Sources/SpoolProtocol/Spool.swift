// SPDX-License-Identifier: MIT
import SystemCalls

/// A spool: its paths, and the calls by which its files are moved; ``JobState`` has the table of all moves.
package struct Spool: Sendable {
  package let layout: SpoolLayout
  package let files: any FileOperations

  package init(root: String, files: any FileOperations = SystemFiles()) {
    layout = SpoolLayout(root: root)
    self.files = files
  }

  /// The queues: the directories of incoming/, or of another state, with a proper name, in order.
  package func queues(in state: JobState = .incoming) throws(SystemError) -> [QueueName] {
    let directory = layout.directory(of: state)
    var queues: [QueueName] = []
    for name in try files.names(in: directory) {
      guard let queue = QueueName(name),
        try files.status(of: "\(directory)/\(name)")?.kind == .directory
      else { continue }
      queues.append(queue)
    }
    return queues.sorted()
  }

  /// The workers that have a folder in active/, alive or dead, in order.
  package func workers() throws(SystemError) -> [WorkerName] {
    try files.names(in: layout.directory(of: .active)).compactMap(WorkerName.init).sorted()
  }

  /// The jobs in a worker's folder, unordered.
  package func jobs(of worker: WorkerName) throws(SystemError) -> [JobName] {
    try folder(of: worker).jobs
  }

  /// What stands in a worker's folder; nothing where there is none.
  package func folder(of worker: WorkerName) throws(SystemError) -> WorkerFolder {
    do {
      return WorkerFolder(names: try files.names(in: layout.folder(of: worker)))
    } catch  where error.errno == .noSuchFile {
      return WorkerFolder(names: [])
    }
  }

  /// The jobs in a queue's directory of a state other than active, unordered.
  package func jobs(_ state: JobState, in queue: QueueName) throws(SystemError) -> [JobName] {
    try jobNames(in: layout.directory(of: state, queue))
  }

  func jobNames(in directory: String) throws(SystemError) -> [JobName] {
    do {
      return try files.names(in: directory).compactMap(JobName.init(fileName:))
    } catch  where error.errno == .noSuchFile {
      return []
    }
  }

  /// A directory of incoming/ is a queue.
  package func isQueue(_ queue: QueueName) throws(SystemError) -> Bool {
    try files.status(of: layout.directory(of: .incoming, queue))?.kind == .directory
  }

  /// Why a queue is paused: nil when it is not, empty where a person did it.
  package func pauseReason(of queue: QueueName) throws(SystemError) -> String? {
    let mark = layout.pauseMark(of: queue)
    guard let status = try files.status(of: mark), try counts(status, in: queue) else { return nil }
    do {
      return String(decoding: try files.contents(of: mark, limit: 4096), as: UTF8.self)
    } catch  where error.errno == .noSuchFile {
      return nil
    } catch  where !error.errno.isShortage {
      // A directory, or a mark that only its maker may read: it pauses all the same.
      return ""
    }
  }

  /// Pauses a queue, the reason in its `.paused`; an existing mark stays.
  package func pause(_ queue: QueueName, because reason: String) throws(SystemError) {
    let mark = layout.pauseMark(of: queue)
    if let status = try files.status(of: mark) {
      if try counts(status, in: queue) { return }
      try files.removeTree(mark)
    }
    try files.publish(Array((reason + "\n").utf8), as: mark)
  }

  /// Where producers may make any name, a mark of theirs pauses nothing.
  private func counts(_ mark: FileStatus, in queue: QueueName) throws(SystemError) -> Bool {
    guard let place = try files.status(of: layout.directory(of: .incoming, queue)),
      place.permissions & 0o1000 != 0
    else { return true }
    let spool = try files.status(of: layout.directory(of: .incoming))
    return [0, place.owner, spool?.owner].contains(mark.owner)
  }

  package func resume(_ queue: QueueName) throws(SystemError) {
    try files.unlinkIfPresent(layout.pauseMark(of: queue))
  }
}

// SPDX-License-Identifier: MIT
import SystemCalls

/// Runs of a worker on their way to results/, made durable together; ``Spool/finish(_:of:as:knowing:remembering:)`` has the whole order.
struct Publishing {
  private let spool: Spool
  private let files: any FileOperations
  private let layout: SpoolLayout
  private let worker: WorkerName
  private let form: RunForm
  private let facts: [JobName: RunFacts]
  private let memory: WorkerMemory?

  init(
    _ spool: Spool, _ worker: WorkerName, _ form: RunForm, _ facts: [JobName: RunFacts],
    _ memory: WorkerMemory?
  ) {
    self.spool = spool
    files = spool.files
    layout = spool.layout
    self.worker = worker
    self.form = form
    self.facts = facts
    self.memory = memory
  }

  /// - Returns: the ids under which results stand, where they are not those of their jobs.
  func publish(_ jobs: [JobName]) throws(SystemError) -> [JobName: JobID] {
    let pending = try makeOutputsDurable(jobs)
    let results = layout.directory(of: .results, worker.queue)
    var others: [JobName: JobID] = [:]
    try spool.restoring(.results, of: worker.queue) { () throws(SystemError) in
      // A directory has one name, its own `.`, and one in each directory in it, on file systems that count them.
      let hasFiles = try files.status(of: results)?.linkCount != 2
      for (job, kept) in pending {
        let id = try publish(job, kept, besideFiles: hasFiles)
        if id != job.id { others[job] = id }
      }
      try files.syncDirectory(results)
    }
    return others
  }

  /// What a job's task has left in its directory for files.
  private enum Kept {
    case nothing, something
    /// The directory has moved beside the result's name already; or, of a resident task's answer, there is none.
    case published
  }

  /// - Returns: the jobs whose outputs may not have been published yet.
  private func makeOutputsDurable(_ jobs: [JobName]) throws(SystemError) -> [(JobName, Kept)] {
    var pending: [(JobName, Kept)] = []
    var outputs: [OpenFile] = []
    var directories: Set<String> = []
    // Many are synced with everything else: none of them need be open.
    var isAll = jobs.count > Durability.singleSyncLimit
    for job in jobs {
      if !isAll {
        let path = layout.output(job.id, of: worker, form)
        guard let output = try files.openIfPresent(path) else { continue }
        outputs.append(output)
      }
      let directory = layout.files(job.id, of: worker, form)
      let names = try names(in: directory, of: job)
      pending.append((job, names.map { $0.isEmpty ? .nothing : .something } ?? .published))
      for name in names ?? [] where !isAll {
        // What lies deeper than one level is synced with everything else, too.
        let kind = try files.status(of: "\(directory)/\(name)")?.kind
        isAll = kind != .regular || outputs.count > Durability.singleSyncLimit
        guard !isAll else { break }
        outputs.append(try files.open("\(directory)/\(name)", .read))
        directories.insert(directory)
      }
    }
    if isAll {
      try files.syncFileSystem(of: layout.folder(of: worker))
    } else {
      try files.makeDurable(outputs, in: directories, of: layout.folder(of: worker))
    }
    return pending
  }

  /// The names in a job's directory for files; nil where there is none.
  private func names(in directory: String, of job: JobName) throws(SystemError) -> [String]? {
    if facts[job]?.hasFiles == false { return [] }
    if let memory, try memory.empty.contains(directory) { return [] }
    do {
      return try files.names(in: directory)
    } catch  where error.errno == .noSuchFile {
      return nil
    }
  }

  /// - Parameter hasFiles: false where no result, nor what a crash left of one, has files beside it.
  /// - Returns: the id under which the result stands.
  private func publish(
    _ job: JobName, _ kept: Kept, besideFiles hasFiles: Bool
  ) throws(SystemError) -> JobID {
    let output = layout.output(job.id, of: worker, form)
    // A person may have removed the directory of results, so that this is done again after the renames.
    guard let status = try files.status(of: output), form == .directory || status.linkCount == 1
    else { return job.id }
    let movesFiles = kept == .something || (kept == .nothing && hasFiles)
    do {
      // Whose result stands already shall keep its files; where there are none the name alone tells.
      let result = layout.result(job.id, in: worker.queue)
      let isTaken = movesFiles ? try files.exists(result) : false
      if !isTaken {
        if movesFiles { try publishFiles(of: job, as: job.id, kept) }
        try publish(output, as: job.id)
        return job.id
      }
    } catch  where error.errno == .fileExists {}
    // While the output lies in its run, a result under the job's id is another job's, of one that was removed while it
    // ran and dropped again, say; both stand.
    let id = try spool.freeID(besidesRunning: job, of: worker)
    if movesFiles { try publishFiles(of: job, as: id, kept) }
    do { try publish(output, as: id) } catch  where error.errno == .fileExists {
      // Put there since we looked.
      throw SystemError("publish", output, .tryAgain)
    }
    return id
  }

  private func publish(_ output: String, as id: JobID) throws(SystemError) {
    let result = layout.result(id, in: worker.queue)
    // Commit point: the job is done.
    switch form {
    case .directory: try files.rename(output, to: result)
    case .answer: try files.link(output, to: result)
    }
  }

  /// The files get their place before the result that speaks of them.
  private func publishFiles(of job: JobName, as id: JobID, _ kept: Kept) throws(SystemError) {
    let target = layout.resultFiles(id, in: worker.queue)
    // Files without a result are what a crash left of an earlier attempt.
    if try files.exists(target) { try files.removeTree(target) }
    guard kept == .something else { return }
    do {
      try files.rename(layout.files(job.id, of: worker, form), to: target)
    } catch  where error.errno == .fileExists {
      return
    }
  }
}

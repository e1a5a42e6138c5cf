// SPDX-License-Identifier: MIT
import SystemCalls

extension SpoolCheck {
  /// The folders of active/: a living worker's are its own business, a dead one's the dispatcher's.
  mutating func checkWorkers() throws(SystemError) {
    let directory = layout.directory(of: .active)
    guard try isDirectory(directory) else { return }
    let isDispatched = try LifeLock.isHeld(layout.dispatcherLock)
    for name in try names(in: directory) where name != SpoolLayout.readme {
      let path = "\(directory)/\(name)"
      guard let worker = WorkerName(name) else {
        find(path, "is no worker's folder: these are named QUEUE@NUMBER")
        continue
      }
      guard try isDirectory(path) else { continue }
      let isAlive = try LifeLock.isHeld(layout.lock(of: worker))
      try checkFolder(of: worker, isWatched: isAlive || isDispatched)
    }
  }

  /// - Parameter isWatched: somebody will settle what stands there.
  private mutating func checkFolder(
    of worker: WorkerName, isWatched: Bool
  ) throws(SystemError) {
    let folder = layout.folder(of: worker)
    let names = try names(in: folder)
    for name in names {
      let path = "\(folder)/\(name)"
      if let job = JobName(fileName: name) {
        guard try isRegular(path) else { continue }
        report.jobs += 1
        note(job.id, of: worker.queue, at: path)
        if !isWatched { find(path, "its worker is dead; the next spoold takes it back") }
      } else if !isWatched, JobID(name) != nil {
        find(path, "is the run of a dead worker; the next spoold removes it")
      } else if JobID(name) == nil {
        find(path, "cannot be a run: \(NameRule.objection(to: name) ?? "its name is no job's")")
      }
    }
  }
}

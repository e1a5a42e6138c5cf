// SPDX-License-Identifier: MIT
import SystemCalls

/// A worker's directories of ended runs, kept for its next ones.
///
/// To make and to remove a directory costs more than all else about a short job; to rename it costs little. Spares have
/// hidden names, so that no crash takes one for a run that was begun, and a dead worker's are swept like its runs.
package final class SpareRuns {
  /// More than a worker publishes at once are not needed.
  static let limit = 64

  private var names: [String] = []
  private var lastNumber = 0

  init() {}

  func take() -> String? { names.popLast() }

  func put(_ name: String) { names.append(name) }

  /// A name that none has yet; nil where enough are kept.
  func freeName() -> String? {
    guard names.count < Self.limit else { return nil }
    lastNumber += 1
    return ".run\(lastNumber)"
  }
}

extension Spool {
  /// Makes the directory of an ended run ready for another one.
  ///
  /// - Returns: false where the task has left or changed anything in it: then nothing has been done.
  func keep(
    _ id: JobID, of worker: WorkerName, in memory: WorkerMemory
  ) throws(SystemError) -> Bool {
    guard try isAsMade(id, of: worker, memory), let name = memory.spares.freeName() else {
      return false
    }
    try files.rename(layout.run(id, of: worker), to: layout.spareRun(name, of: worker))
    memory.spares.put(name)
    return true
  }

  /// Whether a run's directory holds, its output moved away, just an empty log and an empty directory for files.
  private func isAsMade(
    _ id: JobID, of worker: WorkerName, _ memory: WorkerMemory
  ) throws(SystemError) -> Bool {
    let run = layout.run(id, of: worker)
    let log = layout.runLog(id, of: worker)
    let kept = layout.runFiles(id, of: worker)
    guard try Set(files.names(in: run)) == [log.lastPathPart, kept.lastPathPart],
      let logStatus = try files.status(of: log), let keptStatus = try files.status(of: kept),
      let runStatus = try files.status(of: run)
    else { return false }
    // A task owns all of this: it may have put another file there, linked it elsewhere, or changed who may use it.
    let isPlain =
      logStatus.kind == .regular && logStatus.size == 0 && logStatus.linkCount == 1
      && keptStatus.kind == .directory && keptStatus.permissions == runStatus.permissions
      && runStatus.permissions & 0o700 == 0o700 && logStatus.permissions & 0o600 == 0o600
    guard isPlain else { return false }
    return try memory.empty.contains(kept)
  }
}

// SPDX-License-Identifier: MIT
import JSONValues
import SystemCalls

/// log/jobs.jsonl, and the lines on their way to it.
extension Spool {
  /// Bytes that are carried over at a time: a worker's lines of hours. What is more is not its own doing.
  private static let carryLimit = 4 << 20

  /// Appends lines with one write, so that lines of several workers never mix.
  ///
  /// A worker of another user writes them into its folder, from where the dispatcher carries them over.
  package func log(_ records: [AttemptRecord], of worker: WorkerName) throws(SystemError) {
    guard !records.isEmpty else { return }
    let path = try isSeparate(worker) ? layout.ownLog(of: worker) : layout.jobLog
    try files.open(path, .append).write(records.flatMap(\.line))
  }

  /// Whether a worker's folder is another user's than the spool.
  package func isSeparate(_ worker: WorkerName) throws(SystemError) -> Bool {
    guard let folder = try files.status(of: layout.folder(of: worker)),
      let parent = try files.status(of: layout.directory(of: .active))
    else { return false }
    return folder.owner != parent.owner
  }

  /// Carries a worker's lines over to the job log: those of its own queue alone, whatever it has written.
  ///
  /// A crash between the two leaves lines that are carried over once more.
  package func carryLog(of worker: WorkerName) throws(SystemError) {
    let taken = layout.takenLog(of: worker)
    do {
      try files.rename(layout.ownLog(of: worker), to: taken)
    } catch  where error.errno == .noSuchFile || error.errno == .fileExists {
      guard try files.exists(taken) else { return }
    }
    do {
      let file = try files.open(taken, .read)
      let status = try file.status()
      if status.kind == .regular, status.linkCount == 1 {
        // It may be about to write; the next poke comes when it has.
        if file.hasWriter() == true { return }
        let lines = try file.readAll(limit: Self.carryLimit).split(separator: UInt8(ascii: "\n"))
        let own = lines.filter { Self.isLine($0, of: worker) }.map { $0 + [UInt8(ascii: "\n")] }
        if !own.isEmpty { try files.open(layout.jobLog, .append).write(own.joined()) }
      }
    } catch  where error.errno == .tooManyLinks {
      // A symbolic link: it goes as it is.
    }
    try files.removeTree(taken)
  }

  private static func isLine(_ line: ArraySlice<UInt8>, of worker: WorkerName) -> Bool {
    guard let record = try? JSONValue(parsing: Array(line)) else { return false }
    return record["queue"]?.stringValue == worker.queue.text
      && record["worker"]?.stringValue == worker.description
  }
}

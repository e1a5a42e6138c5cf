// SPDX-License-Identifier: MIT
import CronTable
import SpoolProtocol
import SystemCalls

/// The clock's own move: a run of a line becomes a job, exactly once.
///
/// A job that was dropped may have been run and pruned a second later, so that nothing in the queue tells of it. What
/// tells is the stamp, together with the prepared job: the stamp says that the run is to be dropped, and the prepared job,
/// for as long as it stands, that it has not been yet. One rename ends the second and makes the job.
extension Spool {
  /// What became of a run.
  enum DropOutcome { case dropped, idTaken, noQueue }

  /// outside → incoming: drops the job of a line's run.
  func drop(_ line: ScheduledLine, at instant: Int) throws(SystemError) -> DropOutcome {
    guard try isQueue(line.queue) else { return .noQueue }
    let id = line.id(at: instant)
    let stamp = Stamp(until: instant, dropped: .init(instant: instant, queue: line.queue.text))
    guard try freeID(for: id, in: line.queue, besides: "") == id else {
      // Of this name there is only this run: its stamp was lost.
      try publish(stamp, of: line)
      return .idTaken
    }
    let prepared = layout.prepared(id)
    try files.unlinkIfPresent(prepared)
    let file = try files.open(prepared, .create)
    try files.write(line.job, to: file)
    try files.sync(file)
    try files.syncDirectory(layout.schedule)
    // Commit point: the run will be dropped, now or after a crash.
    try publish(stamp, of: line)
    return try release(id, to: line.queue) ? .dropped : .idTaken
  }

  /// Ends what a crash, or a full disk, broke off: drops whose stamp stands are made, others are forgotten.
  ///
  /// - Returns: the jobs that wait for a queue that is gone.
  func finishDrops() throws(SystemError) -> [JobID] {
    var waiting: [JobID] = []
    for name in try files.names(in: layout.schedule) {
      guard let id = JobName(fileName: name)?.id, let run = RunName(id.text) else { continue }
      guard let drop = try stamp(ofLine: run.key)?.dropped, drop.instant == run.instant,
        let queue = QueueName(drop.queue)
      else {
        try files.unlinkIfPresent(layout.prepared(id))
        continue
      }
      if try isQueue(queue) {
        _ = try release(id, to: queue)
      } else {
        waiting.append(id)
      }
    }
    return waiting
  }

  /// - Returns: false where the name is taken.
  private func release(_ id: JobID, to queue: QueueName) throws(SystemError) -> Bool {
    let target = layout.waiting(JobName(id: id), in: queue)
    do {
      // The job waits from here on, and the drop is over.
      try files.rename(layout.prepared(id), to: target)
    } catch  where error.errno == .fileExists {
      try files.unlinkIfPresent(layout.prepared(id))
      return false
    }
    try files.syncDirectory(target.parentPath)
    return true
  }

  // MARK: stamps

  /// Nil where the line has none, or it is damaged.
  func stamp(ofLine key: String) throws(SystemError) -> Stamp? {
    guard let file = try files.openIfPresent(layout.stamp(ofLine: key)) else { return nil }
    return Stamp(try file.readAll(limit: 1 << 16))
  }

  func publish(_ stamp: Stamp, of line: ScheduledLine) throws(SystemError) {
    try files.publish(stamp.document(of: line.text), as: layout.stamp(ofLine: line.key))
  }

  /// The keys of the lines that have a stamp.
  func stampedLines() throws(SystemError) -> [String] {
    try files.names(in: layout.schedule).compactMap { name in
      guard name.hasSuffix(SpoolLayout.stampSuffix) else { return nil }
      let key = String(name.dropLast(SpoolLayout.stampSuffix.count))
      return RunName.isKey(key) ? key : nil
    }
  }
}

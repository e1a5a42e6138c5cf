// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// Which queues there are, which of them are paused, and whose turn it is.
extension Dispatcher {
  /// A directory of incoming/ is a queue from the moment it is there.
  func addQueue(_ queue: QueueName) throws(SystemError) {
    guard backlogs[queue] == nil else { return }
    for state in [JobState.deferred, .hold, .results, .errors] {
      try spool.files.makeDirectories(spool.layout.directory(of: state, queue))
    }
    _ = try isHandedOver(queue)
    backlogs[queue] = Backlog()
    notePause(of: queue)
    watch(queue)
    scanDeferred(queue)
  }

  func watch(_ queue: QueueName) {
    watcher?.add(spool.layout.directory(of: .incoming, queue))
    watcher?.add(spool.layout.directory(of: .deferred, queue))
  }

  /// The directory has been made anew, or cannot be watched; both are found out soon, and not at once and for ever.
  private func loseWatch(of queue: QueueName) {
    unwatched.insert(queue)
    rest(queue)
  }

  func forgetQueue(at directory: String) {
    guard let queue = queue(of: directory, in: .incoming) else { return }
    guard (try? spool.isQueue(queue)) != true else { return loseWatch(of: queue) }
    backlogs[queue] = nil
    restingQueues[queue] = nil
    backlogs[nil]?.considerEverything()
  }

  func notePause(of queue: QueueName) {
    do throws(SystemError) {
      let reason = try spool.pauseReason(of: queue)
      guard let reason, try !endPause(of: queue, for: reason) else {
        paused.remove(queue)
        return
      }
      let isNew = paused.insert(queue).inserted
      if isNew, !reason.isEmpty { report("\(queue) is paused: \(reason.prefix { !$0.isNewline })") }
    } catch {
      suffer(error, from: queue)
    }
  }

  /// A program's pause ends when the queue's executable or spool.toml is younger; a person's does not.
  private func endPause(of queue: QueueName, for reason: String) throws(SystemError) -> Bool {
    guard !reason.isEmpty,
      let mark = try spool.files.status(of: spool.layout.pauseMark(of: queue))
    else { return false }
    let executable = try plan.executables.path(of: queue.text)
    for path in [executable, spool.layout.configuration].compactMap({ $0 }) {
      // Of one tick of the clock as well: it may have come right after the mark. If it had come before, the queue is
      // paused again, by a mark that is younger.
      guard let status = try spool.files.status(of: path), status.changed >= mark.modified else {
        continue
      }
      try spool.resume(queue)
      report("\(queue) goes on: \(path) has changed", .info)
      return true
    }
    return false
  }

  /// The queues that have something to look at and may run, in the order of their turns.
  func queuesInTurn() -> [QueueName] {
    shares.inTurn(
      backlogs.compactMap { queue, backlog in
        guard let queue, !paused.contains(queue), !isResting(queue) else { return nil }
        return backlog.isEmpty && backlog.listing == nil && !backlog.wantsListing ? nil : queue
      })
  }
}

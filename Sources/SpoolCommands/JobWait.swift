// SPDX-License-Identifier: MIT
import DirectoryWatch
import SpoolProtocol
import SystemCalls

/// Waits for the end of one job: first it watches, then it looks, so that no end is missed.
package final class JobWait {
  /// A job that stands nowhere at two looks so far apart is gone; between two places it is for no time at all.
  private static let certainty: Duration = .seconds(1)

  private let spool: Spool
  private let id: JobID
  private let queue: QueueName?
  private let loop: EventLoop
  private var watcher: DirectoryWatcher?

  package init(
    for id: JobID, in queue: QueueName?, of spool: Spool, watchProgram: String
  ) throws(SystemError) {
    self.spool = spool
    self.id = id
    self.queue = queue
    loop = try EventLoop()
    var directories: [String] = []
    let queues = if let queue { [queue] } else { try spool.queues() }
    for queue in queues {
      directories.append(spool.layout.directory(of: .results, queue))
      directories.append(spool.layout.directory(of: .errors, queue))
    }
    watcher = try DirectoryWatcher(program: watchProgram, directories: directories, in: loop) { _ in
    }
  }

  /// The job's last place: results, errors or corrupt.
  ///
  /// - Throws: `gone` where the job was removed, `noSuchJob` where it never was there, `stopped` where its chain was, `timedOut`.
  package func wait(atMost limit: Duration?) throws(CommandError) -> JobPlace {
    defer { watcher?.stop() }
    let start = SystemClock.monotonic()
    var wasSeen = false
    var missingSince: Int64?
    while true {
      let place = try spool.place(of: id, in: queue)
      if let place, [.results, .errors, .corrupt].contains(place.state) { return place }
      let now = SystemClock.monotonic()
      if place != nil {
        wasSeen = true
        missingSince = nil
      } else if try isAwaited() {
        missingSince = nil
      } else if let since = missingSince, now - since >= Self.certainty.nanoseconds {
        throw wasSeen ? .gone(id) : .noSuchJob(id.text)
      } else {
        missingSince = missingSince ?? now
      }
      let rest = limit.map { $0 - .nanoseconds(now - start) }
      if let rest, rest <= .zero { throw .timedOut(id, limit ?? .zero) }
      loop.turn(min(rest ?? Self.certainty, Self.certainty))
    }
  }

  /// Whether it is a step whose turn may still come.
  private func isAwaited() throws(CommandError) -> Bool {
    let step: MissingStep
    do { step = try spool.missing(id) } catch { throw .system(error) }
    switch step {
    case .maybeLater: return true
    case .stopped(let place, let message): throw .stopped(id, by: place, message: message)
    case .unknown: return false
    }
  }
}

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

  /// The last place of a job, or, where it was not run, of the one that stands for it.
  package static func end(
    of id: JobID, in queue: QueueName?, of spool: Spool, watchProgram: String,
    atMost limit: Duration?
  ) throws(CommandError) -> JobPlace {
    let start = SystemClock.monotonic()
    func end(of id: JobID, in queue: QueueName?) throws(CommandError) -> JobPlace {
      if let place = try spool.place(of: id, in: queue), place.state.isEnd { return place }
      let rest = limit.map { $0 - .nanoseconds(SystemClock.monotonic() - start) }
      let wait: JobWait
      do {
        wait = try JobWait(for: id, in: queue, of: spool, watchProgram: watchProgram)
      } catch { throw .system(error) }
      return try wait.wait(atMost: rest)
    }
    var place = try end(of: id, in: queue)
    for _ in 0..<Duplicate.followLimit {
      let duplicate: Duplicate?
      do { duplicate = try spool.duplicate(at: place) } catch { throw .system(error) }
      guard let duplicate else { break }
      place = try end(of: duplicate.original, in: duplicate.queue)
    }
    return place
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
      if let place, place.state.isEnd { return place }
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

extension JobState {
  /// Whether a job that stands there goes nowhere by itself.
  fileprivate var isEnd: Bool {
    switch self {
    case .results, .errors, .corrupt: true
    case .incoming, .active, .deferred, .hold: false
    }
  }
}

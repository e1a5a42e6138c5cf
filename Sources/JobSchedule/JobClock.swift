// SPDX-License-Identifier: MIT
import CronTable
import DirectoryWatch
import SpoolProtocol
import SystemCalls

/// The loop of `spool-cron`: sleeps until a line of the crontab is due, and drops its job.
package final class JobClock {
  /// What a clock is started with.
  package struct Plan {
    package var spool: Spool
    /// The spool-watch program.
    package var watchProgram: String
    /// Where the crontab names no zone.
    package var localZone: ZoneRules
    /// The crontab is read again after this at the latest, events or not; as long as the other programs' default.
    package var backstop: Duration = .seconds(300)
    package var service = ServiceNotifier([:])

    package init(spool: Spool, watchProgram: String, localZone: ZoneRules) {
      self.spool = spool
      self.watchProgram = watchProgram
      self.localZone = localZone
    }
  }

  /// A crontab that is missing or being written is looked at again after this.
  static let settlingPause: Duration = .seconds(1)

  let plan: Plan
  let report: Report
  private let lock: LifeLock
  private let loop: EventLoop
  private let signals: SignalFile
  private let timer: ClockTimer
  private var watcher: DirectoryWatcher?
  /// By key.
  var lines: [String: ClockLine] = [:]
  /// What the lines were read from; nil where there was no crontab, or none yet.
  var text: [UInt8]?
  /// When the crontab is to be looked at, on the monotonic clock.
  var nextReading: Int64 = 0
  /// So many times in a row it was missing.
  var missingLooks = 0
  /// A crash or a failure may have left prepared jobs.
  var hasUnfinished = true
  private var isStopping = false

  var spool: Spool { plan.spool }

  /// - Throws: ``ClockError/alreadyRunning(lock:)`` where another clock serves the spool.
  package init(_ plan: Plan, report: Report) throws(ClockError) {
    self.plan = plan
    self.report = report
    lock = try Self.takeLock(of: plan.spool)
    do throws(SystemError) {
      loop = try EventLoop()
      signals = try SignalFile([.terminate, .interrupt, .hangUp])
      timer = try ClockTimer()
      try watch()
    } catch {
      throw .system(error)
    }
  }

  private static func takeLock(of spool: Spool) throws(ClockError) -> LifeLock {
    let lock: LifeLock?
    do throws(SystemError) {
      try spool.files.makeDirectories(spool.layout.schedule)
      lock = try LifeLock.take(spool.layout.clockLock)
    } catch {
      throw .system(error)
    }
    guard let lock else { throw .alreadyRunning(lock: spool.layout.clockLock) }
    return lock
  }

  /// Runs until SIGTERM or SIGINT.
  package func run() {
    while !isStopping {
      work()
      plan.service.ready()
      plan.service.showLife()
      timer.arm(at: nextRun.map { Timestamp(seconds: Double($0)) })
      loop.turn(timeout)
    }
    watcher?.stop()
  }

  private func work() {
    if SystemClock.monotonic() >= nextReading { readCrontab(at: Self.now) }
    if hasUnfinished { finish() }
    for key in keysInOrder { runLine(key, at: Self.now) }
  }

  /// In the order of the crontab.
  var keysInOrder: [String] {
    lines.values.sorted { $0.line.number < $1.line.number }.map(\.line.key)
  }

  private func finish() {
    do {
      for id in try spool.finishDrops() { report("\(id) waits: its queue is gone") }
      hasUnfinished = false
    } catch {
      report("\(error); trying again in \(Self.settlingPause)", .error)
      nextReading = min(nextReading, Self.moment(after: Self.settlingPause))
    }
  }

  /// Of those that are not paused.
  private var nextRun: Int? {
    let now = SystemClock.monotonic()
    return lines.values.filter { $0.pausedUntil <= now }.compactMap(\.nextRun).min()
  }

  private var timeout: Duration {
    let now = SystemClock.monotonic()
    let paused = lines.values.map(\.pausedUntil).filter { $0 > now }
    let wait = min(nextReading, paused.min() ?? nextReading) - now
    let pause: Duration = .nanoseconds(max(0, wait))
    return min(pause, plan.service.pause ?? pause)
  }

  static var now: Int { Int(SystemClock.now().seconds.rounded(.down)) }

  static func moment(after pause: Duration) -> Int64 {
    SystemClock.monotonic() + pause.nanoseconds
  }
}

// MARK: what wakes it

extension JobClock {
  private func watch() throws(SystemError) {
    try loop.watch(signals.file.descriptor) { [unowned self] in takeSignals() }
    try loop.watch(timer.file.descriptor) { [unowned self] in
      if timer.acknowledge() { report("the clock has been set", .info) }
    }
    let directories = [spool.layout.root, spool.layout.directory(of: .incoming)]
    watcher = try DirectoryWatcher(
      program: plan.watchProgram, directories: directories, in: loop
    ) { [unowned self] sightings in for sighting in sightings { take(sighting) } }
  }

  private func take(_ sighting: Sighting) {
    switch sighting {
    case .look(let directory, let name):
      if "\(directory)/\(name)" == spool.layout.crontab { nextReading = 0 }
      // A queue may have been made for which a line waits.
      if directory != spool.layout.root { wakeLines() }
    case .scanAll:
      nextReading = 0
      wakeLines()
    case .watching, .gone: break
    case .degraded(let reason): report("no events, looking every two seconds: \(reason)")
    }
  }

  private func wakeLines() {
    for key in lines.keys { lines[key]?.tryAgain() }
  }

  private func takeSignals() {
    while let signal = signals.next() {
      guard signal == .hangUp else {
        plan.service.stopping()
        isStopping = true
        continue
      }
      plan.service.reloading()
      // Zones may have changed as well.
      text = nil
      readCrontab(at: Self.now)
      plan.service.reloaded()
    }
  }
}

// SPDX-License-Identifier: MIT
import DirectoryWatch
import SpoolProtocol
import SystemCalls

/// The loop of `spool-cache`: hears of results and failures, and of the time.
package final class CacheService {
  /// What a cache service is started with.
  package struct Plan {
    package var layout: SpoolLayout
    /// The spool-watch program.
    package var watchProgram: String
    /// Lifetime of entries whose result names none.
    package var defaultTimeout: Duration = .seconds(86400)
    /// What no event told of is found after this at the latest.
    package var backstop: Duration = .seconds(300)
    /// Between two looks at everything that is kept, for leftovers; expiries have a timer of their own.
    package var sweepPause: Duration = .seconds(3600)
    package var service = ServiceNotifier([:])

    package init(layout: SpoolLayout, watchProgram: String) {
      self.layout = layout
      self.watchProgram = watchProgram
    }
  }

  /// Names that may wait during a shortage; beyond, a scan finds them.
  static let pendingLimit = 10_000

  private let plan: Plan
  private let files: any FileOperations
  private let report: Report
  private let keeper: CacheKeeper
  private let lock: LifeLock
  private let loop: EventLoop
  private let signals: SignalFile
  private var watcher: DirectoryWatcher?
  private var watched: Set<String> = []
  private var pending: Set<Outcome> = []
  private var nextScan: Int64
  private var nextSweep: Int64 = 0
  /// After a shortage.
  private var retryPause = RetryPause()
  private var isStopping = false

  /// - Throws: ``CacheError/alreadyRunning(lock:)`` where another one serves the spool.
  package init(
    _ plan: Plan, files: any FileOperations = SystemFiles(), report: Report
  ) throws(CacheError) {
    self.plan = plan
    self.files = files
    self.report = report
    let layout = plan.layout
    keeper = CacheKeeper(
      layout: layout, files: files, defaultTimeout: Int(plan.defaultTimeout.components.seconds),
      report: report)
    // The first scan is asked for by the watcher, once it stands.
    nextScan = Self.moment(after: plan.backstop)
    lock = try Self.takeLock(in: layout, files)
    (loop, signals) = try CacheError.wrapping { () throws(SystemError) in
      (try EventLoop(), try SignalFile([.terminate, .interrupt, .hangUp]))
    }
    try CacheError.wrapping { () throws(SystemError) in try watch() }
  }

  private static func takeLock(
    in layout: SpoolLayout, _ files: any FileOperations
  ) throws(CacheError) -> LifeLock {
    let lock = try CacheError.wrapping { () throws(SystemError) in
      for directory in [layout.cache, layout.events] + roots(of: layout) {
        try files.makeDirectories(directory)
      }
      return try LifeLock.take(layout.cacheLock)
    }
    guard let lock else { throw .alreadyRunning(lock: layout.cacheLock) }
    return lock
  }

  /// Runs until SIGTERM or SIGINT.
  package func run() {
    while !isStopping {
      work()
      plan.service.showLife()
      loop.turn(timeout)
    }
    watcher?.stop()
  }

  private static func roots(of layout: SpoolLayout) -> [String] {
    Outcome.Kind.allCases.map { layout.directory(of: $0.state) }
  }

  private static func moment(after pause: Duration) -> Int64 {
    SystemClock.monotonic() + pause.nanoseconds
  }
}

// MARK: the loop

extension CacheService {
  private func work() {
    let monotonic = SystemClock.monotonic()
    guard monotonic >= retryPause.until else { return }
    do {
      let now = SystemClock.now()
      if monotonic >= nextScan { try scan(at: now) }
      try settlePending(at: now)
      if monotonic >= nextSweep {
        try keeper.sweepEverything(at: now)
        nextSweep = Self.moment(after: plan.sweepPause)
      }
      try keeper.sweepExpired(at: now)
      retryPause.succeed()
    } catch {
      suffer(error)
    }
  }

  private func settlePending(at now: Timestamp) throws(SystemError) {
    let outcomes = pending
    pending = []
    try keeper.settle(outcomes, at: now)
  }

  private func scan(at now: Timestamp) throws(SystemError) {
    addDirectories(try directories())
    try keeper.scanEverything(at: now)
    nextScan = Self.moment(after: plan.backstop)
    // From now on what comes is heard of, and what was there is done.
    plan.service.ready()
  }

  /// What was under way is found by a scan, once the shortage may be over.
  private func suffer(_ error: SystemError) {
    let pause = retryPause.fail()
    report("\(error); trying again in \(pause)", .error)
    nextScan = 0
  }

  private var timeout: Duration {
    let now = SystemClock.monotonic()
    var wait = min(nextScan, nextSweep) - now
    if let expiry = keeper.nextExpiry {
      // A clock that is set back only makes it look too early.
      wait = min(
        wait, Timestamp(seconds: Double(expiry)).nanoseconds - SystemClock.now().nanoseconds)
    }
    let pause: Duration = .nanoseconds(max(0, wait, retryPause.until - now))
    return min(pause, plan.service.pause ?? pause)
  }
}

// MARK: what wakes it

extension CacheService {
  private func watch() throws(SystemError) {
    try loop.watch(signals.file.descriptor) { [unowned self] in takeSignals() }
    let directories = try directories()
    watched = Set(directories)
    watcher = try DirectoryWatcher(
      program: plan.watchProgram, directories: directories, in: loop
    ) { [unowned self] sightings in for sighting in sightings { take(sighting) } }
  }

  /// results/ and errors/, and the queues in them.
  private func directories() throws(SystemError) -> [String] {
    var directories = Self.roots(of: plan.layout)
    for kind in Outcome.Kind.allCases {
      directories += try keeper.queues(of: kind).map { plan.layout.directory(of: kind.state, $0) }
    }
    return directories
  }

  private func addDirectories(_ directories: [String]) {
    for directory in directories where watched.insert(directory).inserted {
      watcher?.add(directory)
    }
  }

  private func take(_ sighting: Sighting) {
    switch sighting {
    case .look(let directory, let name): look(directory, name)
    // A directory that was made while we run is as rare as a new task.
    case .watching, .scanAll: nextScan = 0
    case .gone(let directory): watched.remove(directory)
    case .degraded(let reason): report("no events, looking every two seconds: \(reason)")
    }
  }

  private func look(_ directory: String, _ name: String) {
    for kind in Outcome.Kind.allCases {
      let root = plan.layout.directory(of: kind.state)
      if directory == root {
        addQueue(named: name, of: kind)
      } else if directory.parentPath == root, let queue = QueueName(directory.lastPathPart),
        let outcome = Outcome(name: name, in: queue, of: kind)
      {
        remember(outcome)
      }
    }
  }

  /// Other things may stand beside the queues, a README among them.
  private func addQueue(named name: String, of kind: Outcome.Kind) {
    guard let queue = QueueName(name) else { return }
    let path = plan.layout.directory(of: kind.state, queue)
    do {
      if try files.status(of: path)?.kind == .directory { addDirectories([path]) }
    } catch {
      suffer(error)
    }
  }

  private func remember(_ outcome: Outcome) {
    pending.insert(outcome)
    guard pending.count > Self.pendingLimit else { return }
    pending = []
    nextScan = 0
  }

  private func takeSignals() {
    while let signal = signals.next() {
      guard signal != .hangUp else { continue }
      plan.service.stopping()
      isStopping = true
    }
  }
}

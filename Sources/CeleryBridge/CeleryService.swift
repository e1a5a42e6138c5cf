// SPDX-License-Identifier: MIT
import DirectoryWatch
import SpoolConfiguration
import SpoolProtocol
import SystemCalls

/// The loop of `spool-celery`: hears of messages, of results and failures, and of the time.
package final class CeleryService {
  /// What it is started with.
  package struct Plan {
    package var spool: Spool
    package var settings: CelerySettings
    package var rules: IntakeRules
    /// The spool-watch program.
    package var watchProgram: String
    /// What no event told of is found after this at the latest.
    package var backstop: Duration = .seconds(300)
    package var service = ServiceNotifier([:])

    package init(
      spool: Spool, settings: CelerySettings, rules: IntakeRules, watchProgram: String
    ) {
      self.spool = spool
      self.settings = settings
      self.rules = rules
      self.watchProgram = watchProgram
    }
  }

  /// Before the first retry after a shortage; doubled up to the limit.
  private static let shortagePause: Duration = .seconds(1)
  private static let shortagePauseLimit: Duration = .seconds(60)

  private let plan: Plan
  private let report: Report
  private let folder: String
  private let lock: LifeLock
  private let loop: EventLoop
  private let signals: SignalFile
  private let mailbox: ControlMailbox
  private var intake: MessageIntake
  private var teller: ResultTeller
  private var watcher: DirectoryWatcher?
  private var watched: Set<String> = []
  private var ended: Set<JobEnd> = []
  private var nextScan: Int64 = 0
  private var nextIntake: Int64 = 0
  private var shortageUntil: Int64 = 0
  private var shortagePause = CeleryService.shortagePause
  private var isStopping = false

  /// - Throws: ``CeleryBridgeError``, also where another one serves the spool.
  package init(_ plan: Plan, report: Report) throws(CeleryBridgeError) {
    guard let folder = plan.settings.messages else { throw .notConfigured }
    self.plan = plan
    self.folder = folder
    self.report = report
    let spool = plan.spool
    do {
      for directory in [spool.layout.celery, spool.layout.corruptStrays, folder]
        + [plan.settings.results].compactMap({ $0 })
      {
        try spool.files.makeDirectories(directory)
      }
      guard let lock = try LifeLock.take(spool.layout.celeryLock) else {
        throw CeleryBridgeError.alreadyRunning(lock: spool.layout.celeryLock)
      }
      self.lock = lock
      (loop, signals) = (try EventLoop(), try SignalFile([.terminate, .interrupt, .hangUp]))
    } catch { throw CeleryBridgeError(error) }
    mailbox = ControlMailbox(
      files: spool.files, folder: folder,
      control: plan.settings.control ?? folder.parentPath + "/control")
    intake = MessageIntake(
      spool, folder: folder, queues: plan.settings.queues, rules: plan.rules,
      hasResults: plan.settings.results != nil, report: report)
    teller = ResultTeller(
      spool,
      results: plan.settings.results.map { ResultFolder(path: $0, files: spool.files) },
      report: report)
    do {
      try mailbox.register()
      try watch()
    } catch { throw .system(error) }
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
}

// MARK: the loop

extension CeleryService {
  private func work() {
    let monotonic = SystemClock.monotonic()
    guard monotonic >= shortageUntil else { return }
    do {
      // Before ends are told: what was accepted before a crash is found to stand.
      if monotonic >= min(nextScan, nextIntake) { try takeMessages() }
      if monotonic >= nextScan { try scan() }
      let ends = ended
      ended = []
      try teller.tell(ends)
      shortagePause = Self.shortagePause
    } catch {
      report("\(error); trying again in \(shortagePause)", .error)
      shortageUntil = SystemClock.monotonic() + shortagePause.nanoseconds
      shortagePause = min(shortagePause * 2, Self.shortagePauseLimit)
      nextScan = 0
    }
  }

  private func takeMessages() throws(SystemError) {
    nextIntake = .max
    let round = try intake.takeAll(at: SystemClock.now())
    for revocation in try mailbox.takeAll() { try teller.revoke(revocation) }
    if let moment = round.nextLook {
      let pause = max(0, moment.nanoseconds - SystemClock.now().nanoseconds)
      nextIntake = SystemClock.monotonic() + pause
    }
    // A quick job has ended before its message was put away: then no event tells of it any more.
    for message in round.accepted where message.isKept {
      guard message.job != nil else {
        try teller.adoptUnlock(message.id)
        continue
      }
      ended.formUnion(
        JobEnd.Kind.allCases.map { JobEnd(kind: $0, queue: message.queue, id: message.id) })
    }
  }

  private func scan() throws(SystemError) {
    addDirectories(try directories())
    try teller.tellAll()
    nextScan = SystemClock.monotonic() + plan.backstop.nanoseconds
    plan.service.ready()
  }

  private var timeout: Duration {
    guard ended.isEmpty else { return .zero }
    let now = SystemClock.monotonic()
    let pause: Duration = .nanoseconds(max(0, min(nextScan, nextIntake) - now, shortageUntil - now))
    return min(pause, plan.service.pause ?? pause)
  }
}

// MARK: what wakes it

extension CeleryService {
  private func watch() throws(SystemError) {
    try loop.watch(signals.file.descriptor) { [unowned self] in takeSignals() }
    let directories = try directories()
    watched = Set(directories)
    watcher = try DirectoryWatcher(
      program: plan.watchProgram, directories: directories, in: loop
    ) { [unowned self] sightings in for sighting in sightings { take(sighting) } }
  }

  /// The messages', and results/ and errors/ with the queues in them.
  private func directories() throws(SystemError) -> [String] {
    let layout = plan.spool.layout
    var directories = [folder, layout.corruptStrays]
    for kind in JobEnd.Kind.allCases {
      directories.append(layout.directory(of: kind.state))
      for queue in try plan.spool.queues() {
        let directory = layout.directory(of: kind.state, queue)
        if try plan.spool.files.exists(directory) { directories.append(directory) }
      }
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
    case .look(folder, _): nextIntake = 0
    // A job that no queue is for.
    case .look(plan.spool.layout.corruptStrays, _): nextScan = 0
    case .look(let directory, let name): look(directory, name)
    case .watching, .scanAll: nextScan = 0
    case .gone(let directory): watched.remove(directory)
    case .degraded(let reason): report("no events, looking every two seconds: \(reason)")
    }
  }

  private func look(_ directory: String, _ name: String) {
    for kind in JobEnd.Kind.allCases {
      let root = plan.spool.layout.directory(of: kind.state)
      if directory == root {
        // A new queue is as rare as a new task.
        nextScan = 0
      } else if directory.parentPath == root, let queue = QueueName(directory.lastPathPart),
        let end = JobEnd(name: name, in: queue, of: kind)
      {
        ended.insert(end)
      }
    }
  }

  private func takeSignals() {
    while let signal = signals.next() {
      guard signal != .hangUp else { continue }
      plan.service.stopping()
      isStopping = true
    }
  }
}

// SPDX-License-Identifier: MIT
import DirectoryWatch
import SpoolConfiguration
import SpoolProtocol
import SystemCalls

/// The loop of `spool-celery`: hears of messages, of results and failures, and of the time.
package final class CeleryService {
  /// Celery's clients look twice a second.
  private static let progressPause: Duration = .milliseconds(500)
  private static let cleanupPause: Duration = .seconds(3600)

  let plan: Plan
  private let report: Report
  let folder: MessageFolder
  private let lock: LifeLock
  private let loop: EventLoop
  private let signals: SignalFile
  var mailbox: ControlMailbox
  var answers: ControlAnswers
  private var intake: MessageIntake
  var teller: ResultTeller
  private var watcher: DirectoryWatcher?
  private var watched: Set<String> = []
  private var ended: Set<JobEnd> = []
  private var retried: Set<JobRetry> = []
  private var running: RunningJobs
  /// When what runs is to be looked at again.
  private var nextRunningLook: Int64 = .max
  private var nextScan: Int64 = 0
  private var nextIntake: Int64 = 0
  private var nextCleanup: Int64 = 0
  private var intakePause = RetryPause()
  private var tellingPause = RetryPause()
  var orders: [ControlOrder] = []
  private var isStopping = false

  /// - Throws: ``CeleryBridgeError``, also where another one serves the spool.
  package init(_ plan: Plan, report: Report) throws(CeleryBridgeError) {
    guard let path = plan.settings.messages else { throw .notConfigured }
    self.plan = plan
    self.report = report
    let spool = plan.spool
    do {
      try Self.makeDirectories(plan.settings, path, of: spool)
      guard let lock = try LifeLock.take(spool.layout.celeryLock) else {
        throw CeleryBridgeError.alreadyRunning(lock: spool.layout.celeryLock)
      }
      self.lock = lock
      try spool.sweepAsides()
      (loop, signals) = (try EventLoop(), try SignalFile([.terminate, .interrupt, .hangUp]))
    } catch { throw CeleryBridgeError(error) }
    folder = MessageFolder(
      spool, RealPath.of(path), settings: plan.settings, worker: plan.worker, rules: plan.rules,
      report: report)
    answers = ControlAnswers(
      spool, worker: plan.worker, queues: plan.settings.queues, processID: plan.processID)
    mailbox = ControlMailbox(
      files: spool.files, folder: folder,
      control: plan.settings.control ?? path.parentPath + "/control")
    intake = MessageIntake(spool, folder, plan.settings)
    let results = plan.settings.results.map {
      ResultFolder(path: RealPath.of($0), files: spool.files, report: report)
    }
    teller = ResultTeller(spool, results: results, report: report)
    running = RunningJobs(spool)
    do {
      try mailbox.register()
      try watch()
    } catch { throw .system(error) }
  }

  /// What clients pass is nobody else's: cookies, passwords.
  private static func makeDirectories(
    _ settings: CelerySettings, _ messages: String, of spool: Spool
  ) throws(SystemError) {
    let files = spool.files
    let isNew = try !files.exists(messages)
    for directory in [spool.layout.celery, spool.layout.corruptStrays, messages] {
      try files.makeDirectories(directory)
    }
    if let results = settings.results { try files.makeDirectories(results) }
    try files.open(spool.layout.celery, .read).setPermissions(0o700)
    guard isNew else { return }
    let directory = try files.open(messages, .read)
    try directory.setPermissions(try directory.status().permissions & ~0o007)
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
  /// Where results cannot be told, messages are taken all the same, and the other way round.
  private func work() {
    let now = SystemClock.monotonic()
    // Before ends are told: what was accepted before a crash is found to stand.
    if now >= max(nextIntake, intakePause.until) {
      do {
        try takeMessages()
        intakePause.succeed()
      } catch {
        let pause = intakePause.fail()
        report("\(error); trying again in \(pause)", .error)
        intake.distrust()
        nextIntake = 0
      }
    }
    guard now >= tellingPause.until else { return }
    do {
      try tellEnds(now)
      tellingPause.succeed()
    } catch {
      let pause = tellingPause.fail()
      report("\(error); trying again in \(pause)", .error)
      teller.distrust()
      nextScan = 0
    }
  }

  private func tellEnds(_ now: Int64) throws(SystemError) {
    if now >= nextScan { try scan() }
    try carryOutOrders()
    try tellStates(now)
    try teller.purge(folder.takePurged())
    let ends = ended
    ended = []
    for end in try teller.tell(ends) {
      answers.note(end)
      try folder.remove(end.id, in: end.queue)
    }
    // For Celery's clients these messages have left their queue.
    for id in teller.takeForgotten() { try folder.remove(id) }
    try cleanUp()
  }

  /// Before the ends, which come after them.
  private func tellStates(_ now: Int64) throws(SystemError) {
    let retries = retried
    retried = []
    for retry in retries { try teller.tell(retry) }
    guard plan.settings.trackStarted, now >= nextRunningLook else { return }
    for state in try running.look() { try teller.tell(state) }
    // No event tells of what a task writes into its own directory.
    nextRunningLook = running.isEmpty ? .max : now + Self.progressPause.nanoseconds
  }

  private func takeMessages() throws(SystemError) {
    let now = SystemClock.now()
    nextIntake = SystemClock.monotonic() + plan.backstop.nanoseconds
    try folder.look()
    try takeOrders(at: now)
    let round = try intake.takeSome(at: now, telling: &teller)
    if round.wantsCleanup { nextCleanup = 0 }
    if let moment = round.nextLook {
      let pause = max(0, moment.nanoseconds - SystemClock.now().nanoseconds)
      nextIntake = min(nextIntake, SystemClock.monotonic() + pause)
    }
    // A quick job has ended before its message was put away: then no event tells of it any more.
    for message in round.kept {
      if message.stood { teller.suspect(message.id) }
      guard message.isJob else {
        try teller.adopt(message.id)
        continue
      }
      ended.formUnion(JobEnd.all(of: message.id, in: message.queue))
    }
  }

  /// At the pace of the scans at most; results are there for hours.
  private func cleanUp() throws(SystemError) {
    guard let age = plan.settings.resultExpires, SystemClock.monotonic() >= nextCleanup else {
      return
    }
    try teller.removeExpired(after: age)
    nextCleanup = SystemClock.monotonic() + Self.cleanupPause.nanoseconds
  }

  /// Those of jobs that nobody is told of, and that ended unseen.
  private func sweepNames(besides jobs: StandingJobs) throws(SystemError) {
    for job in folder.waiting where jobs.place(of: job.id, in: job.queue) == nil {
      guard try !plan.spool.files.exists(plan.spool.layout.message(of: job.id)) else { continue }
      try folder.remove(job.id, in: job.queue)
    }
  }

  private func scan() throws(SystemError) {
    addDirectories(try directories())
    try sweepNames(besides: try teller.tellAll())
    nextScan = SystemClock.monotonic() + plan.backstop.nanoseconds
    plan.service.ready()
  }

  private var timeout: Duration {
    let isIdle = ended.isEmpty && retried.isEmpty && orders.isEmpty
    let telling = isIdle ? min(nextScan, nextRunningLook) : 0
    let next = min(max(nextIntake, intakePause.until), max(telling, tellingPause.until))
    let pause: Duration = .nanoseconds(max(0, next - SystemClock.monotonic()))
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

  private static let watchedStates = JobEnd.Kind.allCases.map(\.state) + [.deferred]

  /// The messages', and results/, errors/ and deferred/ with the queues in them; where starts are told, active/ as well.
  private func directories() throws(SystemError) -> [String] {
    let layout = plan.spool.layout
    var directories = [folder.path, layout.corruptStrays]
    for state in Self.watchedStates {
      directories.append(layout.directory(of: state))
      for queue in try plan.spool.queues() {
        let directory = layout.directory(of: state, queue)
        if try plan.spool.files.exists(directory) { directories.append(directory) }
      }
    }
    guard plan.settings.trackStarted else { return directories }
    directories.append(layout.directory(of: .active))
    return try directories + plan.spool.workers().map(layout.folder)
  }

  private func addDirectories(_ directories: [String]) {
    for directory in directories where watched.insert(directory).inserted {
      watcher?.add(directory)
    }
  }

  private func take(_ sighting: Sighting) {
    switch sighting {
    case .look(folder.path, let name): if folder.calls(name) { nextIntake = 0 }
    // A job that no queue is for.
    case .look(plan.spool.layout.corruptStrays, _): nextScan = 0
    case .look(let directory, let name): look(directory, name)
    case .watching, .scanAll: (nextIntake, nextScan) = (0, 0)
    case .gone(let directory): watched.remove(directory)
    case .degraded(let reason): report("no events, looking every two seconds: \(reason)")
    }
  }

  private func look(_ directory: String, _ name: String) {
    let (parent, layout) = (directory.parentPath, plan.spool.layout)
    guard parent != layout.root else {
      // A new queue, or a new worker, is as rare as a new task.
      nextScan = 0
      return
    }
    guard parent != layout.directory(of: .active) else {
      nextRunningLook = 0
      return
    }
    guard let queue = QueueName(directory.lastPathPart) else { return }
    if parent == layout.directory(of: .deferred),
      let retry = JobRetry(JobName(fileName: name), in: queue)
    {
      retried.insert(retry)
    }
    for kind in JobEnd.Kind.allCases where parent == layout.directory(of: kind.state) {
      if let end = JobEnd(name: name, in: queue, of: kind) { ended.insert(end) }
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

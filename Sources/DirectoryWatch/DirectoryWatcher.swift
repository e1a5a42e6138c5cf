// SPDX-License-Identifier: MIT
import SystemCalls

/// spool-watch as a stream of sightings in the caller's loop, whatever befalls spool-watch.
///
/// There is no gap: a directory is watched before ``Sighting/scanAll`` or ``Sighting/watching(directory:)``
/// tells the consumer to scan it. When spool-watch dies it is started again, and `scanAll` follows.
package final class DirectoryWatcher {
  /// The pause before spool-watch is started again; doubled with each early death, up to ``pollingPause``.
  static let firstPause: Duration = .milliseconds(50)
  /// How often everything is looked at while there are no events.
  static let pollingPause: Duration = .seconds(2)
  /// A spool-watch that lived for this long may be restarted at once.
  static let soundLife: Duration = .seconds(10)

  private let path: String
  private let loop: EventLoop
  private let handler: ([Sighting]) -> Void
  private let timer: TimerFile
  private var directories: [String] = []
  private var unwatched: Set<String> = []
  private var program: WatchProgram?
  private var startedAt: Int64 = 0
  private var pause = firstPause
  private var isReady = false
  private var isDegraded = false

  /// Starts the spool-watch at this path; everything it tells comes to the handler, in the turns of the loop.
  package init(
    program path: String, directories: [String], in loop: EventLoop,
    _ handler: @escaping ([Sighting]) -> Void
  ) throws(SystemError) {
    self.path = path
    self.directories = directories
    self.loop = loop
    self.handler = handler
    timer = try TimerFile()
    try loop.watch(timer.file.descriptor) { [weak self] in self?.timeHasCome() }
    // Not at once: the handler is not to be called before the caller has what this returns.
    timer.arm(after: .zero)
  }

  deinit { stop() }

  /// Watches one more directory; ``Sighting/watching(directory:)`` answers.
  package func add(_ directory: String) {
    guard !directories.contains(directory) else { return }
    directories.append(directory)
    // One that does not read any more is replaced by one that is started with all directories.
    do { try program?.request(directory) } catch { program?.process.send(.kill) }
  }

  /// Ends spool-watch; no sighting comes after this.
  package func stop() {
    loop.forget(timer.file.descriptor)
    guard let program else { return }
    forget(program)
    program.kill()
  }

  /// The process id of the running spool-watch.
  package var processID: Int32? { program?.process.pid }
}

// MARK: the life of spool-watch

extension DirectoryWatcher {
  private func timeHasCome() {
    timer.acknowledge()
    if program == nil {
      start()
    } else {
      for directory in unwatched { try? program?.request(directory) }  // Answered, or asked again.
    }
    guard isDegraded else { return }
    timer.arm(after: Self.pollingPause)
    handler([.scanAll])
  }

  private func start() {
    unwatched = []
    do {
      let program = try WatchProgram(path, directories: directories)
      try loop.watch(program.lines.descriptor) { [weak self] in self?.read() }
      try loop.watch(program.process.pidfd.descriptor) { [weak self] in self?.programHasEnded() }
      self.program = program
      startedAt = SystemClock.monotonic()
    } catch {
      degrade(error.description)
    }
  }

  private func programHasEnded() {
    guard let program, program.process.reap() != nil else { return }
    // What it said before its end.
    while program === self.program, let lines = program.nextLines(), !lines.isEmpty { take(lines) }
    forget(program)
    if !isReady { degrade("spool-watch ended at once") }
    isReady = false
    let life: Duration = .nanoseconds(SystemClock.monotonic() - startedAt)
    pause = life > Self.soundLife ? Self.firstPause : min(pause * 2, Self.pollingPause)
    timer.arm(after: isDegraded ? Self.pollingPause : pause)
  }

  private func forget(_ program: WatchProgram) {
    loop.forget(program.lines.descriptor)
    loop.forget(program.process.pidfd.descriptor)
    self.program = nil
  }

  private func degrade(_ reason: String) {
    guard !isDegraded else { return }
    isDegraded = true
    timer.arm(after: Self.pollingPause)
    handler([.degraded(reason: reason), .scanAll])
  }
}

// MARK: what spool-watch says

extension DirectoryWatcher {
  private func read() {
    guard let program else { return }
    guard let lines = program.nextLines() else {
      // Its end is told by its process; until then nothing can be read.
      return loop.forget(program.lines.descriptor)
    }
    take(lines)
  }

  private func take(_ lines: [WatchLine]) {
    let sightings = lines.compactMap(sighting)
    if !sightings.isEmpty { handler(sightings) }
  }

  private func sighting(_ line: WatchLine) -> Sighting? {
    switch line {
    case .event(let directory, let name): return .look(directory: directory, name: name)
    case .overflow: return .scanAll
    case .gone(let directory): return lost(directory)
    case .failed(let directory, let reason): return failed(directory, reason)
    case .ready:
      isReady = true
      isDegraded = !unwatched.isEmpty
      return .scanAll
    case .watching(let directory):
      unwatched.remove(directory)
      isDegraded = !unwatched.isEmpty
      return .watching(directory: directory)
    case .broken(let reason):
      degrade(reason)
      return nil
    }
  }

  private func lost(_ directory: String) -> Sighting {
    directories.removeAll { $0 == directory }
    unwatched.remove(directory)
    return .gone(directory: directory)
  }

  /// A limit of the machine may be raised, so such a directory is asked for again; others are given up.
  private func failed(_ directory: String, _ reason: String) -> Sighting? {
    let limits: [Errno] = [.noSpace, .noMemory, .tooManyOpenFiles]
    guard limits.map(\.description).contains(reason) else { return lost(directory) }
    unwatched.insert(directory)
    degrade("unable to watch \(directory): \(reason)")
    return nil
  }
}

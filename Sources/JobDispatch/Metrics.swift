// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// What is counted for log/metrics.prom, and the writing of it, in portions between the rounds of the dispatcher.
final class Metrics {
  /// What only the dispatcher knows, at the moment of writing.
  struct Snapshot {
    var active: [QueueName: Int] = [:]
    var workers: [QueueName: Int] = [:]
    var paused: Set<QueueName> = []
    /// When the oldest job that is next to be fed was dropped.
    var oldest: [QueueName: Timestamp] = [:]
  }

  private let spool: Spool
  private let syncs: SyncCounter
  private let started = SystemClock.now()
  private let attempts: AttemptTally
  private var starts: [QueueName: Int] = [:]
  private var clock = MetricsClock()
  private var count: JobCount?
  private var queues: [QueueName] = []
  private var cost: Int64 = 0
  private var written = ""

  init(_ spool: Spool, syncs: SyncCounter) throws(SystemError) {
    self.spool = spool
    self.syncs = syncs
    attempts = try AttemptTally(spool.layout.jobLog)
  }

  func noteChange() { clock.noteChange(at: SystemClock.monotonic()) }

  func noteStart(of queue: QueueName) {
    starts[queue, default: 0] += 1
    noteChange()
  }

  /// Something is being counted: the next portion should follow soon.
  var isUnderWay: Bool { count != nil }

  func due(isQuiet: Bool) -> Int64? { clock.due(isQuiet: isQuiet) }

  /// Does the next portion, where it is time; the last one asks for the snapshot and writes.
  func goOn(
    _ known: [QueueName], isQuiet: Bool, _ snapshot: () -> Snapshot
  ) throws(SystemError) {
    let now = SystemClock.monotonic()
    if count == nil {
      guard let due = clock.due(isQuiet: isQuiet), due <= now else { return }
      clock.begin()
      queues = known
      count = JobCount(of: known, in: spool.layout)
      cost = 0
    }
    do {
      let isMore = try portion()
      cost += SystemClock.monotonic() - now
      if isMore { return }
      try write(snapshot())
    } catch {
      // Next time: the jobs are not to suffer for it.
      end()
      throw error
    }
    end()
  }

  private func end() {
    count = nil
    clock.end(at: SystemClock.monotonic(), cost: cost)
  }

  private func portion() throws(SystemError) -> Bool {
    if try attempts.readOn({ queues.contains($0) }) { return true }
    return try count?.goOn() ?? false
  }

  private func write(_ snapshot: Snapshot) throws(SystemError) {
    let text = text(snapshot)
    guard text != written else { return }
    let path = spool.layout.metrics
    try spool.files.unlinkIfPresent(path.asidePath)
    try spool.files.write(
      Array(text.utf8), to: spool.files.open(path.asidePath, .create))
    // Not synced: after a power cut it is written anew.
    try spool.files.replace(path, with: path.asidePath)
    written = text
  }
}

// MARK: the text

extension Metrics {
  private func text(_ snapshot: Snapshot) -> String {
    var text = MetricsText()
    text.begin("jobs", .gauge, "Jobs by queue and state.")
    for queue in queues {
      for state in JobState.allCases {
        let number =
          state == .active
          ? snapshot.active[queue] : count?.counts[JobCount.Place(queue: queue, state: state)]
        text.sample([("queue", queue.text), ("state", state.rawValue)], number ?? 0)
      }
    }
    gauge("oldest_waiting_seconds", "Age of the oldest waiting job that spoold has listed.", &text)
    {
      self.age(of: [snapshot.oldest[$0], self.count?.oldest[$0]].compactMap { $0 }.min())
    }
    gauge("paused", "Whether the queue is paused.", &text) { snapshot.paused.contains($0) ? 1 : 0 }
    gauge("workers", "Living workers.", &text) { Double(snapshot.workers[$0] ?? 0) }
    counters(&text)
    text.begin(
      "start_time_seconds", .gauge, "When spoold started and its counters began, Unix time.")
    text.sample([], started.seconds)
    return text.text
  }

  private func age(of oldest: Timestamp?) -> Double {
    oldest.map { max(0, (SystemClock.now() - $0) / .seconds(1)) } ?? 0
  }

  private func gauge(
    _ name: String, _ help: String, _ text: inout MetricsText, _ value: (QueueName) -> Double
  ) {
    text.begin(name, .gauge, help)
    for queue in queues { text.sample([("queue", queue.text)], value(queue)) }
  }

  private func counters(_ text: inout MetricsText) {
    text.begin("attempts_total", .counter, "Attempts that ended, by verdict.")
    let endings = attempts.endings.sorted {
      ($0.key.queue, $0.key.verdict) < ($1.key.queue, $1.key.verdict)
    }
    for (ending, number) in endings {
      text.sample([("queue", ending.queue.text), ("verdict", ending.verdict)], number)
    }
    text.begin("attempt_duration_seconds", .histogram, "Time from start to end of an attempt.")
    for (queue, histogram) in attempts.durations.sorted(by: { $0.key < $1.key }) {
      text.histogram([("queue", queue.text)], histogram)
    }
    text.begin("worker_starts_total", .counter, "Workers that were started.")
    for queue in queues { text.sample([("queue", queue.text)], starts[queue] ?? 0) }
    text.begin("dispatcher_syncs_total", .counter, "Calls of spoold that waited for the disk.")
    text.sample([("call", "fsync")], syncs.files)
    text.sample([("call", "syncfs")], syncs.fileSystems)
  }
}

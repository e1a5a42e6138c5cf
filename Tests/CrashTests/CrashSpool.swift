// SPDX-License-Identifier: MIT
import SpoolProtocol
import SpoolTesting
import SystemCalls
import Testing

/// A spool with one queue and one dead worker, in which transitions are broken off at a chosen call.
struct CrashSpool {
  static let limits = ReclaimLimits(crashes: 3, tries: 10)
  static let content = Array(#"{"a":1}"#.utf8)
  /// What the task of a started job has printed.
  static let output = Array("{\"done\":true}\n".utf8)

  let root: String
  private let directory: TemporaryDirectory?
  let queue: QueueName
  let worker: WorkerName
  /// With file calls that all work: what a restarted program has.
  let sound: Spool

  /// - Parameter place: where it is made, instead of in a directory of its own that goes with it.
  init(at place: String? = nil) throws {
    directory = place == nil ? try TemporaryDirectory("crash") : nil
    root = place ?? directory?.path ?? ""
    queue = try #require(QueueName("noop"))
    worker = WorkerName(queue: queue, number: 1)
    sound = Spool(root: root)
    for state in JobState.allCases where state != .active {
      try sound.files.makeDirectories(sound.layout.directory(of: state, queue))
    }
    try sound.files.makeDirectories(sound.layout.folder(of: worker))
    try sound.files.makeDirectories(sound.layout.log)
  }

  /// The same spool for a program whose n-th file call goes wrong.
  func broken(_ files: FaultyFiles) -> Spool { Spool(root: root, files: files) }

  func job(_ fileName: String) throws -> JobName { try #require(JobName(fileName: fileName)) }

  func place(_ bytes: [UInt8], at path: String) throws {
    try sound.files.write(bytes, to: sound.files.open(path, .create))
  }

  /// A job in the worker's folder, and, where it has been started, its run with an output and a file.
  func giveJob(_ name: String, started: Bool) throws -> JobName {
    let job = try job(name)
    try place(Self.content, at: sound.layout.active(job, of: worker))
    if started { try begin(job) }
    return job
  }

  /// A run with an output and a file, as a task leaves it.
  func begin(_ job: JobName) throws {
    let run = try sound.begin(job, of: worker)
    try sound.files.write(Self.output, to: run.output)
    try place([0x31], at: "\(run.filesDirectory)/data.json")
  }

  /// Gives the worker whatever waits in its queue.
  func claimAll(by spool: Spool) throws {
    for name in try spool.jobs(.incoming, in: queue) {
      guard
        case .ready(let candidate) = try spool.examine(
          name.fileName, in: queue, by: IntakeRules(), at: SystemClock.now())
      else { continue }
      _ = try spool.claim(candidate, for: worker, as: candidate.name)
    }
  }

  /// Ends the job `a` for good.
  func bury(by spool: Spool, verdict: String = "bad input", message: String = "no") throws {
    let job = try job("a.json")
    let report = FailureReport(
      job: job, worker: worker, verdict: verdict, message: message, ended: SystemClock.now())
    try spool.bury(job, of: worker, because: report)
  }

  /// Whatever stands there is on the disk from here on.
  func settle() throws { try sound.files.syncFileSystem(of: root) }

  /// What a new dispatcher does with the folder of a worker that is dead.
  func recover() throws {
    for job in try sound.jobs(of: worker) {
      _ = try sound.reclaim(job, of: worker, within: CrashSpool.limits, at: SystemClock.now())
    }
    try sound.sweep(worker)
  }

  /// The states in which a file of this job stands, the files' names with them.
  func places(of id: String) throws -> [String] {
    var places: [String] = []
    for state in JobState.allCases {
      let directory =
        state == .active
        ? sound.layout.folder(of: worker) : sound.layout.directory(of: state, queue)
      for name in try sound.files.names(in: directory) {
        guard let job = JobName(fileName: name), job.id.text == id else { continue }
        places.append("\(state.rawValue)/\(name)")
      }
    }
    return places
  }

  /// Hidden names of half-done moves, runs, files and reasons that belong to no job.
  func leftovers() throws -> [String] {
    let layout = sound.layout
    var found = try sound.files.names(in: layout.folder(of: worker))
    for state in [JobState.results, .errors, .corrupt] {
      found += try sound.files.names(in: layout.directory(of: state, queue)).filter { name in
        name.hasPrefix(".")
      }
    }
    return found
  }
}

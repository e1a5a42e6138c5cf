// SPDX-License-Identifier: MIT
import Glibc
import JSONValues
import ProgramStart
import SpoolCommands
import SpoolProtocol
import SystemCalls
import TaskContract
import TaskRuntime
import TaskSubmission
import ThumbnailTasks

/// The jobs of a run: members of one group in the spool.
struct ThumbnailWork {
  private let options: ComputeOptions
  private let console: Console
  private let spool: Spool
  private let group: JobID
  private let submitter: JobSubmitter

  init(
    _ options: ComputeOptions, _ context: TaskContext, _ console: Console
  ) throws(ComputeError) {
    self.options = options
    self.console = console
    let root = context.environment[.spool] ?? ""
    spool = Spool(root: root)
    group = Spool.newID(at: SystemClock.now(), process: getpid())
    let isSpool = (try? SystemFiles().exists(spool.layout.directory(of: .incoming))) == true
    let environment = context.environment.replacing([.jobID: group.text])
    guard isSpool, let submitter = JobSubmitter(environment) else {
      throw .command(.spool(.notASpool(path: root)))
    }
    self.submitter = submitter
  }

  /// Leaves a job for each picture that is missing; of those that wait for the same one, one is run.
  func leave(_ thumbnails: inout [WantedThumbnail]) throws(ComputeError) {
    for (index, thumbnail) in thumbnails.enumerated() {
      guard case .missing(let key) = thumbnail.state else { continue }
      let member = "\(thumbnail.item.kind)-\(thumbnail.item.id)"
      // A job that takes what is there does not stand for one that makes it anew.
      let way = options.isForced ? "thumbnail anew" : "thumbnail"
      do {
        try submitter.submit(
          thumbnail.arguments, to: thumbnail.task, member: member, uniqueKey: "\(way) \(key)")
      } catch { throw .submission(error) }
      thumbnails[index].job = group.member(member)
    }
  }

  func wait(_ thumbnails: inout [WantedThumbnail]) throws(ComputeError) {
    do {
      try warnWithoutDispatcher()
      let titles = Dictionary(
        thumbnails.compactMap { item in item.job.map { ($0, item.title) } }
      ) { first, _ in first }
      try waitForAll(titles)
    } catch { throw .command(error) }
    for (index, thumbnail) in thumbnails.enumerated() {
      guard let job = thumbnail.job, let queue = QueueName(thumbnail.task) else { continue }
      thumbnails[index].state = state(of: job, in: queue)
    }
  }

  private func warnWithoutDispatcher() throws(CommandError) {
    do {
      guard try !LifeLock.isHeld(spool.layout.dispatcherLock) else { return }
    } catch { throw .system(error) }
    console.log("no spoold runs: the jobs wait for one")
  }

  private func waitForAll(_ titles: [JobID: String]) throws(CommandError) {
    let output = ProgressOutput(
      to: OpenFile(descriptor: dup(1), path: "standard output"),
      report: Program(name: "compute-thumbnails").report)
    do {
      _ = try GroupWait(.group(group, in: nil), of: spool).wait(atMost: options.timeout) {
        look, failed in
        for member in failed {
          let title = titles[member.id] ?? member.id.text
          output.complain("\(title): \(GroupFailure(member, of: spool).message)")
        }
        output.show(GroupProgress(look))
      }
    } catch {
      output.end()
      // What is not done is told of each.
      guard case .timedOut = error else { throw error }
      return console.log("\(error)")
    }
    output.end()
  }

  private func state(of job: JobID, in queue: QueueName) -> WantedThumbnail.State {
    do throws(CommandError) {
      let place = try JobWait.end(
        of: job, in: queue, of: spool,
        watchProgram: "\(RunningProgram.path.parentPath)/spool-watch",
        atMost: options.timeout ?? .seconds(1 << 30))
      switch try JobResult(place, of: spool) {
      case .done(let bytes): return state(of: place, (try? JSONValue(parsing: bytes)) ?? .null)
      case .failed(let report, let status):
        let reason = WantedThumbnail.Failure((try? JSONValue(parsing: report)) ?? .null).reason
        return .failed(WantedThumbnail.Failure(reason: reason, status: status))
      }
    } catch {
      return .failed(
        WantedThumbnail.Failure(reason: "\(error)", status: error.verdict.rawValue))
    }
  }

  /// Of a result: the cache layer may not have linked it yet.
  private func state(of place: JobPlace, _ result: JSONValue) -> WantedThumbnail.State {
    if result["status"] == "error" { return .failed(WantedThumbnail.Failure(result)) }
    if let image = result["image"]?.stringValue {
      return .there(path: "\(spool.layout.resultFiles(place.id, in: place.queue))/\(image)")
    }
    let key = result["cache_key"]?.stringValue.flatMap(CacheKey.init)
    return .there(path: "\(spool.layout.cache)/\(key?.dataPath ?? "")")
  }
}

// SPDX-License-Identifier: MIT
import JSONValues
import SupersetCommands
import SupersetMetadata
import SupersetTasks
import SystemCalls
import TaskContract
import TaskRuntime
import ThumbnailTasks

/// From the catalogue to the pictures: what is missing is left as jobs, waited for and looked at.
struct ComputeRun {
  private let options: ComputeOptions
  private let console: Console
  private let context: TaskContext
  private let superset: SupersetSession
  private var thumbnails: [WantedThumbnail] = []

  init(_ options: ComputeOptions, _ console: Console) throws(ComputeError) {
    self.options = options
    self.console = console
    do {
      context = try SpoolContext.make(
        for: "compute-thumbnails", spool: options.spool, configuration: options.configuration,
        console)
    } catch { throw .start(error) }
    do { superset = try SupersetSession(context) } catch { throw .thumbnails(.superset(error)) }
  }

  /// - Returns: the exit status.
  mutating func run() throws(ComputeError) -> Int32 {
    try look()
    guard !options.isDryRun else { return dryRun() }
    report()
    if thumbnails.contains(where: \.isMissing) {
      let work = try ThumbnailWork(options, context, console)
      try work.leave(&thumbnails)
      if options.waits { try work.wait(&thumbnails) }
    }
    if let sheet = options.sheet { try write(sheet) }
    let failures = thumbnails.compactMap(\.failure)
    if options.waits, !failures.isEmpty {
      console.print(Array("\(failures.count) of \(thumbnails.count) have no picture\n".utf8))
    }
    return failures.first?.status ?? Verdict.ok.rawValue
  }

  private mutating func look() throws(ComputeError) {
    do {
      if let user = options.user { _ = try superset.metadata.user(named: user) }
    } catch { throw .noUser(options.user ?? "") }
    do {
      let items = try ThumbnailCatalogue(of: options.kinds, ids: options.ids, in: superset).items
      for item in items { thumbnails.append(WantedThumbnail(item, options, superset, context)) }
    } catch { throw .thumbnails(error) }
    let found = Set(thumbnails.map(\.item.id))
    if let missing = options.ids?.first(where: { !found.contains($0) }) {
      throw .thumbnails(Self.noModel(missing, options))
    }
  }

  private static func noModel(_ id: Int, _ options: ComputeOptions) -> ThumbnailError {
    options.kinds == [.dashboard]
      ? .noDashboard(id: id) : .superset(.metadata(.noChart(id: id)))
  }

  private func dryRun() -> Int32 {
    let lines = thumbnails.filter(\.isMissing).map { JSONValue.object($0.arguments).text + "\n" }
    console.print(Array(lines.joined().utf8))
    return Verdict.ok.rawValue
  }

  /// Before anything is waited for: what there is, and which will not be tried.
  private func report() {
    let missing = thumbnails.count(where: \.isMissing)
    let there = thumbnails.count - missing - thumbnails.compactMap(\.failure).count
    let text = "\(there) of \(thumbnails.count) thumbnails are there, \(missing) to be made\n"
    console.print(Array(text.utf8))
    for thumbnail in thumbnails {
      guard let failure = thumbnail.failure else { continue }
      console.log("\(thumbnail.title): \(failure.reason)")
    }
  }

  private func write(_ path: String) throws(ComputeError) {
    do {
      try ContactSheet(thumbnails.map(\.frame)).write(to: path)
    } catch { throw .sheet(error) }
  }
}

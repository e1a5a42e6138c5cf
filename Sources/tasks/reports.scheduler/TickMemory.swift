// SPDX-License-Identifier: MIT
import Reports
import SystemCalls

/// Up to when the scheduler has looked for runs: kept on disk, and held by one scheduler at a time.
final class TickMemory {
  /// Unix time; nil before the first tick.
  let seen: Int?
  private let path: String
  private let lock: OpenFile

  /// Waits for another scheduler that is at work.
  init(in state: String) throws(SystemError) {
    let files = SystemFiles()
    try files.makeDirectories(state)
    lock = try files.open("\(state)/lock", .update)
    try lock.lock()
    path = "\(state)/seen"
    let text =
      try files.exists(path)
      ? String(decoding: try files.contents(of: path, limit: 64), as: UTF8.self) : ""
    // What a crash or a person has made unreadable counts as nothing: jobs have names.
    seen = Timestamp(iso8601: String(text.prefix { !$0.isNewline })).map { Int($0.seconds) }
  }

  /// - Parameter tick: goes no further back than its window does: a clock that was set back finds nothing new.
  func keep(_ tick: ReportTick) throws(SystemError) {
    var moment = tick.window.upperBound
    if tick.window.isEmpty, let seen { moment = max(moment, seen) }
    let text = Timestamp(seconds: Double(moment)).iso8601 + "\n"
    try SystemFiles().publish(Array(text.utf8), as: path)
  }
}

// SPDX-License-Identifier: MIT
import JSONValues
import SystemCalls
import TaskContract

/// Tells whoever looks how far a run is, in the file `progress` of its directory; spool-task(7).
package final class TaskProgress {
  /// `spool top` looks once a second.
  private static let pause: Duration = .milliseconds(200)
  private static let name = "progress"

  private let files = SystemFiles()
  /// On the monotonic clock.
  private var nextTime: Int64 = .min

  /// Nil where no worker has made a directory for the run: a person's own is not written to.
  package init?(_ environment: TaskEnvironment) {
    guard environment[.worker] != nil else { return nil }
  }

  /// Now and then, however often it is called; always at the end.
  package func tell(_ done: Int, of total: Int) {
    let now = SystemClock.monotonic()
    guard done >= total || now >= nextTime else { return }
    nextTime = now + Self.pause.nanoseconds
    let document: JSONValue = ["done": .integer(done), "total": .integer(total)]
    // Who cannot be told misses nothing that the result would not say.
    try? write(document.bytes)
  }

  /// Whole at any moment, as somebody may look at any moment.
  private func write(_ bytes: [UInt8]) throws(SystemError) {
    let new = "\(Self.name).new"
    try files.unlinkIfPresent(new)
    try files.write(bytes, to: files.open(new, .create))
    try files.replace(Self.name, with: new)
  }
}

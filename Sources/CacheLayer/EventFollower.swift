// SPDX-License-Identifier: MIT
import DirectoryWatch
import SpoolProtocol
import SystemCalls

/// Tells a channel's events as they are appended, in the caller's loop: what `spool events --follow` does.
package final class EventFollower {
  private var log: EventLog
  private let body: (EventID, [UInt8]) -> Void
  private let failed: (CacheError) -> Void
  private var watcher: DirectoryWatcher?

  /// The first events come in the loop's turns, as soon as the directory is watched.
  package init(
    _ channel: EventChannel, in layout: SpoolLayout, after last: EventID? = nil,
    watchProgram: String, loop: EventLoop, failed: @escaping (CacheError) -> Void,
    _ body: @escaping (EventID, [UInt8]) -> Void
  ) throws(SystemError) {
    log = EventLog(channel, in: layout, after: last)
    self.body = body
    self.failed = failed
    watcher = try DirectoryWatcher(
      program: watchProgram, directories: [layout.events], in: loop
    ) { [weak self] sightings in
      let isOurs = sightings.contains { sighting in
        guard case .look(_, let name) = sighting else { return true }
        return name == channel.fileName
      }
      if isOurs { self?.read() }
    }
  }

  package func stop() { watcher?.stop() }

  private func read() {
    do { try log.forEachNew(body) } catch { failed(error) }
  }
}

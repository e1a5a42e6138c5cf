// SPDX-License-Identifier: MIT
import DirectoryWatch
import SpoolTesting
import SystemCalls

/// A directory under a real spool-watch, and what was seen of it so far.
final class Watched {
  let directory: TemporaryDirectory
  let loop: EventLoop
  private(set) var watcher: DirectoryWatcher?
  private(set) var sightings: [Sighting] = []

  var path: String { directory.path }

  init(program: String = RunningProgram.path.parentPath + "/spool-watch") throws {
    let directory = try TemporaryDirectory("watch")
    loop = try EventLoop()
    self.directory = directory
    watcher = try DirectoryWatcher(program: program, directories: [directory.path], in: loop) {
      [unowned self] in self.sightings += $0
    }
  }

  /// Turns the loop until this was seen, counted from the last `forget()`; false after ten seconds without it.
  func sees(_ wanted: Sighting) -> Bool { waits { sightings.contains(wanted) } }

  func waits(for condition: () -> Bool) -> Bool {
    let end = SystemClock.monotonic() + 10_000_000_000
    while !condition() {
      guard SystemClock.monotonic() < end else { return false }
      loop.turn(.milliseconds(100))
    }
    return true
  }

  func sees(name: String) -> Bool { sees(.look(directory: path, name: name)) }

  func forget() { sightings = [] }

  /// Runs a shell command in the directory and waits for its end.
  func run(_ command: String) throws {
    var plan = ChildPlan("/bin/bash", ["-c", command], environment: ["PATH=/usr/bin:/bin"])
    plan.directory = path
    plan.descriptors = try (0..<3).map { _ in try SystemFiles().open("/dev/null", .update) }
    let child = try ChildProcess.start(plan)
    let own = try EventLoop()
    try own.watch(child.pidfd.descriptor) {}
    while child.reap() == nil { own.turn(.seconds(1)) }
  }

  func stop() { watcher?.stop() }
}

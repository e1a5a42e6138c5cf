// SPDX-License-Identifier: MIT
import DirectoryWatch
import Glibc
import JSONValues
import SpoolProtocol
import SpoolTesting
import SystemCalls
import TaskContract
import Testing

@testable import CacheLayer

/// The real spool-cache with the real spool-watch.
@Suite(.serialized)
struct SpoolCacheTests {
  private let bin = RunningProgram.path.parentPath

  private func start(_ spool: CacheSpool, under command: [String] = []) throws -> ChildProcess {
    let words = command + ["\(bin)/spool-cache", spool.layout.root]
    var plan = ChildPlan(words[0], Array(words.dropFirst()), environment: ["PATH=/usr/bin"])
    plan.descriptors = try (0..<3).map { _ in try SystemFiles().open("/dev/null", .update) }
    plan.diesWithParent = true
    plan.ownGroup = true
    return try ChildProcess.start(plan)
  }

  private func stop(_ child: ChildProcess) throws -> ProcessEnd.Cause {
    child.send(.terminate)
    return try Shell.end(of: child)
  }

  /// Follows the channel until it has so many events; false after ten seconds without them.
  private func hears(_ count: Int, from spool: CacheSpool, _ channel: String = "c") throws -> Bool {
    let loop = try EventLoop()
    var heard = 0
    let follower = try EventFollower(
      #require(EventChannel(channel)), in: spool.layout, watchProgram: "\(bin)/spool-watch",
      loop: loop, failed: { _ in }
    ) { _, _ in heard += 1 }
    let end = SystemClock.monotonic() + 10_000_000_000
    while heard < count, SystemClock.monotonic() < end { loop.turn(.milliseconds(100)) }
    follower.stop()
    return heard == count
  }

  @Test func `results and failures are heard of as they come, also of a new queue`() throws {
    let spool = try CacheSpool()
    let service = try start(spool)
    try spool.finish("1", key: "k1", data: "rows")
    #expect(try hears(1, from: spool))
    try spool.fail("2")
    #expect(try hears(2, from: spool))
    let source = "\(spool.layout.root)/results"
    #expect(Shell.run("cp -r \(source)/q \(source)/.new && mv \(source)/.new \(source)/other") == 0)
    #expect(try hears(3, from: spool))
    #expect(try stop(service) == .exited(0))
    #expect(try spool.data(of: "k1") == "rows")
  }

  @Test(.enabled(if: Shell.run("command -v strace") == 0))
  func `only directories are watched`() throws {
    let spool = try CacheSpool()
    for state in ["results", "errors"] {
      try spool.directory.write("Jobs\n", to: "\(state)/README")
    }
    let trace = "\(spool.layout.root)/trace"
    let service = try start(
      spool,
      under: ["/usr/bin/strace", "-qq", "-f", "-o", trace, "-e", "trace=inotify_add_watch"])
    try spool.finish("1", key: "k1", data: "rows")
    #expect(try hears(1, from: spool))
    try spool.directory.write("", to: "results/LATER")
    try spool.fail("2")
    #expect(try hears(2, from: spool))
    let source = "\(spool.layout.root)/results"
    #expect(Shell.run("cp -r \(source)/q \(source)/.new && mv \(source)/.new \(source)/other") == 0)
    #expect(try hears(3, from: spool))
    let watched = try spool.directory.read("trace")
    #expect(watched.contains("results/q\"") && watched.contains("results/other\""))
    #expect(!watched.contains("README") && !watched.contains("LATER"))
    service.sendToGroup(.kill)
    _ = try Shell.end(of: service)
  }

  @Test func `what ended while it was away is announced at its start, and only once`() throws {
    let spool = try CacheSpool()
    for id in 0..<300 { try spool.finish("\(id)", key: "k\(id)", data: "\(id)") }
    let first = try start(spool)
    #expect(try hears(300, from: spool))
    #expect(try stop(first) == .exited(0))
    let second = try start(spool)
    try spool.finish("last", key: "last", data: "last")
    #expect(try hears(301, from: spool))
    #expect(try stop(second) == .exited(0))
  }

  @Test func `a second one is kept off`() throws {
    let spool = try CacheSpool()
    let first = try start(spool)
    try spool.finish("1", key: "k", data: "rows")
    #expect(try hears(1, from: spool))
    #expect(try Shell.end(of: start(spool)) == .exited(Verdict.tryLater.rawValue))
    #expect(try stop(first) == .exited(0))
  }

  @Test func `an entry is removed when its time has come`() throws {
    let spool = try CacheSpool()
    let service = try start(spool)
    try spool.finish("1", key: "k", data: "rows", timeout: 1)
    #expect(try hears(1, from: spool))
    let path = "\(spool.layout.cache)/\(try #require(CacheKey("k")).dataPath)"
    #expect(try isGone(path))
    #expect(try stop(service) == .exited(0))
  }

  /// Waits until nothing stands there; false after ten seconds.
  private func isGone(_ path: String) throws -> Bool {
    let loop = try EventLoop()
    let watcher = try DirectoryWatcher(
      program: "\(bin)/spool-watch", directories: [path.parentPath], in: loop
    ) { _ in }
    defer { watcher.stop() }
    let end = SystemClock.monotonic() + 10_000_000_000
    while try SystemFiles().exists(path), SystemClock.monotonic() < end {
      loop.turn(.milliseconds(100))
    }
    return try !SystemFiles().exists(path)
  }

  /// strace(1) kills the program as it makes its n-th call of one kind.
  @Test(
    .enabled(if: Shell.run("command -v strace") == 0),
    arguments: ["link", "rename", "fsync", "syncfs", "unlink", "write", "openat"])
  func `killed before each system call it announces each outcome once`(_ call: String) throws {
    for n in 1... {
      let spool = try CacheSpool()
      for id in ["1", "2", "3"] { try spool.finish(id, key: id, data: "rows \(id)") }
      try spool.fail("4")
      let inject = "inject=\(call):signal=KILL:when=\(n)"
      let command = [
        "/usr/bin/strace", "-qq", "-o", "/dev/null", "-e", "trace=\(call)", "-e", inject,
      ]
      let service = try start(spool, under: command)
      let wasKilled = try endsEarly(service, or: spool)
      for event in try spool.events() where event["status"] == "done" {
        #expect(try !spool.data(of: try #require(event["job"]?.stringValue)).isEmpty)
      }
      try spool.restart()
      let jobs = try spool.events().compactMap { $0["job"]?.stringValue }.sorted()
      #expect(jobs == ["1", "2", "3", "4"], "killed at \(call) \(n)")
      #expect(try spool.strayNames().isEmpty, "killed at \(call) \(n)")
      if !wasKilled { return }
    }
  }

  /// `SWEEP=all` tries more than one.
  private static let errors = getenv("SWEEP") == nil ? ["ENOSPC"] : ["ENOSPC", "EIO", "EMFILE"]

  /// The same call again and again, each time refused once; whether it lives through that is its own business.
  @Test(
    .enabled(if: Shell.run("command -v strace") == 0), arguments: errors,
    ["link", "rename", "fsync", "syncfs", "unlink", "write", "openat"])
  func `refused each system call it announces each outcome once`(
    _ error: String, _ call: String
  ) throws {
    var (n, wasHit) = (1, true)
    while wasHit {
      let spool = try CacheSpool()
      for id in ["1", "2", "3"] { try spool.finish(id, key: id, data: "rows \(id)") }
      try spool.fail("4")
      let trace = "\(spool.layout.root)/trace"
      let inject = "inject=\(call):error=\(error):when=\(n)"
      let service = try start(
        spool,
        under: ["/usr/bin/strace", "-qq", "-o", trace, "-e", "trace=\(call)", "-e", inject])
      _ = try endsEarly(service, or: spool)
      wasHit = try spool.directory.read("trace").contains("(INJECTED)")
      try spool.restart()
      let jobs = try spool.events().compactMap { $0["job"]?.stringValue }.sorted()
      #expect(jobs == ["1", "2", "3", "4"], "\(error) at \(call) \(n)")
      #expect(try spool.strayNames().isEmpty, "\(error) at \(call) \(n)")
      // An error is met by the same code at many occurrences.
      n *= 2
    }
  }

  /// True when the process ended by itself before all was announced and forgotten.
  private func endsEarly(_ child: ChildProcess, or spool: CacheSpool) throws -> Bool {
    let loop = try EventLoop()
    try loop.watch(child.pidfd.descriptor) {}
    let end = SystemClock.monotonic() + 10_000_000_000
    while SystemClock.monotonic() < end {
      loop.turn(.milliseconds(5))
      if child.reap() != nil { return true }
      let isOver = try !SystemFiles().exists(spool.layout.announcement)
      if isOver, try spool.events().count == 4 {
        // strace(1) alone would leave the program behind.
        child.sendToGroup(.kill)
        _ = try Shell.end(of: child)
        // The program itself is no child of ours: its lock falls when it is gone.
        while try LifeLock.take(spool.layout.cacheLock) == nil {}
        return false
      }
    }
    Issue.record("it neither ended nor announced")
    return false
  }
}

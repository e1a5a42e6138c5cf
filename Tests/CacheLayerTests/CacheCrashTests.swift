// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol
import SpoolTesting
import SystemCalls
import TaskContract
import Testing

@testable import CacheLayer

/// The cache layer broken off at each of its file calls, by a death or by an error, and started again.
struct CacheCrashTests {
  /// Runs the cache layer against files that fail at n = 1, 2, 3... until n is beyond its last call.
  private func atEachCall(
    of prepare: (CacheSpool) throws -> Void, _ fault: Fault,
    _ check: (CacheSpool, _ call: Int) throws -> Void
  ) throws -> Int {
    for n in 1... {
      let spool = try CacheSpool()
      try prepare(spool)
      let files = FaultyFiles(failingAt: n, as: fault)
      // The failure itself is not the subject: what it leaves is.
      do { try spool.restart(files) } catch {}
      try promise(of: spool, call: n)
      // A second crash, in the midst of the recovery.
      do { try spool.restart(FaultyFiles.killedAt(n / 2 + 1)) } catch {}
      try promise(of: spool, call: n)
      try spool.restart()
      try check(spool, n)
      #expect(try spool.strayNames().isEmpty, "at call \(n)")
      if !files.hasFailed { return n }
    }
    return 0
  }

  /// Whoever hears "done" finds the data, at every instant.
  private func promise(of spool: CacheSpool, call: Int) throws {
    for event in try spool.events() where event["status"] == "done" {
      let key = try #require(event["result_url"]?.stringValue).dropFirst("/api/".count)
      #expect(try !spool.data(of: String(key)).isEmpty, "at call \(call)")
    }
  }

  @Test(arguments: [Fault.kill, .error(.noSpace), .error(.tooManyOpenFiles), .error(.accessDenied)])
  func `each outcome is announced once, whichever call is the last`(_ fault: Fault) throws {
    let calls = try atEachCall(
      of: {
        for id in ["1", "2", "3"] { try $0.finish(id, key: "k\(id)", data: "rows \(id)") }
        try $0.fail("4")
      }, fault
    ) { spool, n in
      let jobs = try spool.events().compactMap { $0["job"]?.stringValue }
      #expect(jobs.sorted() == ["1", "2", "3", "4"], "at call \(n)")
      let ids = Set(try spool.events().map { $0["id"] })
      #expect(ids.count == 4, "at call \(n)")
      let data = try ["1", "2", "3"].map { try spool.data(of: "k\($0)") }
      #expect(data == ["rows 1", "rows 2", "rows 3"], "at call \(n)")
    }
    #expect(calls > 50)
  }

  @Test(arguments: [Errno.noSpace, .accessDenied])
  func `a process that lives through a failing call announces each outcome once`(
    _ errno: Errno
  ) throws {
    for n in 1... {
      let spool = try CacheSpool()
      for id in ["1", "2", "3"] { try spool.finish(id, key: id, data: "rows") }
      let files = FaultyFiles(failingAt: n, as: .error(errno))
      let keeper = spool.keeper(files)
      for _ in 0..<3 { do { try keeper.scanEverything(at: spool.now) } catch {} }
      let jobs = try spool.events().compactMap { $0["job"]?.stringValue }
      #expect(jobs.sorted() == ["1", "2", "3"], "at call \(n)")
      if !files.hasFailed { return }
    }
  }

  @Test(arguments: [Fault.kill, .error(.noSpace)])
  func `a key that is replaced has the old data or the new`(_ fault: Fault) throws {
    _ = try atEachCall(
      of: {
        try $0.finish("1", key: "k", data: "old")
        try $0.restart()
        try $0.finish("2", key: "k", data: "new")
      }, fault
    ) { spool, n in
      let data = try spool.data(of: "k")
      let jobs = try spool.events().map { $0["job"] }
      #expect(data == "new", "at call \(n)")
      #expect(jobs == ["1", "2"], "at call \(n)")
    }
  }

  @Test(arguments: [Fault.kill, .error(.noSpace)])
  func `a job that failed twice is announced twice`(_ fault: Fault) throws {
    _ = try atEachCall(
      of: {
        try $0.fail("1", message: "first")
        try $0.restart()
        try $0.fail("1", message: "second")
      }, fault
    ) { spool, n in
      let messages = try spool.events().map { $0["errors"]?.arrayValue?.first?["message"] }
      #expect(messages == ["first", "second"], "at call \(n)")
    }
  }

  @Test(arguments: [Fault.kill, .error(.ioError)])
  func `an expired entry goes whole, whichever call is the last`(_ fault: Fault) throws {
    for n in 1... {
      let spool = try CacheSpool()
      try spool.finish("1", key: "short", data: "rows", timeout: 10)
      try spool.finish("2", key: "ever", data: "rows", timeout: 0)
      try spool.restart()
      spool.now = spool.now + .seconds(20)
      let files = FaultyFiles(failingAt: n, as: fault)
      do { try spool.restart(files) } catch {}
      #expect(throws: CacheError.self) { try spool.data(of: "short") }
      // What a crash leaves nobody can find, and it goes once it is old.
      spool.now = spool.now + .seconds(7200)
      try spool.restart()
      let key = try #require(CacheKey("short"))
      for path in [key.dataPath, key.entryPath] {
        #expect(try !SystemFiles().exists("\(spool.layout.cache)/\(path)"), "at call \(n)")
      }
      #expect(try spool.data(of: "ever") == "rows")
      if !files.hasFailed { return }
    }
  }
}

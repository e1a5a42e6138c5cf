// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import TaskContract
import Testing

@testable import CacheLayer

struct CacheSweeperTests {
  @Test func `an expired entry is not served, and is removed at its time`() throws {
    let spool = try CacheSpool()
    let key = try #require(CacheKey("k"))
    try spool.finish("1", key: "k", data: "rows", timeout: 10)
    let keeper = spool.keeper()
    try keeper.recover()
    try keeper.scanEverything(at: spool.now)
    let expiry = try #require(keeper.nextExpiry)
    #expect(expiry == Int(spool.now.seconds.rounded(.up)) + 10)
    spool.now = Timestamp(seconds: Double(expiry) - 1)
    #expect(try spool.data(of: "k") == "rows")
    spool.now = Timestamp(seconds: Double(expiry))
    #expect(throws: CacheError.expired(key, at: expiry)) { try spool.data(of: "k") }
    try keeper.sweepExpired(at: spool.now)
    #expect(throws: CacheError.noSuchKey(key)) { try spool.data(of: "k") }
    #expect(keeper.nextExpiry == nil)
  }

  @Test func `a timeout of 0 is for ever, and none is the default`() throws {
    let spool = try CacheSpool()
    try spool.finish("1", key: "ever", data: "rows", timeout: 0)
    try spool.finish("2", key: "default", data: "rows", timeout: nil)
    try spool.restart()
    var lasting: Set<String> = []
    try spool.store.forEachEntry { if $0.expires == nil { lasting.insert($0.key.text) } }
    #expect(lasting == ["ever"])
    spool.now = spool.now + .seconds(86401)
    #expect(throws: CacheError.self) { try spool.data(of: "default") }
    spool.now = spool.now + .seconds(86400 * 365 * 50)
    #expect(try spool.data(of: "ever") == "rows")
  }

  @Test func `a restart knows what expires next`() throws {
    let spool = try CacheSpool()
    try spool.finish("1", key: "a", data: "rows", timeout: 100)
    try spool.finish("2", key: "b", data: "rows", timeout: 50)
    try spool.restart()
    let keeper = spool.keeper()
    try keeper.sweepEverything(at: spool.now)
    #expect(keeper.nextExpiry == Int(spool.now.seconds.rounded(.up)) + 50)
  }

  @Test func `old flights go, but never one that is held`() throws {
    let spool = try CacheSpool()
    for name in ["over.lock", "over.data", "held.lock", "held.data", "lost.data"] {
      try spool.directory.write("x", to: "cache/.flights/\(name)")
    }
    let lock = try SystemFiles().open("\(spool.layout.flights)/held.lock", .read)
    #expect(try lock.tryLock())
    try spool.restart()
    #expect(try SystemFiles().names(in: spool.layout.flights).count == 5)
    spool.now = spool.now + .seconds(3700)
    try spool.restart()
    let left = try SystemFiles().names(in: spool.layout.flights).sorted()
    #expect(left == ["held.data", "held.lock"])
  }

  @Test func `data without an entry and an entry without data go`() throws {
    let spool = try CacheSpool()
    for id in ["1", "2"] { try spool.finish(id, key: id, data: id) }
    try spool.restart()
    let keys = try ["1", "2"].map { try #require(CacheKey($0)) }
    try SystemFiles().unlink("\(spool.layout.cache)/\(keys[0].entryPath)")
    try SystemFiles().unlink("\(spool.layout.cache)/\(keys[1].dataPath)")
    try spool.directory.write("half", to: "cache/00/.k.new")
    spool.now = spool.now + .seconds(3700)
    try spool.restart()
    #expect(try !SystemFiles().exists("\(spool.layout.cache)/\(keys[0].dataPath)"))
    #expect(try spool.store.statistics(at: spool.now).entries == 0)
    #expect(try spool.strayNames().isEmpty)
  }

  @Test func `a file beside the queues is none of them`() throws {
    let spool = try CacheSpool()
    for state in ["results", "errors"] {
      try spool.directory.write("Jobs\n", to: "\(state)/README")
    }
    let keeper = spool.keeper()
    for kind in Outcome.Kind.allCases {
      #expect(try keeper.queues(of: kind).map(\.text) == ["q"])
    }
  }
}

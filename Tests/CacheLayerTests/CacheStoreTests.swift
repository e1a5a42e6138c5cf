// SPDX-License-Identifier: MIT
import JSONValues
import SpoolTesting
import SystemCalls
import TaskContract
import Testing

@testable import CacheLayer

struct CacheStoreTests {
  @Test func `an entry tells where it came from`() throws {
    let spool = try CacheSpool()
    try spool.finish("41", key: "k", data: "rows")
    try spool.restart()
    let key = try #require(CacheKey("k"))
    let entry = try spool.store.get(key, at: spool.now).entry
    #expect([entry.queue, entry.job, entry.contentType] == ["q", "41", "text/x"])
    #expect(entry.bytes == 4)
  }

  @Test func `data are copied byte for byte`() throws {
    let spool = try CacheSpool()
    let text = String(repeating: "0123456789", count: 20_000)
    try spool.finish("1", key: "k", data: text)
    try spool.restart()
    let output = try SystemFiles().open(spool.layout.root + "/out", .create)
    try spool.store.copy(#require(CacheKey("k")), to: output, at: spool.now)
    #expect(try spool.directory.read("out") == text)
  }

  @Test func `the cached file is the result's file and costs no copy`() throws {
    let spool = try CacheSpool()
    try spool.finish("1", key: "k", data: "rows")
    try spool.restart()
    let files = SystemFiles()
    let kept = try files.status(of: spool.layout.root + "/results/q/1.files/data.json")
    let data = try spool.store.get(#require(CacheKey("k")), at: spool.now).data
    #expect(try data.status().inode == kept?.inode)
  }

  @Test func `a removed key is gone, and stays gone at a restart`() throws {
    let spool = try CacheSpool()
    let key = try #require(CacheKey("k"))
    try spool.finish("1", key: "k", data: "rows")
    try spool.restart()
    #expect(try spool.store.remove(key))
    #expect(try !spool.store.remove(key))
    try spool.restart()
    #expect(throws: CacheError.noSuchKey(key)) { try spool.store.get(key, at: spool.now) }
  }

  @Test func `statistics count what is there`() throws {
    let spool = try CacheSpool()
    try spool.finish("1", key: "a", data: "1234", timeout: 10)
    try spool.finish("2", key: "b", data: "12", timeout: 0)
    try spool.restart()
    let stored = Int(spool.now.seconds)
    spool.now = spool.now + .seconds(11)
    let statistics = try spool.store.statistics(at: spool.now)
    #expect(statistics.entries == 2 && statistics.bytes == 6 && statistics.expired == 1)
    #expect(statistics.oldest == stored)
  }

  @Test func `events are read from an id on, and only whole ones`() throws {
    let spool = try CacheSpool()
    let channel = try #require(EventChannel("c"))
    try spool.directory.write(
      "{\"id\":\"1-0\"}\n{\"id\":\"1-1\"}\nnoise\n{\"id\":", to: "events/c.jsonl")
    var seen: [EventID] = []
    var log = EventLog(channel, in: spool.layout, after: EventID("1-0"))
    try log.forEachNew { id, _ in seen.append(id) }
    #expect(seen.map(\.description) == ["1-1"])
    let file = try SystemFiles().open(spool.layout.root + "/events/c.jsonl", .append)
    try file.write(Array("\"2-0\"}\n".utf8))
    try log.forEachNew { id, _ in seen.append(id) }
    try log.forEachNew { id, _ in seen.append(id) }
    #expect(seen.map(\.description) == ["1-1", "2-0"])
  }

  @Test(arguments: ["", "1", "1-", "-1", "1-2-3", "a-1", "1- 2", "99999999999999999999-0"])
  func `what is no id is refused`(_ text: String) { #expect(EventID(text) == nil) }

  @Test func `ids are ordered as numbers`() throws {
    let ids = try ["9-9", "9-10", "10-0"].map { try #require(EventID($0)) }
    #expect(ids == ids.sorted())
  }
}

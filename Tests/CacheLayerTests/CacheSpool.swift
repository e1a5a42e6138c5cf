// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol
import SpoolTesting
import SystemCalls
import TaskContract
import Testing

@testable import CacheLayer

/// A spool with what workers leave in it, and a keeper at a clock that the test sets.
final class CacheSpool {
  let directory: TemporaryDirectory
  let layout: SpoolLayout
  /// Near the clock of the files, so that none looks old; moved by the test alone.
  var now = SystemClock.now()
  private(set) var reports: [String] = []

  var store: CacheStore { CacheStore(layout) }

  init() throws {
    directory = try TemporaryDirectory("cache", inMemory: true)
    layout = SpoolLayout(root: directory.path)
    for name in ["incoming/q", "results/q", "errors/q", "cache", "events"] {
      try SystemFiles().makeDirectories("\(directory.path)/\(name)")
    }
  }

  func keeper(_ files: any FileOperations = SystemFiles()) -> CacheKeeper {
    let report = Report { [unowned self] line, _ in reports.append(line) }
    return CacheKeeper(layout: layout, files: files, defaultTimeout: 86400, report: report)
  }

  /// What a process does that was started anew.
  func restart(_ files: any FileOperations = SystemFiles()) throws {
    let keeper = keeper(files)
    try keeper.recover()
    try keeper.scanEverything(at: now)
    try keeper.sweepEverything(at: now)
  }

  // MARK: what workers do

  /// A result with one file, asked to be cached under the key and told to the channel.
  func finish(
    _ id: String, key: String, data: String, channel: String? = "c", timeout: JSONValue = 60,
    file: String = "data.json"
  ) throws {
    try directory.write(data, to: "results/q/\(id).files/data.json")
    var result: JSONObject = [
      "result_url": .string("/api/\(key)"),
      "cache": [
        ["key": .string(key), "file": .string(file), "timeout": timeout, "content_type": "text/x"]
      ],
    ]
    if let channel { result["job_metadata"] = metadata(id, channel) }
    try directory.write(JSONValue.object(result).text, to: "results/q/\(id).json")
  }

  /// A job that failed for good; the reason's file is a new one each time.
  func fail(_ id: String, message: String = "no", channel: String = "c") throws {
    let job: JSONValue = ["job_metadata": metadata(id, channel)]
    let reason: JSONValue = ["message": .string(message)]
    try directory.write(reason.text, to: "errors/q/\(id).error")
    try directory.write(job.text, to: "errors/q/\(id).json")
  }

  func metadata(_ id: String, _ channel: String) -> JSONValue {
    [
      "channel_id": .string(channel), "job_id": .string(id), "user_id": 1, "status": "pending",
      "errors": [], "result_url": nil, "guest_token": ["secret": true],
    ]
  }

  // MARK: what readers see

  /// The id of the n-th event of one moment.
  func eventID(_ number: Int) -> JSONValue {
    .string("\(now.nanoseconds / 1_000_000)-\(number)")
  }

  func events(of channel: String = "c") throws -> [JSONValue] {
    guard let channel = EventChannel(channel) else { return [] }
    var log = EventLog(channel, in: layout)
    var events: [JSONValue] = []
    try log.forEachNew { if let event = try? JSONValue(parsing: $1) { events.append(event) } }
    return events
  }

  func data(of key: String) throws -> String {
    let data = try store.get(#require(CacheKey(key)), at: now).data
    return String(decoding: try data.readAll(), as: UTF8.self)
  }

  /// Hidden names that a crash can leave, below the cache.
  func strayNames() throws -> [String] {
    try names(below: layout.cache).filter { $0.hasSuffix(".new") || $0.hasSuffix(".announcement") }
  }

  private func names(below directory: String) throws -> [String] {
    try SystemFiles().names(in: directory).flatMap { name in
      let path = "\(directory)/\(name)"
      let isDirectory = try SystemFiles().status(of: path)?.kind == .directory
      return isDirectory ? try names(below: path) : [path]
    }
  }
}

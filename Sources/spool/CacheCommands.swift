// SPDX-License-Identifier: MIT
import ArgumentParser
import CacheLayer
import Glibc
import ProgramStart
import SpoolCommands
import SpoolProtocol
import SystemCalls
import TaskContract

struct Cache: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read the cache layer's entries.",
    subcommands: [Get.self, List.self, Remove.self, Statistics.self])

  struct Get: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the data of a key.")
    @OptionGroup var spool: SpoolOption
    @Argument(help: "The key.") var key: String

    func run() {
      reporting { () throws(CommandError) in
        let store = CacheStore(try spool.open().layout)
        let key = try CacheKey(argument: key)
        let output = OpenFile(descriptor: dup(1), path: "standard output")
        try caching { () throws(CacheError) in
          try store.copy(key, to: output, at: SystemClock.now())
        }
      }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "ls",
      abstract: "List the entries: size, lifetime, key and the job they came from.")
    @OptionGroup var spool: SpoolOption

    func run() {
      reporting { () throws(CommandError) in
        let store = CacheStore(try spool.open().layout)
        let now = Int(SystemClock.now().seconds)
        var rows = [["BYTES", "EXPIRES IN", "KEY", "JOB"]]
        try caching { () throws(CacheError) in
          try store.forEachEntry { entry in
            let life = entry.expires.map { $0 <= now ? "expired" : "\($0 - now)s" } ?? "never"
            rows.append(["\(entry.bytes)", life, entry.key.text, "\(entry.queue)/\(entry.job)"])
          }
        }
        for line in TextTable.lines(rows) { print(line) }
      }
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rm", abstract: "Remove a key.")
    @OptionGroup var spool: SpoolOption
    @Argument(help: "The key.") var key: String

    func run() {
      reporting { () throws(CommandError) in
        let store = CacheStore(try spool.open().layout)
        let key = try CacheKey(argument: key)
        try caching { () throws(CacheError) in
          guard try store.remove(key) else { throw .noSuchKey(key) }
        }
      }
    }
  }

  struct Statistics: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "stat", abstract: "Count entries and bytes.")
    @OptionGroup var spool: SpoolOption

    func run() {
      reporting { () throws(CommandError) in
        let store = CacheStore(try spool.open().layout)
        let now = SystemClock.now()
        let statistics = try caching { () throws(CacheError) in try store.statistics(at: now) }
        let oldest = statistics.oldest.map { "\(max(0, Int(now.seconds) - $0))s" } ?? "-"
        print(
          "\(statistics.entries) entries, \(statistics.bytes) bytes, \(statistics.expired) expired,"
            + " oldest \(oldest)")
      }
    }
  }
}

struct Events: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print a channel's events, one JSON object a line.")

  @OptionGroup var spool: SpoolOption
  @Argument(help: "The channel.") var channel: String
  @Option(help: "Only what came after this event.") var lastID: String?
  @Flag(help: "Go on as events come.") var follow = false

  func run() {
    reporting { () throws(CommandError) in
      let spool = try spool.open()
      guard let channel = EventChannel(channel) else { throw .badChannel(channel) }
      let last = lastID.flatMap { EventID($0) }
      if follow { return try followEvents(channel, after: last, in: spool) }
      var log = EventLog(channel, in: spool.layout, after: last)
      try caching { () throws(CacheError) in
        try log.forEachNew { JobOutput.write($1 + [UInt8(ascii: "\n")], to: 1) }
      }
    }
  }

  private func followEvents(
    _ channel: EventChannel, after last: EventID?, in spool: Spool
  ) throws(CommandError) {
    try calling { () throws(SystemError) in
      let program = Program(name: "spool")
      let loop = try EventLoop()
      let follower = try EventFollower(
        channel, in: spool.layout, after: last,
        watchProgram: "\(program.directory)/spool-watch", loop: loop,
        failed: { program.report("\($0)") },
        { JobOutput.write($1 + [UInt8(ascii: "\n")], to: 1) })
      withExtendedLifetime(follower) { while true { loop.turn(nil) } }
    }
  }
}

extension CacheKey {
  init(argument text: String) throws(CommandError) {
    guard let key = CacheKey(text) else { throw .badKey(text) }
    self = key
  }
}

extension ParsableCommand {
  func caching<Value>(
    _ body: () throws(CacheError) -> Value
  ) throws(CommandError) -> Value {
    do { return try body() } catch { throw .cache(error) }
  }
}

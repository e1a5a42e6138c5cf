// SPDX-License-Identifier: MIT
import SystemCalls
import TOMLKit
import TOMLText

extension SpoolSettings {
  /// Reads spool.toml; where the file is missing the defaults hold.
  package static func load(_ path: String) throws(SettingsError) -> SpoolSettings {
    try SettingsText.read(path).settings
  }

  /// - Parameter path: the file's path, for messages and as the place where relative paths begin.
  package init(toml text: String, path: String) throws(SettingsError) {
    self.init()
    let file = try SettingsTable(Self.parse(text, path: path), path: path)
    try file.refuseKeys(
      besides: [
        "bin", "backstop", "running_limit", "intake", "defaults", "queues", "cache", "prune",
        "celery", "superset",
      ])
    bin = (try file.texts("bin") ?? []).map {
      $0.hasPrefix("/") ? $0 : "\(path.parentPath)/\($0)"
    }
    backstop = try file.duration("backstop") ?? backstop
    guard backstop >= Self.shortestBackstop else {
      throw file.wrong("backstop", "a time of a tenth of a second or more")
    }
    runningLimit = try file.count("running_limit", atLeast: 1)
    try readIntake(file.table("intake"))
    try readCache(file.table("cache"))
    if let table = try file.table("prune") { try prune.read(table) }
    if let table = try file.table("celery") {
      try celery.read(table, relativeTo: path.parentPath)
    }
    if let table = try file.table("defaults") { try defaults.read(table) }
    for (name, table) in try file.table("queues")?.tables() ?? [] {
      var settings = defaults
      try settings.read(table)
      queues[name] = settings
    }
  }

  /// Less would be a look at everything all the time.
  private static let shortestBackstop: Duration = .milliseconds(100)

  private static func parse(_ text: String, path: String) throws(SettingsError) -> TOMLTable {
    if let reason = TOMLGuard.objection(to: text) { throw .malformed(path: path, reason: reason) }
    do {
      return try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw .malformed(
        path: path, reason: "line \(error.source.begin.line): \(error.description)")
    } catch {
      throw .malformed(path: path, reason: "\(error)")
    }
  }

  private mutating func readIntake(_ table: SettingsTable?) throws(SettingsError) {
    guard let table else { return }
    try table.refuseKeys(besides: ["size_limit", "settling_time"])
    sizeLimit = try table.size("size_limit") ?? sizeLimit
    settlingTime = try table.duration("settling_time") ?? settlingTime
  }

  private mutating func readCache(_ table: SettingsTable?) throws(SettingsError) {
    guard let table else { return }
    try table.refuseKeys(besides: ["default_timeout"])
    cacheTimeout = try table.duration("default_timeout") ?? cacheTimeout
  }
}

extension QueueSettings {
  /// Takes over what the table names; the rest stays.
  mutating func read(_ table: SettingsTable) throws(SettingsError) {
    try table.refuseKeys(besides: [
      "workers", "weight", "rate", "tries", "retry_pause", "retry_pause_limit", "crash_limit",
      "soft_time_limit", "time_limit", "output_limit", "memory_limit", "open_files_limit",
      "cpu_limit", "temporary_codes", "pausing_codes", "resident", "resident_jobs",
      "resident_memory", "user", "group", "drop_group",
    ])
    workers = try table.count("workers", atLeast: 1) ?? workers
    weight = try table.count("weight", atLeast: 1) ?? weight
    rate = try table.rate("rate") ?? rate
    tries = try table.count("tries", atLeast: 1) ?? tries
    retryPause = try table.duration("retry_pause") ?? retryPause
    retryPauseLimit = try table.duration("retry_pause_limit") ?? retryPauseLimit
    crashLimit = try table.count("crash_limit", atLeast: 1) ?? crashLimit
    outputLimit = try table.size("output_limit") ?? outputLimit
    try readLimits(table)
    try readResident(table)
    try exitCodes.read(table)
    try readAccounts(table)
    let soft = try table.duration("soft_time_limit")
    let hard = try table.duration("time_limit")
    softTimeLimit = soft ?? min(softTimeLimit, hard ?? softTimeLimit)
    // A minute to report after the soft limit, as between Superset's limits of SQL Lab.
    timeLimit = hard ?? max(timeLimit, softTimeLimit + .seconds(60))
    guard softTimeLimit <= timeLimit else {
      throw table.wrong("soft_time_limit", "at most time_limit")
    }
  }
}

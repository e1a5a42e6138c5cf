// SPDX-License-Identifier: MIT
import TaskContract
import Testing

@testable import SpoolConfiguration

struct SpoolSettingsTests {
  private func settings(_ toml: String) throws(SettingsError) -> SpoolSettings {
    try SpoolSettings(toml: toml, path: "/srv/spool/spool.toml")
  }

  @Test func `an empty file gives the defaults, a missing one too`() throws {
    #expect(try settings("") == SpoolSettings())
    #expect(try SpoolSettings.load("/nowhere/spool.toml") == SpoolSettings())
  }

  @Test func `every setting is read`() throws {
    let read = try settings(
      """
      bin = ["/usr/lib/tasks", "bin"]
      backstop = "10m"
      [intake]
      size_limit = "2MB"
      settling_time = 0.5
      [defaults]
      workers = 3
      tries = 4
      [queues."reports.execute"]
      workers = 1
      retry_pause = "500ms"
      retry_pause_limit = "2h"
      crash_limit = 5
      soft_time_limit = 10
      time_limit = 20
      output_limit = 1000
      memory_limit = "1GB"
      open_files_limit = 64
      cpu_limit = "2m"
      [cache]
      default_timeout = "1d"
      [superset]
      metadata_url = "sqlite:///x.db"
      """)
    #expect(read.bin == ["/usr/lib/tasks", "/srv/spool/bin"])
    #expect(read.backstop == .seconds(600))
    #expect(read.sizeLimit == 2 << 20)
    #expect(read.settlingTime == .milliseconds(500))
    #expect(read.cacheTimeout == .seconds(86400))
    #expect(read["anything"].workers == 3)
    let queue = read["reports.execute"]
    #expect(queue.workers == 1)
    #expect(queue.tries == 4)
    #expect(queue.retryPause == .milliseconds(500))
    #expect(queue.retryPauseLimit == .seconds(7200))
    #expect(queue.crashLimit == 5)
    #expect(queue.softTimeLimit == .seconds(10))
    #expect(queue.timeLimit == .seconds(20))
    #expect(queue.outputLimit == 1000)
    #expect(queue.memoryLimit == 1 << 30)
    #expect(queue.openFilesLimit == 64)
    #expect(queue.cpuLimit == .seconds(120))
  }

  @Test func `nothing is pruned but what has an age, and never is none`() throws {
    #expect(try settings("").prune == PruneSettings())
    let read = try settings(
      "[prune]\nresults = \"30d\"\nerrors = \"never\"\ncorrupt = 90\nlogs = \"500ms\""
    ).prune
    #expect(read.results == .seconds(30 * 86400) && read.errors == nil && read.events == nil)
    #expect(read.corrupt == .seconds(90) && read.logs == .milliseconds(500))
  }

  @Test(arguments: [
    ("90", Duration.seconds(90)), ("1.5h", .seconds(5400)), ("7d", .seconds(604_800)),
    ("250ms", .milliseconds(250)), ("0", .zero), ("", nil), ("d", nil), ("-1s", nil), ("1w", nil),
    ("inf", nil), ("nan", nil), ("1e300d", nil), ("36500d", .seconds(3_153_600_000)),
    ("36501d", nil),
  ])
  func `a time of an option is read as one of the file is`(_ text: String, _ time: Duration?) {
    #expect(DurationText.duration(text) == time)
  }

  @Test func `a limit alone moves the other one only as far as it must`() throws {
    #expect(try settings("[defaults]\ntime_limit = 5")["q"].softTimeLimit == .seconds(5))
    #expect(try settings("[defaults]\nsoft_time_limit = 5")["q"].timeLimit == .seconds(21660))
  }

  @Test func `a list of exit codes replaces the one before it, for its queue alone`() throws {
    let read = try settings(
      """
      [defaults]
      temporary_codes = [75, 42]
      [queues.a]
      pausing_codes = []
      """)
    #expect(read["a"].exitCodes.disposition(of: 42) == .retry)
    #expect(read["a"].exitCodes.verdict(of: 42) == .tryLater)
    #expect(read["a"].exitCodes.disposition(of: 69) == .bury)
    #expect(read["a"].exitCodes.disposition(of: 127) == .bury)
    #expect(read["b"].exitCodes.disposition(of: 127) == .pauseQueue)
    #expect(try settings("")["a"].exitCodes.disposition(of: 69) == .retry)
  }

  @Test(arguments: [Int32(1), 2, 5, 99, 255])
  func `an exit status that nobody names is a bug of the task`(_ status: Int32) {
    #expect(ExitCodes().verdict(of: status) == .bug)
    #expect(ExitCodes().disposition(of: status) == .bury)
  }

  @Test(arguments: [
    ("bni = []", "there is no setting 'bni'"),
    ("[queues.a]\nworker = 1", "there is no setting 'queues.a.worker'"),
    ("[defaults]\nworkers = 0", "'defaults.workers' is not a whole number from 1"),
    ("[defaults]\nretry_pause = \"soon\"", "'defaults.retry_pause' is not a time"),
    ("[intake]\nsize_limit = -1", "'intake.size_limit' is not a size"),
    ("[defaults]\nsoft_time_limit = 9\ntime_limit = 5", "is not at most time_limit"),
    ("[defaults]\ntemporary_codes = [0]", "is not a list of whole numbers from 1 to 255"),
    ("[defaults]\npausing_codes = [256]", "'defaults.pausing_codes' is not a list of whole"),
    ("[defaults]\npausing_codes = [\"x\"]", "is not a list of whole numbers"),
    ("[defaults]\ntemporary_codes = 75", "is not a list of whole numbers"),
    (
      "[queues.a]\ntemporary_codes = [75, 127]",
      "'queues.a.temporary_codes' is not free of 127, which pausing_codes has as well"
    ),
    ("[defaults]\nmemory_limit = \"1MB\"", "'defaults.memory_limit' is not 16MB or more"),
    ("[defaults]\nopen_files_limit = 3", "is not a whole number from 16"),
    ("[defaults]\ncpu_limit = 0", "'defaults.cpu_limit' is not a time above 0"),
    ("[defaults]\nretry_pause = 999999999999", "at most 100 years"),
    ("backstop = \"36501d\"", "'backstop' is not a time"),
    ("backstop = 0", "'backstop' is not a time of a tenth of a second or more"),
    ("bin = \"x\"", "'bin' is not a list of texts"),
    ("[prune]\nresults = \"soon\"", "'prune.results' is not a time"),
    ("[prune]\nlogs = -1", "or \"never\""),
    ("[prune]\nincoming = 1", "there is no setting 'prune.incoming'"),
    ("queues = 3", "'queues' is not a table"),
    ("a = = 1", "line 1"),
  ])
  func `a wrong file is refused by its name and the key`(_ toml: String, _ reason: String) {
    #expect {
      _ = try settings(toml)
    } throws: { error in
      let text = "\(error)"
      return text.contains("/srv/spool/spool.toml") && text.contains(reason)
    }
  }

  @Test func `users and groups are names or numbers, and a user brings its own group`() throws {
    let settings = try SpoolSettings(
      toml: """
        [defaults]
        user = "tasks"
        group = "superset"
        [queues.a]
        [queues.b]
        user = 990
        drop_group = 992
        """, path: "spool.toml")
    #expect(settings["a"].user == "tasks" && settings["a"].group == "superset")
    #expect(settings["b"].user == "990" && settings["b"].group == nil)
    #expect(settings["b"].dropGroup == "992" && settings["a"].dropGroup == nil)
  }

  @Test func `what is handed on to other users means the same and holds no address of a database`()
    throws
  {
    let text = """
      bin = ["tasks"]
      [defaults]
      tries = 3
      soft_time_limit = "1.5s"
      temporary_codes = [7, 75]
      [queues."a.b"]
      user = "990"   # a comment with a "quote
      workers = 4
      [superset]
      metadata_url = "postgresql://superset:secret@db/superset"
      [superset.database_urls]
      examples = "postgresql://examples:secret@db/examples"
      """
    let whole = try SettingsText(Array(text.utf8), path: "/s/spool.toml")
    let rest = String(decoding: whole.withoutSecrets, as: UTF8.self)
    #expect(!rest.contains("secret") && !rest.contains("superset"))
    #expect(try SpoolSettings(toml: rest, path: "/s/spool.toml") == whole.settings)
  }
}

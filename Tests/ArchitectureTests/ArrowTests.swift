// SPDX-License-Identifier: MIT
import Testing

/// The arrows between the rooms; Package.swift is their table.
struct ArrowTests {
  /// What moves and runs jobs.
  private static let engine: Set = [
    "SpoolProtocol", "JobDispatch", "JobExecution", "CacheLayer", "DirectoryWatch",
    "SpoolConfiguration", "JobSchedule", "CeleryBridge",
  ]
  /// What knows Superset.
  private static let superset: Set = [
    "SQLDatabases", "SupersetConfiguration", "SupersetMetadata", "ChartQueries", "ChartTasks",
    "SampleData", "PostgresLink", "spool-postgres", "SupersetTasks", "SupersetWeb", "WebTasks",
    "CacheWarmUp", "DashboardQueries", "Screenshots", "ChartPages", "CurlTransfers",
    "Notifications", "NotificationTasks", "Reports", "ReportTasks", "PageTasks", "Pruning",
    "PruningTasks",
  ]

  /// What comes with the compiler and costs no task its quick start.
  private static let toolchain: Set = ["Glibc", "Synchronization"]

  @Test func `the table is read whole`() throws {
    let manifest = try Manifest.read()
    let folders = try Project.names(in: "Sources").filter { $0 != "tasks" && $0 != "filters" }
    let inner = try ["tasks", "filters"].flatMap { try Project.names(in: "Sources/\($0)") }
    #expect(Set(manifest.rooms.map(\.name)) == Set(folders + inner))
    #expect(manifest["SpoolProtocol"]?.arrows == ["SystemCalls", "JSONValues"])
    #expect(manifest["JSONValues"]?.arrows == ["OrderedCollections"])
    #expect(manifest["spoold"]?.isProgram == true)
  }

  @Test func `a room imports what its arrows lead to, and nothing else`() throws {
    let manifest = try Manifest.read()
    for room in manifest.rooms {
      let allowed = Set(room.arrows).union(Self.toolchain)
      for source in try Project.sources(below: room.directory) {
        let strangers = Self.imports(of: source).subtracting(allowed)
        #expect(strangers.isEmpty, "\(source) imports \(strangers.sorted())")
      }
    }
  }

  @Test func `each arrow is used`() throws {
    for room in try Manifest.read().rooms {
      let sources = try Project.sources(below: room.directory)
      let imported = sources.reduce(into: Set<String>()) { $0.formUnion(Self.imports(of: $1)) }
      let unused = Set(room.arrows).subtracting(imported)
      #expect(unused.isEmpty, "\(room) does not import \(unused.sorted())")
    }
  }

  @Test func `arrows lead to rooms that stand above`() throws {
    var above: Set<String> = []
    let manifest = try Manifest.read()
    let ours = Set(manifest.rooms.map(\.name))
    for room in manifest.rooms {
      let below = Set(room.arrows).intersection(ours).subtracting(above)
      #expect(below.isEmpty, "\(room) has arrows to \(below.sorted()), which stand below it")
      above.insert(room.name)
    }
  }

  @Test(arguments: ["spoold", "spool-worker", "spool-cache", "spool-cron", "spool-celery"])
  func `what runs jobs does not know what tasks do`(_ program: String) throws {
    let reached = try Manifest.read().reach(of: program)
    #expect(reached.isSuperset(of: ["SpoolProtocol"]))
    #expect(reached.isDisjoint(with: Self.superset))
  }

  /// Those that leave jobs for others know where to, and nothing else.
  @Test func `tasks and filters do not know that there is a spool`() throws {
    let manifest = try Manifest.read()
    let programs = manifest.rooms.filter {
      $0.directory.hasPrefix("Sources/tasks/") || $0.directory.hasPrefix("Sources/filters/")
    }
    let submitters = programs.filter { $0.arrows.contains("TaskSubmission") }
    #expect(Set(submitters.map(\.name)) == ["cache-warmup", "reports.scheduler"])
    for program in programs {
      var known = manifest.reach(of: program.name).intersection(Self.engine)
      if program.arrows.contains("TaskSubmission") { known.remove("SpoolProtocol") }
      #expect(known.isEmpty, "\(program)")
      #expect(!program.arrows.contains("SpoolProtocol"), "\(program)")
    }
  }

  @Test(arguments: superset.sorted())
  func `what knows Superset knows nothing of the spool`(_ room: String) throws {
    let manifest = try Manifest.read()
    #expect(manifest[room] != nil)
    #expect(manifest.reach(of: room).isDisjoint(with: Self.engine))
  }

  @Test func `programs are ends: no room imports one`() throws {
    let manifest = try Manifest.read()
    let programs = Set(manifest.rooms.filter(\.isProgram).map(\.name))
    for room in manifest.rooms {
      #expect(programs.isDisjoint(with: room.arrows), "\(room)")
    }
  }

  private static func imports(of source: Project.Source) -> Set<String> {
    Set(source.code.matches(of: #/(?m)^(?:@\w+ )?import (?:\w+ )?(\w+)/#).map { String($0.1) })
  }
}

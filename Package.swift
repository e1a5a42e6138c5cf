// swift-tools-version: 6.1
import PackageDescription

// Every target and every arrow. A library's arrows are its `dependencies`; what is not listed is
// forbidden, and Tests/ArchitectureTests holds the imports against this table.

let tools = "https://github.com/apple"

/// Warnings are errors where we build for ourselves; a newer compiler's new warning shall stop nobody's release build.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .unsafeFlags(["-warnings-as-errors"], .when(configuration: .debug)),
]
/// `make fuzz` builds the libraries so that libFuzzer sees which way they go, in a build directory of its own.
let isFuzzing = Context.environment["FUZZING"] != nil
let fuzzing: [SwiftSetting] = isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer"])] : []
let strictC: [CSetting] = [
  .define("_GNU_SOURCE"), .unsafeFlags(["-Wall", "-Wextra"]),
  .unsafeFlags(["-Werror"], .when(configuration: .debug)),
]

/// Task executables start in under a millisecond only when nothing is left to the dynamic linker.
let staticExecutable: [LinkerSetting] = [
  .unsafeFlags(["-static-executable"], .when(configuration: .release))
]

func library(_ name: String, _ arrows: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: arrows, swiftSettings: strict + fuzzing)
}

func program(
  _ name: String, in folder: String? = nil, _ arrows: [Target.Dependency],
  linkedBy settings: [LinkerSetting] = staticExecutable
) -> Target {
  .executableTarget(
    name: name, dependencies: arrows, path: "Sources/" + (folder.map { "\($0)/" } ?? "") + name,
    swiftSettings: strict, linkerSettings: settings)
}

func tests(
  _ name: String, _ arrows: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(name: name, dependencies: arrows, exclude: exclude, swiftSettings: strict)
}

/// Programs that feed FuzzChecks with whatever libFuzzer thinks of.
func fuzzers(_ names: [String]) -> [Target] {
  [.target(name: "CFuzzer", path: "fuzz/CFuzzer")]
    + names.map { name in
      .executableTarget(
        name: name, dependencies: ["FuzzChecks", "CFuzzer"], path: "fuzz/\(name)",
        swiftSettings: strict,
        // ld.gold crashes over it.
        linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])])
    }
}

/// What fuzzers hold any bytes against; a test does the same with their corpus.
func checks(_ name: String, _ arrows: [Target.Dependency]) -> Target {
  .target(
    name: name, dependencies: arrows, path: "fuzz/checks", swiftSettings: strict + fuzzing)
}

/// Linked by spool-watch alone, because it is under the GPL-2; statically, so that the programs can be carried elsewhere.
let inotifyTools: [LinkerSetting] = [.linkedLibrary(":libinotifytools.a")]

func collections(_ module: String) -> Target.Dependency {
  .product(name: module, package: "swift-collections")
}

let orderedCollections = collections("OrderedCollections")
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")

/// The programs that together run a spool; the tests of the whole find them beside themselves.
let engine: [Target.Dependency] = ["spoold", "spool-worker", "spool-watch"]

let package = Package(
  name: "superset-spool",
  dependencies: [
    .package(url: "\(tools)/swift-argument-parser", from: "1.8.2"),
    .package(url: "\(tools)/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // C: what Swift cannot call by itself
    .systemLibrary(name: "CSQLite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CStb", providers: [.apt(["libstb-dev"])]),
    .target(name: "CSystemCalls", cSettings: strictC),

    // what everything stands on
    library("SystemCalls", ["CSystemCalls"]),
    library("JSONValues", [orderedCollections]),
    library("PythonTexts", ["JSONValues"]),
    library("SQLTemplates", ["PythonTexts", "JSONValues", orderedCollections]),
    library("TaskContract"),
    library("CronTable"),
    library("TOMLText"),
    library("CeleryMessages", ["JSONValues", "PythonTexts", "CZlib"]),
    library("ProgramStart", ["TaskContract", "SystemCalls"]),

    // the spool
    library("SpoolConfiguration", ["TaskContract", "SystemCalls", "TOMLText", toml]),
    library("SpoolProtocol", ["SystemCalls", "JSONValues"]),
    library("DirectoryWatch", ["SystemCalls"]),
    library(
      "JobDispatch",
      [
        "SpoolProtocol", "SpoolConfiguration", "DirectoryWatch", "TaskContract", "SystemCalls",
        collections("DequeModule"), collections("HeapModule"),
      ]),
    library(
      "JobExecution",
      ["SpoolProtocol", "SpoolConfiguration", "TaskContract", "SystemCalls", "JSONValues"]),
    library(
      "CacheLayer",
      ["SpoolProtocol", "DirectoryWatch", "SystemCalls", "JSONValues", "TaskContract"]),
    library(
      "JobSchedule",
      ["CronTable", "SpoolProtocol", "DirectoryWatch", "SystemCalls", "JSONValues"]),
    .executableTarget(
      name: "spool-watch", exclude: ["LICENSE"],
      cSettings: strictC,
      linkerSettings: inotifyTools + staticExecutable),
    program(
      "spoold",
      ["JobDispatch", "ProgramStart", "SpoolConfiguration", "SpoolProtocol", "SystemCalls"]),
    program(
      "spool-worker",
      [
        "JobExecution", "ProgramStart", "SpoolConfiguration", "SpoolProtocol", "TaskContract",
        "SystemCalls",
      ]),
    program(
      "spool-cache",
      [
        "CacheLayer", "ProgramStart", "SpoolConfiguration", "SpoolProtocol", "TaskContract",
        "SystemCalls",
      ]),

    program(
      "spool-cron",
      ["CronTable", "JobSchedule", "ProgramStart", "SpoolProtocol", "SystemCalls"]),

    library(
      "CeleryBridge",
      [
        "CeleryMessages", "SpoolProtocol", "SpoolConfiguration", "DirectoryWatch", "SystemCalls",
        "JSONValues",
      ]),
    program(
      "spool-celery",
      [
        "CeleryBridge", "ProgramStart", "SpoolConfiguration", "SpoolProtocol", "SystemCalls",
        "TaskContract",
      ]),

    // Superset
    library("PostgresLink"),
    // Dynamically linked: there is no static libpq.
    program(
      "spool-postgres", ["CPostgres", "PostgresLink", "SystemCalls"], linkedBy: []),
    library("SQLDatabases", ["CSQLite3", "PostgresLink", "SystemCalls"]),
    library("SupersetConfiguration", ["SQLDatabases", "SystemCalls", "TOMLText", toml]),
    library("SupersetMetadata", ["SQLDatabases", "SystemCalls"]),
    library("Spreadsheets", ["CZlib"]),
    library("CurlTransfers", ["CCurl"]),
    library("SupersetWeb", ["CurlTransfers", "CCrypto", "CZlib", "JSONValues"]),
    library(
      "ChartQueries",
      [
        "SQLDatabases", "SupersetMetadata", "SQLTemplates", "Spreadsheets", "PythonTexts",
        "JSONValues",
      ]),
    library(
      "Reports",
      [
        "SupersetMetadata", "SQLDatabases", "CronTable", "PythonTexts", "JSONValues",
        "SystemCalls",
      ]),
    library("DashboardQueries", ["SupersetMetadata", "JSONValues"]),
    library("Notifications", ["CurlTransfers", "PythonTexts", "JSONValues", "SystemCalls"]),
    library("Thumbnails", ["PythonTexts", "JSONValues"]),
    library("ChartPages", ["JSONValues"]),
    library("CacheWarmUp", ["ChartQueries", "SupersetMetadata", "JSONValues"]),
    library("Pruning", ["SupersetMetadata", "SQLDatabases", "SystemCalls"]),
    library("SampleData", ["SQLDatabases", "SystemCalls", "JSONValues"]),
    library("Screenshots", ["CPNG", "CStb", "JSONValues", "TaskContract", "SystemCalls"]),

    // the person's command
    library(
      "SpoolCommands",
      [
        "SpoolProtocol", "SpoolConfiguration", "CacheLayer", "DirectoryWatch", "SampleData",
        "CronTable", "JobSchedule", "TaskContract", "SystemCalls", "JSONValues",
      ]),
    program(
      "spool",
      [
        "SpoolCommands", "SpoolProtocol", "SpoolConfiguration", "CacheLayer", "SampleData",
        "ProgramStart", "TaskContract", "SystemCalls", "JSONValues", argumentParser,
      ]),

    // tasks and filters
    library("TaskRuntime", ["TaskContract", "JSONValues", "SystemCalls"]),
    library("TaskSubmission", ["SpoolProtocol", "TaskContract", "JSONValues", "SystemCalls"]),
    library(
      "SupersetTasks",
      [
        "TaskRuntime", "TaskContract", "SystemCalls", "SQLDatabases", "SupersetConfiguration",
        "SupersetMetadata",
      ]),
    library(
      "ChartTasks",
      [
        "SupersetTasks", "TaskRuntime", "TaskContract", "JSONValues", "SystemCalls",
        "SQLDatabases", "SupersetConfiguration", "SupersetMetadata", "ChartQueries",
      ]),
    library(
      "PruningTasks",
      [
        "Pruning", "SupersetTasks", "SQLDatabases", "TaskRuntime", "TaskContract", "JSONValues",
        "SystemCalls",
      ]),
    program("prune_query", in: "tasks", ["PruningTasks", "Pruning"]),
    program("prune_sql_lab_queries", in: "tasks", ["PruningTasks", "Pruning"]),
    program("prune_logs", in: "tasks", ["PruningTasks", "Pruning"]),
    program("reports.prune_log", in: "tasks", ["PruningTasks", "TaskRuntime", "JSONValues"]),
    library(
      "DashboardTasks",
      [
        "ChartTasks", "SupersetTasks", "SupersetMetadata", "DashboardQueries", "JSONValues",
        "SystemCalls",
      ]),
    program(
      "load_chart_data_into_cache", in: "tasks",
      ["ChartTasks", "TaskRuntime", "JSONValues"]),
    program(
      "load_explore_json_into_cache", in: "tasks",
      ["ChartTasks", "ChartQueries", "TaskRuntime", "JSONValues"]),

    program(
      "cache-warmup", in: "tasks",
      [
        "CacheWarmUp", "ChartQueries", "ChartTasks", "DashboardQueries", "DashboardTasks",
        "SupersetTasks", "SupersetMetadata", "TaskRuntime", "TaskContract", "TaskSubmission",
        "JSONValues", "SystemCalls",
      ]),
    library(
      "WebTasks",
      [
        "SupersetTasks", "SupersetWeb", "CurlTransfers", "SupersetConfiguration",
        "SupersetMetadata", "TaskRuntime", "TaskContract", "JSONValues", "SystemCalls",
      ]),
    library(
      "NotificationTasks",
      ["Notifications", "CurlTransfers", "SupersetConfiguration", "TaskContract"]),
    library(
      "PageTasks",
      [
        "ChartPages", "Screenshots", "WebTasks", "SupersetWeb", "DashboardTasks",
        "DashboardQueries", "ChartTasks", "ChartQueries", "SupersetTasks", "SupersetConfiguration",
        "SupersetMetadata", "TaskRuntime", "TaskContract", "JSONValues",
      ]),
    library(
      "ThumbnailTasks",
      [
        "PageTasks", "Thumbnails", "ChartPages", "Screenshots", "SupersetTasks",
        "SupersetConfiguration", "SupersetMetadata", "TaskRuntime", "TaskContract", "JSONValues",
        "SystemCalls",
      ]),
    program(
      "reports.scheduler", in: "tasks",
      [
        "Reports", "CronTable", "SupersetTasks", "SupersetConfiguration", "SupersetMetadata",
        "TaskSubmission", "TaskRuntime", "TaskContract", "JSONValues", "SystemCalls",
      ]),
    library(
      "ReportTasks",
      [
        "Reports", "Notifications", "NotificationTasks", "PageTasks", "ChartPages", "Screenshots",
        "WebTasks",
        "SupersetWeb", "ChartTasks", "ChartQueries", "SupersetTasks", "SupersetConfiguration",
        "SupersetMetadata", "SQLDatabases", "PythonTexts", "TaskRuntime", "TaskContract",
        "JSONValues", "SystemCalls",
      ]),
    program(
      "reports.execute", in: "tasks", ["ReportTasks", "TaskRuntime", "JSONValues", "SystemCalls"],
      linkedBy: []),
    program(
      "cache_chart_thumbnail", in: "tasks", ["ThumbnailTasks", "TaskRuntime", "JSONValues"],
      linkedBy: []),
    program(
      "cache_dashboard_thumbnail", in: "tasks", ["ThumbnailTasks", "TaskRuntime", "JSONValues"],
      linkedBy: []),
    program(
      "cache_dashboard_screenshot", in: "tasks", ["ThumbnailTasks", "TaskRuntime", "JSONValues"],
      linkedBy: []),
    // Dynamically linked: there is no static libcurl.
    program(
      "fetch_url", in: "tasks",
      [
        "WebTasks", "SupersetTasks", "SupersetMetadata", "SupersetWeb", "CurlTransfers",
        "TaskRuntime", "JSONValues",
      ], linkedBy: []),
    program(
      "fetch_csrf_token", in: "filters",
      [
        "WebTasks", "SupersetTasks", "SupersetMetadata", "SupersetWeb", "TaskRuntime", "JSONValues",
      ], linkedBy: []),
    program(
      "get_executor", in: "filters",
      ["SupersetTasks", "SupersetMetadata", "TaskRuntime", "TaskContract", "JSONValues"]),
    program(
      "chart-data", in: "filters",
      [
        "ChartTasks", "ChartQueries", "SupersetMetadata", "SystemCalls", "TaskRuntime",
        "TaskContract",
        "JSONValues",
      ]),
    program(
      "explore-json", in: "filters",
      ["ChartTasks", "ChartQueries", "TaskRuntime", "TaskContract", "JSONValues"]),
    program(
      "chart-page", in: "filters",
      ["ChartPages", "TaskRuntime", "TaskContract", "SystemCalls", "JSONValues"]),
    program(
      "notify", in: "filters",
      [
        "NotificationTasks", "Notifications", "SupersetConfiguration", "TaskRuntime",
        "TaskContract", "SystemCalls", "JSONValues",
      ], linkedBy: []),
    program(
      "cron-next", in: "filters", ["CronTable", "TaskRuntime", "TaskContract", "SystemCalls"]),
    program(
      "screenshot", in: "filters",
      ["Screenshots", "TaskRuntime", "TaskContract", "SystemCalls"]),

    // between both: what people start in front of a spool, and what knows Superset
    library(
      "SupersetCommands",
      ["SpoolProtocol", "ProgramStart", "TaskRuntime", "TaskContract", "SystemCalls"]),
    program(
      "spool-reports",
      [
        "SupersetCommands", "ReportTasks", "CronTable", "SpoolCommands",
        "SpoolProtocol", "SupersetTasks", "SupersetMetadata", "TaskRuntime", "TaskContract",
        "JSONValues", "SystemCalls",
      ], linkedBy: []),
    program(
      "compute-thumbnails",
      [
        "SupersetCommands", "ThumbnailTasks", "Thumbnails", "TaskSubmission", "SpoolCommands",
        "SpoolProtocol", "ProgramStart", "SupersetTasks", "SupersetMetadata", "TaskRuntime",
        "TaskContract",
        "JSONValues", "SystemCalls",
      ], linkedBy: []),

    // tests
    library("SpoolTesting", ["SpoolProtocol", "SystemCalls", "JSONValues"]),
    tests("ArchitectureTests", ["SystemCalls"]),
    tests("JSONValuesTests", ["JSONValues"]),
    tests(
      "ReportsTests",
      [
        "Reports", "ReportTasks", "Notifications", "SupersetMetadata", "SQLDatabases", "JSONValues",
        "SystemCalls",
      ]),
    tests("ThumbnailsTests", ["Thumbnails", "JSONValues"]),
    tests("SQLTemplatesTests", ["SQLTemplates", "JSONValues"], exclude: ["recorded"]),
    tests("TaskContractTests", ["TaskContract"]),
    tests(
      "CronTableTests", ["CronTable", "SpoolTesting", "SystemCalls", "cron-next"],
      exclude: ["comparison"]),
    tests("TOMLTextTests", ["TOMLText"]),
    tests(
      "CeleryMessagesTests", ["CeleryMessages", "JSONValues", "SpoolTesting", "SystemCalls"],
      exclude: ["recorded", "client"]),
    tests("SystemCallsTests", ["SystemCalls", "SpoolTesting"]),
    tests("SpoolConfigurationTests", ["SpoolConfiguration", "TaskContract"]),
    tests("SpoolProtocolTests", ["SpoolProtocol", "SystemCalls", "SpoolTesting"]),
    tests("DirectoryWatchTests", ["DirectoryWatch", "SystemCalls", "SpoolTesting", "spool-watch"]),
    tests("JobDispatchTests", ["JobDispatch", "SpoolProtocol", "SpoolTesting", "SystemCalls"]),
    tests("JobExecutionTests", ["JobExecution", "SpoolConfiguration"]),
    tests(
      "CrashTests",
      [
        "SpoolProtocol", "JobSchedule", "CronTable", "CeleryBridge", "CeleryMessages", "JSONValues",
        "SystemCalls", "SpoolTesting",
      ] + engine),
    tests(
      "SpoolCronTests",
      [
        "JobSchedule", "CronTable", "SpoolProtocol", "SpoolTesting", "SystemCalls", "JSONValues",
        "spool", "spool-cron",
      ] + engine),
    tests(
      "EndToEndTests",
      [
        "SpoolTesting", "SystemCalls", "JSONValues", "spool", "spool-cache", "spool-cron",
        "load_explore_json_into_cache",
      ] + engine),
    tests("ModelTests", ["SpoolTesting", "SystemCalls"], exclude: ["model"]),
    tests("ChaosTests", ["SpoolTesting", "SystemCalls", "spool-cache"] + engine),
    checks("FuzzChecks", ["JSONValues", "SpoolProtocol", "SpoolConfiguration", "SystemCalls"]),
    tests("FuzzCorpusTests", ["FuzzChecks", "SystemCalls"]),
    tests(
      "SoakTests", ["SpoolTesting", "SystemCalls", "spool-cache"] + engine, exclude: ["helpers"]),
    tests("PowerCutTests", ["SpoolTesting", "SystemCalls", "spool"] + engine),
    tests(
      "SpoolCommandTests",
      [
        "SpoolCommands", "SpoolConfiguration", "SpoolProtocol", "SpoolTesting", "SystemCalls",
        "JSONValues", "spool", "spool-cache", "spool-cron",
      ] + engine),
    tests(
      "CacheLayerTests",
      [
        "CacheLayer", "SpoolProtocol", "DirectoryWatch", "SystemCalls", "JSONValues",
        "TaskContract", "SpoolTesting", "spool-cache", "spool-watch",
      ]),
    tests(
      "CeleryBridgeTests",
      [
        "CeleryMessages", "JSONValues", "SpoolTesting", "SystemCalls", "spool", "spool-celery",
      ] + engine,
      exclude: ["client"]),
    tests("SQLDatabasesTests", ["SQLDatabases", "SystemCalls", "SpoolTesting", "spool-postgres"]),
    tests(
      "SupersetConfigurationTests",
      ["SupersetConfiguration", "SQLDatabases", "SystemCalls", "SpoolTesting", "spool-postgres"]),
    tests(
      "ChartQueriesTests", ["ChartQueries", "SupersetMetadata", "SQLDatabases", "JSONValues"],
      exclude: ["recorded"]),
    tests(
      "DashboardQueriesTests", ["DashboardQueries", "SupersetMetadata", "JSONValues"],
      exclude: ["recorded"]),
    tests(
      "ChartPagesTests",
      ["ChartPages", "JSONValues", "SystemCalls", "SpoolTesting", "chart-page"],
      exclude: ["recorded"]),
    tests("SpreadsheetsTests", ["Spreadsheets"]),
    tests(
      "ScreenshotsTests",
      ["Screenshots", "ChartPages", "JSONValues", "SpoolTesting", "SystemCalls", "screenshot"],
      exclude: ["server"]),
    tests("SampleDataTests", ["SampleData", "SQLDatabases", "SystemCalls", "SpoolTesting"]),
    tests(
      "TaskTests",
      [
        "load_chart_data_into_cache", "load_explore_json_into_cache", "chart-data", "explore-json",
        "cache-warmup", "cache_chart_thumbnail", "cache_dashboard_thumbnail",
        "cache_dashboard_screenshot", "fetch_url", "fetch_csrf_token", "get_executor",
        "reports.scheduler", "reports.execute", "spool-reports", "spool-postgres", "spool-cache",
        "compute-thumbnails", "spool",
        "Screenshots",
        "SampleData", "TaskContract", "JSONValues", "SystemCalls", "SQLDatabases", "SpoolTesting",
      ] + engine, exclude: ["server"]),
    tests("CurlTransfersTests", ["CurlTransfers"]),
    tests(
      "NotificationsTests",
      ["Notifications", "CurlTransfers", "JSONValues", "SystemCalls", "SpoolTesting", "notify"],
      exclude: ["server", "recorded"]),
    tests(
      "PruningTests",
      [
        "prune_query", "prune_sql_lab_queries", "prune_logs", "reports.prune_log",
        "spool-postgres", "SQLDatabases", "TaskContract", "JSONValues", "SystemCalls",
        "SpoolTesting",
      ] + engine),
    tests("SupersetWebTests", ["SupersetWeb"]),
    tests(
      "DocumentTests",
      [
        "spool", "chart-data", "chart-page", "notify", "explore-json", "load_chart_data_into_cache",
        "load_explore_json_into_cache", "prune_logs", "screenshot", "compute-thumbnails",
        "SpoolConfiguration",
        "SystemCalls", "SpoolTesting",
      ]),
    tests(
      "GoldenTests",
      [
        "CacheWarmUp", "ChartQueries", "SupersetMetadata", "Thumbnails", "SQLDatabases",
        "JSONValues",
        "SampleData",
        "SystemCalls", "SpoolTesting", "spool-postgres",
      ],
      exclude: ["recorded"]),
  ]
)

if isFuzzing { package.targets += fuzzers(["fuzz-job", "fuzz-settings"]) }

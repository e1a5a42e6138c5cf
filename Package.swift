// swift-tools-version: 6.1
import PackageDescription

// Every target and every arrow. A library's arrows are its `dependencies`; what is not listed is
// forbidden, and Tests/ArchitectureTests holds the imports against this table.

let tools = "https://github.com/apple"
let strict: [SwiftSetting] = [.enableUpcomingFeature("ExistentialAny")]

/// Task executables start in under a millisecond only when nothing is left to the dynamic linker.
let staticExecutable: [LinkerSetting] = [
  .unsafeFlags(["-static-executable"], .when(configuration: .release))
]

func library(_ name: String, _ arrows: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: arrows, swiftSettings: strict)
}

func program(_ name: String, in folder: String? = nil, _ arrows: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: arrows, path: "Sources/" + (folder.map { "\($0)/" } ?? "") + name,
    swiftSettings: strict, linkerSettings: staticExecutable)
}

func tests(_ name: String, _ arrows: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: arrows, swiftSettings: strict)
}

let orderedCollections = Target.Dependency.product(
  name: "OrderedCollections", package: "swift-collections")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")

let package = Package(
  name: "superset-spool",
  dependencies: [
    .package(url: "\(tools)/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    .systemLibrary(name: "CSQLite3", providers: [.apt(["libsqlite3-dev"])]),

    library("JSONValues", [orderedCollections]),
    library("TaskContract"),
    .target(name: "CSystemCalls"),
    library("SystemCalls", ["CSystemCalls"]),
    library("SpoolProtocol", ["SystemCalls", "JSONValues"]),
    library("SpoolConfiguration"),
    library("TaskRuntime", ["TaskContract", "JSONValues", "SystemCalls"]),
    library("SQLDatabases", ["CSQLite3"]),
    library("SupersetConfiguration", ["SQLDatabases", "SystemCalls", toml]),
    library("SupersetMetadata", ["SQLDatabases"]),
    library("ChartQueries", ["SQLDatabases", "SupersetMetadata", "JSONValues"]),
    library("SampleData", ["SQLDatabases", "SystemCalls", "JSONValues"]),
    library(
      "ChartTasks",
      [
        "TaskRuntime", "TaskContract", "JSONValues", "SystemCalls", "SQLDatabases",
        "SupersetConfiguration", "SupersetMetadata", "ChartQueries",
      ]),

    program(
      "load_chart_data_into_cache", in: "tasks",
      ["ChartTasks", "ChartQueries", "TaskRuntime", "TaskContract", "JSONValues", "SystemCalls"]),

    program(
      "chart-data", in: "filters",
      ["ChartTasks", "ChartQueries", "TaskRuntime", "TaskContract", "JSONValues"]),

    tests("JSONValuesTests", ["JSONValues"]),
    tests("TaskContractTests", ["TaskContract"]),
    tests("SystemCallsTests", ["SystemCalls"]),
    tests("SQLDatabasesTests", ["SQLDatabases"]),
    tests("ChartQueriesTests", ["ChartQueries", "SupersetMetadata", "SQLDatabases", "JSONValues"]),
    tests("SampleDataTests", ["SampleData", "SQLDatabases", "SystemCalls"]),
    tests(
      "ChartTaskTests",
      [
        "load_chart_data_into_cache", "chart-data", "SampleData", "TaskContract", "JSONValues",
        "SystemCalls", "SQLDatabases",
      ]),
    .testTarget(
      name: "GoldenTests",
      dependencies: [
        "ChartQueries", "SupersetMetadata", "SQLDatabases", "JSONValues", "SampleData",
      ],
      exclude: ["recorded"], swiftSettings: strict),
  ]
)

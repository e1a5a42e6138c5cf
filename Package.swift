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

/// Linked by spool-watch alone, because it is under the GPL-2; statically, so that the programs can be carried elsewhere.
let inotifyTools: [LinkerSetting] = [.linkedLibrary(":libinotifytools.a")]

let orderedCollections = Target.Dependency.product(
  name: "OrderedCollections", package: "swift-collections")

let package = Package(
  name: "superset-spool",
  dependencies: [
    .package(url: "\(tools)/swift-collections", from: "1.6.0")
  ],
  targets: [
    library("JSONValues", [orderedCollections]),
    library("TaskContract"),
    .target(name: "CSystemCalls"),
    library("SystemCalls", ["CSystemCalls"]),
    library("SpoolProtocol", ["SystemCalls", "JSONValues"]),
    library("SpoolConfiguration", ["SystemCalls"]),
    library(
      "JobExecution",
      ["SpoolProtocol", "SpoolConfiguration", "TaskContract", "SystemCalls", "JSONValues"]),
    library("DirectoryWatch", ["SystemCalls"]),
    library(
      "CacheLayer",
      ["SpoolProtocol", "DirectoryWatch", "SystemCalls", "JSONValues", "TaskContract"]),
    library("SpoolTesting", ["SystemCalls"]),
    .executableTarget(
      name: "spool-watch", exclude: ["LICENSE"],
      cSettings: [.define("_GNU_SOURCE"), .unsafeFlags(["-Wall", "-Wextra"])],
      linkerSettings: inotifyTools + staticExecutable),
    library("ProgramStart", ["TaskContract"]),
    library(
      "JobDispatch",
      [
        "SpoolProtocol", "SpoolConfiguration", "DirectoryWatch", "TaskContract", "SystemCalls",
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "HeapModule", package: "swift-collections"),
      ]),
    program(
      "spoold",
      ["JobDispatch", "ProgramStart", "SpoolConfiguration", "SpoolProtocol", "SystemCalls"]),
    program(
      "spool-worker",
      ["JobExecution", "ProgramStart", "SpoolConfiguration", "SpoolProtocol", "SystemCalls"]),
    program(
      "spool-cache",
      [
        "CacheLayer", "ProgramStart", "SpoolConfiguration", "SpoolProtocol", "SystemCalls",
      ]),

    tests("JSONValuesTests", ["JSONValues"]),
    tests("TaskContractTests", ["TaskContract"]),
    tests("DirectoryWatchTests", ["DirectoryWatch", "SystemCalls", "SpoolTesting", "spool-watch"]),
    tests("SpoolProtocolTests", ["SpoolProtocol", "SystemCalls", "SpoolTesting"]),
    tests("JobDispatchTests", ["JobDispatch", "SpoolProtocol", "SystemCalls"]),
    tests("JobExecutionTests", ["JobExecution", "SpoolConfiguration"]),
    tests("CrashTests", ["SpoolProtocol", "SystemCalls", "SpoolTesting"]),
    tests(
      "CacheLayerTests",
      [
        "CacheLayer", "SpoolProtocol", "SystemCalls", "JSONValues", "TaskContract", "SpoolTesting",
        "spool-cache", "spool-watch",
      ]),
    tests("SystemCallsTests", ["SystemCalls", "SpoolTesting"]),
  ]
)

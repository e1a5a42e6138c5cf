// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import SQLDatabases
import SampleData
import SpoolTesting
import SystemCalls
import TaskContract
import Testing

/// The built executables, the sample data and a place like the one a worker gives a task.
final class Workbench {
  struct Outcome {
    let status: Int32
    let output: String
    let log: String

    var json: JSONValue { (try? JSONValue(parsing: output)) ?? .null }
    var message: String? { json["errors"]?.arrayValue?.first?["message"]?.stringValue }
    /// The rows of the first query, where the result holds them.
    var rows: JSONValue? { json["result"]?["result"]?.arrayValue?.first?["data"] }
  }

  let directory: TemporaryDirectory
  var path: String { directory.path }
  var metadata: String { "\(path)/\(SampleData.metadataName)" }
  var examples: String { "\(path)/\(SampleData.examplesName)" }

  init() throws {
    directory = try TemporaryDirectory()
    // Copied, because making it in a debug build takes a second.
    for name in [SampleData.metadataName, SampleData.examplesName] {
      try FileManager.default.copyItem(
        atPath: "\(try Self.sample.get())/\(name)", toPath: "\(path)/\(name)")
    }
  }

  /// Beside the test program, so that every run replaces what the last one left.
  private static let sample = Result {
    let path = products.appendingPathComponent("sample-data").path
    try SystemFiles().makeDirectories(path)
    try SampleData.write(to: path, now: SystemClock.now())
    return path
  }

  static let products = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()

  static func example(_ name: String) throws -> String {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(
      contentsOf: package.appendingPathComponent("examples/\(name).json"), encoding: .utf8)
  }

  /// Starts an executable; its input is a file, as it is under a worker.
  func start(
    _ name: String, _ arguments: [String] = [], input: String, _ variables: [String: String] = [:]
  ) throws -> Running {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: name, relativeTo: nil)
    if !name.hasPrefix("/") { process.executableURL = Self.products.appendingPathComponent(name) }
    process.arguments = arguments
    process.environment = [
      "SUPERSET_METADATA_URL": "sqlite:///\(metadata)", "PATH": "/usr/bin:/bin",
    ].merging(variables) { $1 }.filter { !$1.isEmpty }
    let file = "\(path)/\(UUID().uuidString)"
    try input.write(toFile: file, atomically: false, encoding: .utf8)
    process.standardInput = FileHandle(forReadingAtPath: file)
    let running = Running(process, output: "\(file).out", log: "\(file).log")
    try process.run()
    return running
  }

  func run(
    _ name: String, _ arguments: [String] = [], input: String, _ variables: [String: String] = [:]
  ) throws -> Outcome {
    try start(name, arguments, input: input, variables).wait()
  }

  /// A run of the task, its form as JSON text.
  func load(
    _ form: String, user: String = "1", _ variables: [String: String] = [:]
  ) throws -> Outcome {
    let job =
      #"{"job_metadata":{"channel_id":"c","job_id":"j","user_id":\#(user)},"form_data":\#(form)}"#
    return try run("load_chart_data_into_cache", input: job, variables)
  }

  /// Does what the cache layer does with a result.
  func link(
    _ file: String, under text: String, in cache: String, expires: JSONValue = nil
  ) throws {
    let key = try #require(CacheKey(text))
    for path in [key.dataPath, key.entryPath] {
      try SystemFiles().makeDirectories("\(cache)/\(path)".parentPath)
    }
    try? FileManager.default.removeItem(atPath: "\(cache)/\(key.dataPath)")
    try FileManager.default.linkItem(
      atPath: "\(path)/\(file)", toPath: "\(cache)/\(key.dataPath)")
    try JSONValue.object(["key": .string(text), "expires": expires]).text.write(
      toFile: "\(cache)/\(key.entryPath)", atomically: true, encoding: .utf8)
  }

  func changeMetadata(_ sql: String) throws {
    let builder = try SQLiteBuilder(creating: metadata)
    try builder.run(sql)
    try builder.finish()
  }

  func move(_ name: String, to target: String) throws {
    try FileManager.default.moveItem(atPath: "\(path)/\(name)", toPath: "\(path)/\(target)")
  }

  func write(_ name: String, _ text: String) throws {
    try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
  }

  func makeDirectory(_ name: String) throws -> String {
    try FileManager.default.createDirectory(
      atPath: "\(path)/\(name)", withIntermediateDirectories: true)
    return "\(path)/\(name)"
  }
}

/// A process under way, with its output in files, so that no pipe can fill up.
final class Running {
  let process: Process
  private let output: String
  private let log: String

  init(_ process: Process, output: String, log: String) {
    self.process = process
    self.output = output
    self.log = log
    for path in [output, log] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: log)
  }

  func wait() throws -> Workbench.Outcome {
    process.waitUntilExit()
    return Workbench.Outcome(
      status: process.terminationReason == .exit
        ? process.terminationStatus : -process.terminationStatus,
      output: try String(contentsOfFile: output, encoding: .utf8),
      log: try String(contentsOfFile: log, encoding: .utf8))
  }
}

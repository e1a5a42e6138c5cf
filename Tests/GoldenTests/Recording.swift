// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import SQLDatabases

/// The recorded answers and the databases they were made from, unpacked once.
final class Recording: Sendable {
  static let shared = Result { try Recording() }

  private static let recorded = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("recorded")

  let directory: String
  let cases: [GoldenCase]
  /// Cases that the first recording lacks.
  let furtherCases: [GoldenCase]
  /// Of a Superset whose data lie in PostgreSQL.
  let postgresCases: [GoldenCase]
  /// Case name to the reason why it does not pass yet.
  let later: [String: String]

  private init() throws {
    // Beside the test program, so that every run replaces what the last one left.
    let directory = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("golden-data")
    try? FileManager.default.removeItem(at: directory)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    self.directory = directory.path
    for name in ["examples", "metadata"] {
      let database = try SQLiteBuilder(creating: "\(directory.path)/\(name).db")
      try database.run(try Self.unpacked(Self.recorded.appendingPathComponent("\(name).sql.xz")))
      try database.finish()
    }
    cases = try Self.cases(in: Self.recorded.appendingPathComponent("cases").path)
    furtherCases = try Self.cases(in: Self.recorded.appendingPathComponent("further").path)
    postgresCases = try Self.cases(in: Self.recorded.appendingPathComponent("postgresql").path)
    later = try Self.reasons("later")
  }

  func open(_ name: String) throws -> SQLiteDatabase {
    try SQLiteDatabase(readingFrom: "\(directory)/\(name).db")
  }

  /// Every case of a directory of `GROUP.jsonl` or `GROUP.jsonl.xz`.
  static func cases(in directory: String) throws -> [GoldenCase] {
    let groups = try FileManager.default.contentsOfDirectory(
      at: URL(fileURLWithPath: directory), includingPropertiesForKeys: nil)
    return try groups.sorted { $0.path < $1.path }.flatMap { group in
      let name = group.lastPathComponent
      guard name.hasSuffix(".jsonl") || name.hasSuffix(".jsonl.xz") else { return [GoldenCase]() }
      let text =
        try name.hasSuffix(".xz") ? unpacked(group) : String(contentsOf: group, encoding: .utf8)
      return try text.split(separator: "\n").map {
        try GoldenCase(
          try JSONValue(parsing: String($0)), group: String(name.prefix { $0 != "." }))
      }
    }
  }

  /// Lines `CASE REASON`.
  static func reasons(_ list: String) throws -> [String: String] {
    let file = recorded.appendingPathComponent(list)
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    return Dictionary(
      lines.map { line in
        let parts = line.split(separator: " ", maxSplits: 1)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
      }, uniquingKeysWith: { $1 })
  }

  private static func unpacked(_ file: URL) throws -> String {
    try output(of: "/usr/bin/xz", ["-dc", file.path])
  }

  static func output(of program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}

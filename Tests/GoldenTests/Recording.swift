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
    let groups = try FileManager.default.contentsOfDirectory(
      at: Self.recorded.appendingPathComponent("cases"), includingPropertiesForKeys: nil)
    cases = try groups.sorted { $0.path < $1.path }.flatMap { group in
      try Self.unpacked(group).split(separator: "\n").map {
        try GoldenCase(
          try JSONValue(parsing: String($0)),
          group: String(group.lastPathComponent.prefix { $0 != "." }))
      }
    }
    later = try Self.reasons("later")
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

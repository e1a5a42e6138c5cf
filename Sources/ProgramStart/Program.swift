// SPDX-License-Identifier: MIT
import Glibc
import SystemCalls
import TaskContract

/// What a long-running program reads once, in its main, and hands down.
package struct Program {
  package let name: String
  /// Without the program's own name.
  package let arguments: [String]
  package let environment: [String: String]
  /// Where the executable lies, links resolved.
  package let directory: String
  /// Writes a line to stderr.
  package let report: Report

  package init(name: String) {
    self.name = name
    arguments = Array(CommandLine.arguments.dropFirst())
    environment = Self.readEnvironment()
    directory = Self.readOwnDirectory()
    report = Report(named: name, journal: environment["JOURNAL_STREAM"])
  }

  /// A path that stays right when the current directory changes, without a leading or closing `.` part.
  package func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let start = getcwd(nil, 0) else { return path }
    defer { free(start) }
    let parts = path.split(separator: "/").filter { $0 != "." }
    return ([String(cString: start)] + parts.map(String.init)).joined(separator: "/")
  }

  package func fail(_ line: String, _ verdict: Verdict) -> Never {
    report(line, .error)
    exit(verdict.rawValue)
  }

  private static func readEnvironment() -> [String: String] {
    var values: [String: String] = [:]
    var next = environ
    while let entry = next.pointee {
      let text = String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        values[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      next += 1
    }
    return values
  }

  private static func readOwnDirectory() -> String {
    guard let path = realpath("/proc/self/exe", nil) else { return "." }
    defer { free(path) }
    let text = String(cString: path)
    return text.lastIndex(of: "/").map { String(text[..<$0]) } ?? "."
  }
}

// SPDX-License-Identifier: MIT
import Glibc
import TaskContract

/// What a long-running program reads once, in its main, and hands down.
package struct Program {
  package let name: String
  /// Without the program's own name.
  package let arguments: [String]
  package let environment: [String: String]
  /// Where the executable lies, links resolved.
  package let directory: String

  package init(name: String) {
    self.name = name
    arguments = Array(CommandLine.arguments.dropFirst())
    environment = Self.readEnvironment()
    directory = Self.readOwnDirectory()
  }

  /// A path that stays right when the current directory changes, without a leading or closing `.` part.
  package func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let start = getcwd(nil, 0) else { return path }
    defer { free(start) }
    let parts = path.split(separator: "/").filter { $0 != "." }
    return ([String(cString: start)] + parts.map(String.init)).joined(separator: "/")
  }

  /// Writes a line to stderr.
  package func report(_ line: String) {
    let bytes = Array("\(name): \(line)\n".utf8)
    _ = write(2, bytes, bytes.count)
  }

  package func fail(_ line: String, _ verdict: Verdict) -> Never {
    report(line)
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

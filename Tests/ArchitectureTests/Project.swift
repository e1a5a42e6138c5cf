// SPDX-License-Identifier: MIT
import SystemCalls

/// The project's own files, as these tests read them.
enum Project {
  static let root = #filePath.parentPath.parentPath.parentPath

  /// A source and its lines.
  struct Source: CustomStringConvertible {
    /// Relative to the project.
    let path: String
    let text: String

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    var description: String { path }

    /// The code without comments: what stands in them is for people.
    var code: String {
      lines.map { line in line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line }
        .joined(separator: "\n")
    }

    /// The first piece of code that matches.
    func first(_ pattern: some RegexComponent) -> String? {
      let code = code
      return code.firstMatch(of: pattern).map { String(code[$0.range]) }
    }
  }

  static func text(of path: String) throws -> String {
    String(decoding: try SystemFiles().contents(of: "\(root)/\(path)"), as: UTF8.self)
  }

  static func exists(_ path: String) throws -> Bool { try SystemFiles().exists("\(root)/\(path)") }

  static func names(in directory: String) throws -> [String] {
    try SystemFiles().names(in: "\(root)/\(directory)").filter { !$0.hasPrefix(".") }.sorted()
  }

  /// Every Swift file below a directory.
  static func sources(below directory: String) throws -> [Source] {
    var found: [Source] = []
    for name in try names(in: directory) {
      let path = "\(directory)/\(name)"
      if name.hasSuffix(".swift") {
        found.append(Source(path: path, text: try text(of: path)))
      } else if try SystemFiles().status(of: "\(root)/\(path)")?.kind == .directory {
        found += try sources(below: path)
      }
    }
    return found
  }
}

// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

/// The README's commands, run as they are written.
struct ReadmeTests {
  private let files = SystemFiles()
  private let project = #filePath.parentPath.parentPath.parentPath

  /// The indented lines of the section, comments cut off; `bin/try` and `bin/test` are run by others.
  private func commands() throws -> [String] {
    let text = String(decoding: try files.contents(of: "\(project)/README.md"), as: UTF8.self)
    let section = try #require(text.range(of: "## Try it", to: "\n## "))
    return section.split(separator: "\n").filter { $0.hasPrefix("    ") }
      .map { line in String(line.split(separator: "  #")[0].drop { $0 == " " }) }
      .filter { !$0.hasPrefix("bin/try") && !$0.hasPrefix("bin/test") }
  }

  /// A checkout as it is after `bin/try --keep`: programs in bin/, a spool in try/, a job in each state.
  private func makeCheckout() throws -> TemporaryDirectory {
    let checkout = try TemporaryDirectory("readme")
    let products = CommandLine.arguments[0].parentPath
    let shell = Shell(directory: checkout.path)
    #expect(shell.run("ln -s \(products) bin && ln -s \(project)/examples .") != nil)
    #expect(shell.run("bin/spool init try --example") != nil)
    let queue = "load_chart_data_into_cache"
    for place in [
      "active/\(queue)@1/41.json", "errors/\(queue)/41.json", "results/\(queue)/40.json",
    ] {
      try checkout.write("{}", to: "try/\(place)")
    }
    return checkout
  }

  @Test func `every command of the README works as it is written`() throws {
    let commands = try commands()
    #expect(commands.count >= 7)
    let checkout = try makeCheckout()
    let shell = Shell(directory: checkout.path)
    let queue = "try/incoming/load_chart_data_into_cache"
    for command in commands {
      // What was dropped before would be in the way of what mv brings back.
      if command.hasPrefix("mv ") { #expect(shell.run("rm \(queue)/41.json") != nil) }
      #expect(shell.run("set -o pipefail; \(command)") != nil, "\(command)")
    }
  }
}

extension String {
  /// What stands between two texts.
  fileprivate func range(of start: String, to end: String) -> String? {
    guard let first = firstRange(of: start)?.upperBound else { return nil }
    let rest = self[first...]
    return String(rest[..<(rest.firstRange(of: end)?.lowerBound ?? endIndex)])
  }
}

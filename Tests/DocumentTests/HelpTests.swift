// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

/// What `spool --help` says and what spool(1) says.
struct HelpTests {
  private let shell = Shell(
    directory: "/", variables: ["SPOOL_COMMAND=\(CommandLine.arguments[0].parentPath)/spool"])

  private func help(_ command: String) throws -> String {
    try #require(shell.run("$SPOOL_COMMAND help \(command)"), "\(command)")
  }

  /// The names below SUBCOMMANDS.
  private func subcommands(_ help: String) -> [String] {
    help.split(separator: "\n").drop { $0 != "SUBCOMMANDS:" }.dropFirst()
      .compactMap { line in line.firstMatch(of: #/^  ([a-z]+)  /#).map { String($0.1) } }
  }

  /// Every command as it is called, `cache get` included, with its long options.
  private func commands() throws -> [String: Set<String>] {
    var commands: [String: Set<String>] = [:]
    var names = subcommands(try help(""))
    while let name = names.popLast() {
      let text = try help(name)
      let inner = subcommands(text)
      names += inner.map { "\(name) \($0)" }
      guard inner.isEmpty else { continue }
      let options = text.matches(of: #/(?m)^  --([a-z-]+)/#).map { String($0.1) }
      commands[name] = Set(options).subtracting(["spool", "help"])
    }
    return commands
  }

  private func page() throws -> String {
    let project = #filePath.parentPath.parentPath.parentPath
    return String(
      decoding: try SystemFiles().contents(of: "\(project)/man/spool.1"), as: UTF8.self)
  }

  /// The lines that begin a command's paragraph: `.It Cm submit Ar queue ...`.
  private func paragraphs(_ page: String) -> [String] {
    page.split(separator: "\n").filter { $0.hasPrefix(".It Cm ") }.map(String.init)
  }

  @Test(arguments: [
    "load_chart_data_into_cache", "load_explore_json_into_cache", "chart-data", "explore-json",
    "chart-page", "compute-thumbnails", "cron-next", "notify", "screenshot",
  ])
  func `tasks and filters say how they are called`(_ name: String) throws {
    let programs = CommandLine.arguments[0].parentPath
    let help = try #require(shell.run("\(programs)/\(name) --help"))
    #expect(help.hasPrefix("Usage: \(name) "))
    #expect(help.split(separator: "\n").allSatisfy { $0.count <= 100 }, "\(help)")
  }

  @Test func `spool(1) has each command with each of its options, and no other`() throws {
    let paragraphs = paragraphs(try page())
    let commands = try commands()
    #expect(commands.count >= 18)
    for (name, options) in commands {
      let heads = paragraphs.filter { paragraph in
        // "Cm cache ls , cache stat": the macro goes on after a comma.
        "\(paragraph) ".contains("Cm \(name) ") || "\(paragraph) ".contains(", \(name) ")
      }
      let written = heads.flatMap { head in
        head.matches(of: #/Fl -([a-z-]+)/#).map { String($0.1) }
      }
      #expect(heads.count == 1, "\(name)")
      #expect(Set(written) == options, "\(name)")
    }
  }
}

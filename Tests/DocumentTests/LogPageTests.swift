// SPDX-License-Identifier: MIT
import SystemCalls
import Testing

/// What the programs write down and what spool-log(5) says.
struct LogPageTests {
  private static let project = #filePath.parentPath.parentPath.parentPath
  /// The rooms whose code says something on standard error while a spool runs.
  private static let rooms = [
    "JobDispatch", "JobExecution", "SpoolProtocol", "CacheLayer", "SpoolConfiguration",
    "SpoolCommands", "JobSchedule", "SystemCalls", "spoold", "spool-worker", "spool-cache",
    "spool-cron", "spool", "CeleryBridge", "spool-celery",
  ]

  private func text(_ path: String) throws -> String {
    String(decoding: try SystemFiles().contents(of: "\(Self.project)/\(path)"), as: UTF8.self)
  }

  private func page() throws -> [String] {
    try text("man/spool-log.5").split(separator: "\n").map(String.init)
  }

  /// The lines of the page, as they would be printed: `.It Sy "..."`.
  private func listed() throws -> [String] {
    try page().compactMap { $0.wholeMatch(of: #/\.It Sy "(.*)"/#).map { String($0.1) } }
  }

  /// The texts that are reported, or with which a program ends: what follows `report(` or `fail(`.
  private func said() throws -> [(place: String, text: String)] {
    var said: [(String, String)] = []
    for room in Self.rooms {
      for name in try SystemFiles().names(in: "\(Self.project)/Sources/\(room)").sorted()
      where name.hasSuffix(".swift") {
        let code = try text("Sources/\(room)/\(name)")
        for match in code.matches(of: #/(?:report|fail)\(\s*"((?:[^"\\]|\\.)*)"/#) {
          said.append(("\(room)/\(name)", String(match.1)))
        }
      }
    }
    return said
  }

  /// The pieces between `\(...)`, parentheses within counted.
  private func fragments(_ literal: String) -> [String] {
    var fragments = [""]
    var depth = 0
    var rest = literal[...]
    while let character = rest.popFirst() {
      if depth == 0, character == "\\", rest.first == "(" {
        rest.removeFirst()
        depth = 1
        fragments.append("")
      } else if depth > 0 {
        depth += character == "(" ? 1 : character == ")" ? -1 : 0
      } else {
        fragments[fragments.count - 1].append(character)
      }
    }
    return fragments
  }

  /// Whether the line could be what the literal prints: its pieces, in their order, something between them.
  private func isLine(_ line: String, of fragments: [String]) -> Bool {
    var rest = line[...]
    for (index, fragment) in fragments.enumerated() {
      let isLast = index == fragments.count - 1
      guard !fragment.isEmpty else { continue }
      if index == 0 {
        guard rest.hasPrefix(fragment) else { return false }
        rest = rest.dropFirst(fragment.count)
      } else if isLast, fragments.count > 1 {
        guard rest.hasSuffix(fragment) else { return false }
        rest = ""
      } else {
        guard let found = rest.dropFirst().firstRange(of: fragment) else { return false }
        rest = rest[found.upperBound...]
      }
    }
    return fragments.last == "" || rest.isEmpty
  }

  @Test func `every line that the programs write is listed`() throws {
    let listed = try listed()
    let said = try said()
    #expect(said.count >= 20)
    for (place, literal) in said {
      let pieces = fragments(literal)
      // Nothing but an error's own text: those follow.
      guard pieces.contains(where: { $0.contains(where: \.isLetter) || $0 == ": " }) else {
        continue
      }
      #expect(listed.contains { isLine($0, of: pieces) }, "\(place): \(literal)")
    }
  }

  @Test(arguments: [
    ("Sources/SpoolConfiguration/SettingsError.swift", 3),
    ("Sources/SystemCalls/SystemError.swift", 1),
  ])
  func `the errors that are reported by themselves are listed`(_ path: String, _ count: Int) throws
  {
    let listed = try listed()
    let texts = try text(path).matches(of: #/"(unable to (?:[^"\\]|\\.)*\)[^"]*)"/#).map {
      String($0.1)
    }
    #expect(texts.count == count)
    for literal in texts {
      #expect(listed.contains { isLine($0, of: fragments(literal)) }, "\(literal)")
    }
  }

  @Test func `every listed line is one that a program writes`() throws {
    var pieces = try said().map { fragments($0.text) }
    for path in [
      "Sources/SpoolConfiguration/SettingsError.swift", "Sources/SystemCalls/SystemError.swift",
      "Sources/SpoolProtocol/SpoolError.swift", "Sources/CacheLayer/CacheError.swift",
      "Sources/CeleryBridge/CeleryBridgeError.swift", "Sources/JobSchedule/ClockError.swift",
      "Sources/CronTable/CronError.swift",
    ] {
      pieces += try text(path).matches(of: #/"((?:[^"\\]|\\.)*)"/#).map { fragments(String($0.1)) }
    }
    // Only what says something of its own can vouch for a line.
    let telling = pieces.filter { $0.joined().count { $0.isLetter } >= 4 }
    for line in try listed() where line != "PLACE: REASON" && line.filter(\.isLowercase).count > 0 {
      #expect(
        telling.contains { isLine(line, of: $0) || isLine("X: \(line)", of: ["", ": "] + $0) }
          || line.hasPrefix("WORKER: "), "\(line)")
    }
  }

  @Test func `every member of a line of the job log is listed, and no other`() throws {
    let source = try text("Sources/SpoolProtocol/AttemptRecord.swift")
    let members = Set(source.matches(of: #/\.add\("([a-z_]+)",/#).map { String($0.1) })
    #expect(members.count >= 16)
    let heads = try page().drop { !$0.hasPrefix(".Ss log/") }.prefix {
      !$0.hasPrefix(".Ss log/metrics")
    }
    .filter { $0.hasPrefix(".It Li ") }
    let listed = heads.flatMap { head in
      head.dropFirst(".It Li ".count).split(separator: ",").map { $0.filter { $0 != " " } }
    }
    #expect(Set(listed) == members)
  }

  @Test func `every metric is listed, and no other`() throws {
    let source = try text("Sources/JobDispatch/Metrics.swift")
    let names = Set(source.matches(of: #/(?:begin|gauge)\(\s*"([a-z_]+)"/#).map { String($0.1) })
    #expect(names.count >= 9)
    let part = try page().drop { !$0.hasPrefix(".Ss log/metrics") }
      .prefix { !$0.hasPrefix(".Ss Standard") }
    let listed = part.filter { $0.hasPrefix(".It Li ") }.flatMap { head in
      head.dropFirst(".It Li ".count).split(separator: ",").map { $0.filter { $0 != " " } }
    }
    #expect(Set(listed) == names)
  }
}

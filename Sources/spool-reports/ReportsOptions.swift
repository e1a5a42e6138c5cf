// SPDX-License-Identifier: MIT

/// What `spool reports` is called with.
struct ReportsOptions {
  enum Command: Hashable {
    case list
    case run(Int)
    case help
  }

  private(set) var command = Command.list
  private(set) var isDryRun = false
  private(set) var output: String?
  private(set) var timeout: Duration?
  private(set) var spool: String?
  private(set) var configuration: String?

  init(_ arguments: some Sequence<String>) throws(ReportsError) {
    var words: [String] = []
    var rest = Array(arguments)[...]
    while let argument = rest.popFirst() {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let inlined = argument.hasPrefix("--") && parts.count > 1 ? String(parts[1]) : nil
      func value() throws(ReportsError) -> String {
        guard let value = inlined ?? rest.popFirst() else {
          throw .usage("option \(parts[0]) needs a value")
        }
        return value
      }
      switch String(parts[0]) {
      case "--output": output = try value()
      case "--timeout": timeout = try Self.seconds(try value())
      case "--spool": spool = try value()
      case "--config": configuration = try value()
      case "--dry-run" where inlined == nil: isDryRun = true
      case "--help" where inlined == nil, "-h": command = .help
      case let word where word.hasPrefix("-"): throw .usage("unknown option \(argument)")
      default: words.append(argument)
      }
    }
    if command != .help { command = try Self.command(words) }
    if output != nil, !isDryRun { throw .usage("--output goes with --dry-run") }
  }

  private static func command(_ words: [String]) throws(ReportsError) -> Command {
    switch words.first {
    case nil: return .list
    case "ls" where words.count == 1: return .list
    case "run" where words.count == 2:
      guard let id = Int(words[1]) else { throw .usage("'\(words[1])' is no number of a report") }
      return .run(id)
    default: throw .usage("'\(words.joined(separator: " "))' is neither 'ls' nor 'run ID'")
    }
  }

  private static func seconds(_ text: String) throws(ReportsError) -> Duration {
    guard let seconds = Double(text), (0...1e9).contains(seconds) else {
      throw .usage("'\(text)' is no number of seconds")
    }
    return .seconds(seconds)
  }
}

// SPDX-License-Identifier: MIT
import CronTable
import SystemCalls

/// What `cron-next` is called with; the expression may come as one argument or as several.
struct Options: Hashable {
  private(set) var expression = ""
  private(set) var dialect = CronDialect.crontab
  private(set) var zone = "UTC"
  /// Unix time; nil: now.
  private(set) var start: Int?
  private(set) var count = 5
  private(set) var wantsHelp = false

  init(_ arguments: some Sequence<String>) throws(CronNextError) {
    var words: [String] = []
    var rest = Array(arguments)[...]
    while let argument = rest.popFirst() {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let inlined = argument.hasPrefix("--") && parts.count > 1 ? String(parts[1]) : nil
      func value() throws(CronNextError) -> String {
        guard let value = inlined ?? rest.popFirst() else {
          throw .usage("option \(argument) needs a value")
        }
        return value
      }
      switch String(parts[0]) {
      case "--tz": zone = try value()
      case "--from": start = try Self.moment(try value())
      case "-n": count = try Self.count(try value())
      case "--superset": dialect = .superset
      case "--help", "-h": wantsHelp = true
      default:
        guard !argument.hasPrefix("-") else { throw .usage("unknown option \(argument)") }
        words.append(argument)
      }
    }
    expression = words.joined(separator: " ")
    guard wantsHelp || !words.isEmpty else { throw .usage("an expression is missing; see --help") }
  }

  private static func moment(_ text: String) throws(CronNextError) -> Int {
    guard let moment = Timestamp(iso8601: text) else {
      throw .usage("'\(text)' is no moment in ISO 8601")
    }
    return Int(moment.seconds.rounded(.down))
  }

  private static func count(_ text: String) throws(CronNextError) -> Int {
    guard let count = Int(text), (0...1_000_000).contains(count) else {
      throw .usage("'\(text)' is no count")
    }
    return count
  }
}

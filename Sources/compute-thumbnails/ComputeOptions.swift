// SPDX-License-Identifier: MIT
import SpoolCommands
import SystemCalls
import TaskContract
import TaskRuntime
import TaskSubmission
import ThumbnailTasks
import Thumbnails

/// What `compute-thumbnails` is called with: Superset's own options, and some of ours.
struct ComputeOptions {
  private(set) var kinds: [ThumbnailKind] = [.dashboard, .chart]
  /// Nil: all.
  private(set) var ids: [Int]?
  private(set) var isForced = false
  private(set) var user: String?
  private(set) var spool: String?
  private(set) var configuration: String?
  private(set) var isDryRun = false
  private(set) var waits = true
  private(set) var timeout: Duration?
  private(set) var sheet: String?
  private(set) var wantsHelp = false

  init(_ arguments: some Sequence<String>) throws(ComputeError) {
    var rest = Array(arguments)[...]
    while let argument = rest.popFirst() {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let inlined = argument.hasPrefix("--") && parts.count > 1 ? String(parts[1]) : nil
      func value() throws(ComputeError) -> String {
        guard let value = inlined ?? rest.popFirst() else {
          throw .usage("option \(parts[0]) needs a value")
        }
        return value
      }
      // Superset has both: --charts_only, and on a whim of its library's --charts-only.
      let name = String(parts[0]).split(separator: "_").joined(separator: "-")
      guard try !take(name, value) else { continue }
      guard inlined == nil, try take(flag: name) else { throw .usage("unknown option \(argument)") }
    }
  }

  private mutating func take(
    _ name: String, _ value: () throws(ComputeError) -> String
  ) throws(ComputeError) -> Bool {
    switch name {
    case "--model-id", "-i": ids = try (ids ?? []) + Self.numbers(try value())
    case "--user": user = try value()
    case "--spool": spool = try value()
    case "--config": configuration = try value()
    case "--sheet": sheet = try value()
    case "--timeout": timeout = try Self.seconds(try value())
    default: return false
    }
    return true
  }

  private mutating func take(flag name: String) throws(ComputeError) -> Bool {
    switch name {
    case "--charts-only", "-c": try restrict(to: .chart)
    case "--dashboards-only", "-d": try restrict(to: .dashboard)
    case "--force", "-f": isForced = true
    case "--dry-run": isDryRun = true
    case "--no-wait", "--asynchronous", "-a": waits = false
    case "--help", "-h": wantsHelp = true
    default: return false
    }
    return true
  }

  private mutating func restrict(to kind: ThumbnailKind) throws(ComputeError) {
    kinds = kinds.filter { $0 == kind }
    guard !kinds.isEmpty else { throw .usage("--charts_only or --dashboards_only, not both") }
  }

  private static func numbers(_ text: String) throws(ComputeError) -> [Int] {
    var numbers: [Int] = []
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let number = Int(word) else { throw .usage("'\(word)' is no number of a model") }
      numbers.append(number)
    }
    return numbers
  }

  private static func seconds(_ text: String) throws(ComputeError) -> Duration {
    guard let seconds = Double(text), (0...1e9).contains(seconds) else {
      throw .usage("'\(text)' is no number of seconds")
    }
    return .seconds(seconds)
  }
}

/// What keeps `compute-thumbnails` from its work altogether.
enum ComputeError: TaskFailure {
  case usage(String)
  case start(TaskStartError)
  case thumbnails(ThumbnailError)
  case submission(SubmissionError)
  case command(CommandError)
  case sheet(SystemError)
  case noUser(String)

  var verdict: Verdict {
    switch self {
    case .usage: .usage
    case .start(let error): error.verdict
    case .thumbnails(let error): error.verdict
    case .submission(let error): error.verdict
    case .command(let error): error.verdict
    case .sheet: .cannotCreate
    case .noUser: .noUser
    }
  }

  var description: String {
    switch self {
    case .usage(let reason): reason
    case .start(let error): "\(error)"
    case .thumbnails(let error): "\(error)"
    case .submission(let error): "\(error)"
    case .command(let error): "\(error)"
    case .sheet(let error): "\(error)"
    case .noUser(let name): "there is no user '\(name)' who may log in"
    }
  }
}

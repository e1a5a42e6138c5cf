// SPDX-License-Identifier: MIT
import Glibc
import JSONValues
import SystemCalls
import TaskContract

/// A task as an executable: one job from standard input, one JSON line to standard output.
///
///     @main
///     enum FetchURL: TaskProgram { … }
package protocol TaskProgram {
  associatedtype Failure: TaskFailure
  /// The task's name on the wire.
  static var name: String { get }
  /// What it does, for people: a sentence without its full stop.
  static var summary: String { get }
  /// Names of the arguments, in the order in which Celery would pass them by position.
  static var parameters: [String] { get }
  /// Flags of its own, with what each does.
  static var flags: [(name: String, effect: String)] { get }
  /// Gives the arguments of a job their names.
  static func named(_ job: JSONValue) throws(TaskStartError) -> JSONValue
  static func run(_ job: JSONValue, _ context: TaskContext) throws(Failure) -> TaskOutput
}

extension TaskProgram {
  package static var flags: [(name: String, effect: String)] { [] }

  package static func named(_ job: JSONValue) throws(TaskStartError) -> JSONValue {
    try JobReader.bound(job, to: parameters)
  }

  /// Not async: in a static executable that alone would cost five milliseconds.
  package static func main() {
    let console = Console(name: name)
    do {
      let options = try TaskOptions(
        CommandLine.arguments.dropFirst(), valued: ["config"],
        flags: Set(flags.map(\.name)).union([ResidentProtocol.option, "help"]))
      guard !options.has("help") else { return console.print(Array(help.utf8)) }
      guard !options.has(ResidentProtocol.option) else {
        return try TaskDesk<Self>(options, console).serve()
      }
      // Until there is a job, SIGTERM ends the process as it ends others.
      let input = try console.readInput()
      let verdict = TaskDesk<Self>(options, console).runAll(input)
      // Not within the call: what the task has kept, a browser say, has to end before the process.
      exit(verdict.rawValue)
    } catch {
      console.fail(error, .null)
      exit(error.verdict.rawValue)
    }
  }

  private static var help: String {
    """
    Usage: \(name) [--config FILE] [--resident] < JOB

    \(summary).
    Reads a job, a JSON object, and prints its result as JSON; spool-task(7) has the statuses.
    In a pipe it also reads one job a line, and prints one result a line.
    Arguments: \(parameters.joined(separator: ", ")).

      --config FILE   spool.toml; otherwise SPOOL_CONFIG tells
      --resident      one request a line, one answer a line, until the input ends

    """
      + flags.map { flag in
        let name = "  --\(flag.name)"
        return name + String(repeating: " ", count: max(1, 18 - name.count)) + flag.effect + "\n"
      }.joined()
  }
}

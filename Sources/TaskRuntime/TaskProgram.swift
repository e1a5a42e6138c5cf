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
  /// Names of the arguments, in the order in which Celery would pass them by position.
  static var parameters: [String] { get }
  static func run(_ job: JSONValue, _ context: TaskContext) throws(Failure) -> TaskOutput
}

extension TaskProgram {
  /// Not async: in a static executable that alone would cost five milliseconds.
  package static func main() {
    let console = Console(name: name)
    do {
      let options = try TaskOptions(
        CommandLine.arguments.dropFirst(), valued: ["config"], flags: [ResidentProtocol.option])
      let desk = TaskDesk<Self>(options, console)
      guard !options.has(ResidentProtocol.option) else { return try desk.serve() }
      let run = desk.run(try console.readInput(), in: ProcessEnvironment.task)
      if let output = run.output { console.print(output.bytes) }
      exit(run.verdict.rawValue)
    } catch {
      console.fail(error, .null)
      exit(error.verdict.rawValue)
    }
  }
}

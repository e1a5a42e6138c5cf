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
    var job = JSONValue.null
    do {
      let options = try TaskOptions(CommandLine.arguments.dropFirst(), valued: ["config"])
      job = try JobReader.bound(try console.readJob(), to: parameters)
      let context = TaskContext(
        options: options, cancellation: Cancellation(), log: { console.log($0) })
      console.print(try run(job, context).bytes)
    } catch let failure as any TaskFailure {
      console.fail(failure, job)
      exit(failure.verdict.rawValue)
    } catch {
      console.log("\(error)")
      exit(Verdict.bug.rawValue)
    }
  }
}

// SPDX-License-Identifier: MIT
import JSONValues
import SupersetMetadata
import SupersetTasks
import TaskRuntime

/// In whose name a task for a chart, a dashboard or a report schedule runs.
@main
enum GetExecutor {
  static func main() {
    let console = Console(name: "get_executor")
    do {
      let options = try TaskOptions(
        CommandLine.arguments.dropFirst(), valued: ["config"], flags: ["help"])
      guard !options.has("help") else { return console.print(Array(help.utf8)) }
      let request = try ExecutorRequest(JobReader.job(try console.readInput()))
      let context = TaskContext(
        options: options, cancellation: Cancellation(), log: { console.log($0) })
      let executor = try SupersetSession(context).executor(
        request.rules, for: request.kind, id: request.id, currentUser: request.currentUser)
      console.print(executor.document.bytes + [UInt8(ascii: "\n")])
    } catch {
      console.exit(because: error)
    }
  }

  private static let help = """
    Usage: get_executor [--config FILE] < REQUEST

    Reads a request and prints in whose name a task runs: which rule has chosen which user, and
    whom it passed over because they may not log in.

      {"executor_types": ["current_user", "owner", "fixed_user:admin"],
       "model": "Slice", "id": 1, "current_user": "alice"}

    model is Slice, Dashboard or ReportSchedule; current_user may be missing. Without
    executor_types Superset's defaults hold: current_user and selenium, for a report owner.

      --config FILE   spool.toml; otherwise SPOOL_CONFIG or SUPERSET_METADATA_URL tells

    """
}

extension Executor {
  fileprivate var document: JSONValue {
    [
      "executor_type": .string(rule.name), "username": .string(user.username),
      "user_id": user.id.map(JSONValue.integer) ?? .null,
      "passed_over": .array(
        passedOver.map {
          ["executor_type": .string($0.rule.name), "reason": .string($0.reason)]
        }),
    ]
  }
}

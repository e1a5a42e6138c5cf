// SPDX-License-Identifier: MIT
import ChartQueries
import ChartTasks
import JSONValues
import TaskContract
import TaskRuntime

/// A query context or a form on standard input, its rows on standard output.
@main
enum ChartDataFilter {
  static func main() {
    let console = Console(name: "chart-data")
    do {
      let options = try TaskOptions(
        CommandLine.arguments.dropFirst(), valued: ["config", "format", "user"],
        flags: ["response", "help"])
      guard !options.has("help") else { return console.print(Array(help.utf8)) }
      let job = try JobReader.job(try console.readInput())
      let context = TaskContext(
        options: options, cancellation: Cancellation(), log: { console.log($0) })
      console.print(try output(for: job, options, context))
    } catch {
      console.exit(because: error)
    }
  }

  private static func output(
    for job: JSONValue, _ options: TaskOptions, _ context: TaskContext
  ) throws -> [UInt8] {
    let format = try RowFormat(options["format"])
    let session = try ChartSession(context)
    // A whole job is taken as well, so that what was dropped can be looked at.
    let formData = job["job_metadata"] == nil ? job : job["form_data"] ?? job
    let user = try session.user(named: options["user"], of: job)
    let request = try session.request(formData, as: user)
    guard !options.has("response") else {
      let answer = try session.answer(to: request, .computed)
      return request.context.format == .json
        ? answer.document + [UInt8(ascii: "\n")] : answer.document
    }
    return try format.bytes(try session.answer(to: request, .computed, as: .json).data)
  }

  private static let help = """
    Usage: chart-data [--config FILE] [--user NAME] [--format json|jsonl|csv] [--response] < FORM

    Reads a Superset query context, a chart's form_data or a whole job, and prints the rows.

      --config FILE   spool.toml; otherwise SPOOL_CONFIG or SUPERSET_METADATA_URL tells
      --user NAME     whose rights and row-level security hold; otherwise the user with id 1
      --format NAME   json: one array (default); jsonl: one row a line; csv: with a header
      --response      the whole answer as Superset's web server sends it

    """
}

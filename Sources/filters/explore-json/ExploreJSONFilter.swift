// SPDX-License-Identifier: MIT
import ChartQueries
import ChartTasks
import JSONValues
import TaskContract
import TaskRuntime

/// The form of a legacy chart on standard input, the answer of Superset's web server on standard output.
@main
enum ExploreJSONFilter {
  static func main() {
    let console = Console(name: "explore-json")
    do {
      let options = try TaskOptions(
        CommandLine.arguments.dropFirst(), valued: ["config", "type", "user"],
        flags: ["force", "help"])
      guard !options.has("help") else { return console.print(Array(help.utf8)) }
      let job = try JobReader.job(try console.readInput())
      let context = TaskContext(
        options: options, cancellation: Cancellation(), log: { console.log($0) })
      let answer = try answer(to: job, options, context)
      console.print(answer.document)
      if let failure = answer.failure { console.exit(because: ChartTaskError(ofExplore: failure)) }
    } catch {
      // Also a request that is refused before any query has its document.
      if case .explore(let failure, _)? = error as? ChartTaskError {
        console.print(ExploreAnswer(failure: failure).document + [UInt8(ascii: "\n")])
      }
      console.exit(because: error)
    }
  }

  private static func answer(
    to job: JSONValue, _ options: TaskOptions, _ context: TaskContext
  ) throws -> (document: [UInt8], failure: ChartQueryError?) {
    let name = options["type"] ?? job["response_type"]?.stringValue ?? "json"
    guard let response = ExploreResponse(rawValue: name) else {
      throw ChartTaskError.unsupported("the type '\(name)'")
    }
    let session = try ChartSession(context)
    let user = try session.user(named: options["user"], of: job)
    let form = job["job_metadata"] == nil ? job : job["form_data"] ?? job
    let request = try session.explore(form, for: response, as: user)
    let answer = try session.answer(to: request, .computed)
    let end = response == .csv && answer.failure == nil ? [] : [UInt8(ascii: "\n")]
    return (answer.document + end, answer.failure)
  }

  private static let help = """
    Usage: explore-json [--config FILE] [--user NAME] [--type NAME] [--force] < FORM

    Reads the form_data of a legacy chart or a whole job, and prints the answer of Superset's
    explore_json, also where that is an error.

      --config FILE   spool.toml; otherwise SPOOL_CONFIG or SUPERSET_METADATA_URL tells
      --user NAME     whose rights and row-level security hold; otherwise the user with id 1
      --type NAME     json: the chart's data (default); csv, results: the rows; samples: the dataset's;
                      query: the SQL
      --force         compute the answer; this program always does

    """
}

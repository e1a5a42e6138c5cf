// SPDX-License-Identifier: MIT
import ChartQueries
import ChartTasks
import JSONValues
import TaskContract
import TaskRuntime

/// A query context or a form on standard input, or a saved chart; its rows on standard output.
@main
enum ChartDataFilter {
  static func main() {
    let console = Console(name: "chart-data")
    do {
      let options = try TaskOptions(
        CommandLine.arguments.dropFirst(), valued: ["chart", "config", "format", "type", "user"],
        flags: ["response", "help"])
      guard !options.has("help") else { return console.print(Array(help.utf8)) }
      try ChartDataRun(options, console).run()
    } catch {
      console.exit(because: error)
    }
  }

  private static let help = """
    Usage: chart-data [--config FILE] [--user NAME] [--format json|jsonl|csv] [--response] < FORM
           chart-data [--config FILE] [--user NAME] --chart ID [--type TYPE] [--format FORMAT]
                      [--response]

    Reads a Superset query context, a chart's form_data or a whole job, and prints the rows.

      --chart ID      the saved chart of this number instead of what is read
      --config FILE   spool.toml; otherwise SPOOL_CONFIG or SUPERSET_METADATA_URL tells
      --format NAME   json: one array (default); jsonl: one row a line; csv: with a header
      --response      the whole answer as Superset's web server sends it, an error's too;
                      with --chart, --format names the answer's format
      --type TYPE     of a saved chart: full (default), results, post_processed, query, samples ...
      --user NAME     whose rights and row-level security hold; otherwise the user with id 1

    """
}

// SPDX-License-Identifier: MIT
import Glibc
import TaskRuntime

/// Superset's command of this name: has the thumbnails made that are missing.
@main
enum ComputeThumbnails {
  static func main() {
    let console = Console(name: "compute-thumbnails")
    do {
      let options = try ComputeOptions(CommandLine.arguments.dropFirst())
      guard !options.wantsHelp else { return console.print(Array(help.utf8)) }
      var run = try ComputeRun(options, console)
      exit(try run.run())
    } catch {
      console.exit(because: error)
    }
  }

  private static let help = """
    Usage: compute-thumbnails [--charts_only | --dashboards_only] [--force] [--model_id N]...
                              [--user NAME] [--dry-run | --no-wait | --timeout SECONDS]
                              [--sheet FILE] [--spool DIR] [--config FILE]

    Leaves a job for each chart and dashboard whose thumbnail is not in the cache, and waits until
    there are pictures of all. The status is that of the first one that has failed.

      -c, --charts_only       no dashboards
      -d, --dashboards_only   no charts
      -f, --force             also those that are there, and those that have failed before
      -i, --model_id N        those of this number only; repeatable, or N,N
      --user NAME             as this user sees them; otherwise as nobody in particular asks
      --dry-run               print the jobs, one a line, for cache_chart_thumbnail or
                              cache_dashboard_thumbnail, and leave none
      -a, --no-wait           leave the jobs, and do not wait for them
      --timeout SECONDS       wait at most so long
      --sheet FILE            write an HTML page with all pictures, and why some are missing
      --spool DIR             otherwise SPOOL, or the current directory
      --config FILE           spool.toml; otherwise SPOOL_CONFIG, or the spool's

    """
}

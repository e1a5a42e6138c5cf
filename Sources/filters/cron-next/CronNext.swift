// SPDX-License-Identifier: MIT
import CronTable
import SystemCalls
import TaskContract
import TaskRuntime

/// A cron expression as an argument, the next instants at which it is due on standard output.
@main
enum CronNext {
  static func main() {
    let console = Console(name: "cron-next")
    do {
      let options = try Options(CommandLine.arguments.dropFirst())
      guard !options.wantsHelp else { return console.print(Array(help.utf8)) }
      let lines = try instants(options).map { InstantText.extended($0) + "\n" }
      console.print(Array(lines.joined().utf8))
    } catch {
      console.exit(because: error)
    }
  }

  private static func instants(_ options: Options) throws(CronNextError) -> [Int] {
    let schedule: CronSchedule
    do {
      let zones = TimeZones { ZoneInfo.bytes(of: $0) }
      schedule = CronSchedule(
        try CronExpression(options.expression, options.dialect),
        in: try zones.rules(of: options.zone))
    } catch {
      throw .cron(error, options.expression)
    }
    var instants: [Int] = []
    var last = options.start ?? Int(SystemClock.now().seconds.rounded(.down))
    while instants.count < options.count, let next = schedule.next(after: last) {
      instants.append(next)
      last = next
    }
    guard !instants.isEmpty || options.count == 0 else { throw .neverDue(options.expression) }
    return instants
  }

  private static let help = """
    Usage: cron-next [--tz ZONE] [--from MOMENT] [-n COUNT] [--superset] EXPRESSION

    Prints the next instants at which a cron expression is due, in UTC, one a line.

      --tz ZONE       the zone whose clocks the expression is about; otherwise UTC
      --from MOMENT   those after this, in ISO 8601; otherwise after now
      -n COUNT        so many; otherwise 5
      --superset      as Superset reads it: seconds, if any, behind the five fields

    """
}

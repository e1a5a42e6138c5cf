// SPDX-License-Identifier: MIT
import JSONValues
import NotificationTasks
import Notifications
import SupersetConfiguration
import SystemCalls
import TaskRuntime

/// What a report says on standard input, out it goes.
@main
enum Notify {
  static func main() {
    let console = Console(name: "notify")
    do {
      let options = try TaskOptions(
        CommandLine.arguments.dropFirst(), valued: ["config", "preview"], flags: ["help"])
      guard !options.has("help") else { return console.print(Array(help.utf8)) }
      let context = TaskContext(
        options: options, cancellation: Cancellation(), log: { console.log($0) })
      let request = try NotifyRequest(
        JobReader.job(try console.readInput()), at: SystemClock.now())
      let run = NotifyRun(request, try sender(context), into: options["preview"])
      console.print(run.document.bytes + [UInt8(ascii: "\n")])
      for failure in run.failures.dropFirst() { console.log("\(failure)") }
      if let failure = run.failures.first { console.exit(because: failure) }
    } catch {
      console.exit(because: error)
    }
  }

  private static func sender(_ context: TaskContext) throws(NotifyFailure) -> NotificationSender {
    do {
      let settings = try SupersetSettings.load(
        path: context.configurationPath, metadataURL: context.metadataURL,
        secretKey: context.secretKey)
      let cancellation = context.cancellation
      return NotificationSender(
        DeliverySettings(settings, environment: context.variables),
        isCancelled: { cancellation.isRequested })
    } catch { throw .configuration(error) }
  }

  private static let help = """
    Usage: notify [--config FILE] [--preview DIR] < REQUEST

    Sends what a report says, as Superset's reports and alerts do, and prints who has not got it.

      {"recipients": [{"type": "Email", "recipient_config_json": {"target": "ann@example.com"}}],
       "name": "Weekly: Sales", "description": "Sales of the <b>week</b>",
       "url": "https://superset.example.com/superset/dashboard/1/", "files": ["sales.png"],
       "table": {"columns": ["region", "sales"], "rows": [["East", "100"], ["West", null]]},
       "error": null, "header_data": {"notification_type": "Report", "chart_id": 1}}

    A recipient's type is Email, Slack, SlackV2 or Webhook. Files are .png, .csv and .pdf. With
    an error nothing else goes along. Every member but recipients and name may be missing.

      --config FILE   spool.toml; otherwise SPOOL_CONFIG tells
      --preview DIR   send nothing, and write there what would be sent

    """
}

// SPDX-License-Identifier: MIT
import JSONValues
import SupersetMetadata
import SupersetTasks
import SupersetWeb
import TaskRuntime
import WebTasks

/// The headers that a running Superset wants to see with a request that changes something.
@main
enum FetchCSRFToken {
  static func main() {
    let console = Console(name: "fetch_csrf_token")
    do {
      let options = try TaskOptions(
        CommandLine.arguments.dropFirst(), valued: ["config", "user"], flags: ["help"])
      guard !options.has("help") else { return console.print(Array(help.utf8)) }
      let context = TaskContext(
        options: options, cancellation: Cancellation(), log: { console.log($0) })
      let session = try WebSession(context)
      let headers = try session.headers(as: try user(named: options["user"], session))
      var members: JSONObject = [:]
      for field in headers.fields { members[field.name] = .string(field.value) }
      console.print(JSONValue.object(members).bytes + [UInt8(ascii: "\n")])
    } catch {
      console.exit(because: error)
    }
  }

  private static func user(
    named name: String?, _ session: WebSession
  ) throws(WebTaskError) -> User {
    let superset = session.superset
    guard let name = name ?? superset.settings.seleniumUser else {
      throw .missingSetting("thumbnail_selenium_user", reason: "and no --user is given")
    }
    do { return try superset.metadata.user(named: name) } catch {
      throw .superset(.metadata(error))
    }
  }

  private static let help = """
    Usage: fetch_csrf_token [--config FILE] [--user NAME]

    Prints the headers with which a running Superset takes a request as one of this user's, as a
    JSON object: the session's cookie and the CSRF token that belongs to it.

      --config FILE   spool.toml; otherwise SPOOL_CONFIG or SUPERSET_METADATA_URL tells
      --user NAME     who asks; otherwise superset.thumbnail_selenium_user

    """
}

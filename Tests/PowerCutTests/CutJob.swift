// SPDX-License-Identifier: MIT

/// A job of the load; its id says everything of it, so that what it must hold is known wherever it is found.
enum CutJob {
  /// What a job does: succeeds, leaves a file, fails for good, wants a second try, waits for its time.
  static let kinds = ["ok", "files", "bad", "again", "eta"]

  /// Writes down outside of the disk that it was begun, so that it must have been claimed.
  static func task(outside: String) -> String {
    """
    echo "$SPOOL_JOB_ID" >> \(outside)/begun
    read -r line
    case $SPOOL_JOB_ID in
      files-*) echo "$line" > $SPOOL_FILES/data ;;
      bad-*) exit 65 ;;
      again-*) [ $SPOOL_ATTEMPT -gt 1 ] || exit 75 ;;
    esac
    echo "$line"
    """
  }

  /// Shell functions for producers: `job ID` prints the job.
  static let shellFunctions = """
    kinds=(\(kinds.joined(separator: " ")))
    job() {
      case $1 in
        eta-*) echo "{\\"task\\":\\"task\\",\\"eta\\":\\"$(date -u -d '+0.05 sec' +%FT%T.%3NZ)\\",\\"kwargs\\":{\\"id\\":\\"$1\\"}}" ;;
        *) echo "{\\"id\\":\\"$1\\"}" ;;
      esac
    }
    """

  static func isWhole(_ text: String, _ id: String) -> Bool {
    let own = "{\"id\":\"\(id)\"}"
    guard id.hasPrefix("eta-") else { return text == own + "\n" }
    return text.hasPrefix("{\"task\":\"task\",\"eta\":\"") && text.hasSuffix(own + "}\n")
  }

  static func isResult(_ text: String, of id: String) -> Bool { text == "{\"id\":\"\(id)\"}\n" }

  /// Where it ends.
  static func end(of id: String) -> String { id.hasPrefix("bad-") ? "errors" : "results" }
}

// SPDX-License-Identifier: MIT

/// What tasks have written down of their runs, and what must never be read there.
///
/// A run may have no end, its worker having been killed; but its process must be gone when the next one starts.
package struct RunJournal {
  /// A task that prints its input and writes its start and end to `tmp/runs`, each in one write that cannot mix with
  /// others; `body` stands between the two and may `exit`.
  package static func task(_ body: String = "") -> String {
    """
    note() { echo "$SPOOL_JOB_ID $1 $$ $SPOOL_ATTEMPT" >> $SPOOL/tmp/runs; }
    note start
    trap 'note end' EXIT
    read -r line
    echo "$line"
    \(body)
    """
  }

  package private(set) var runs = 0
  package private(set) var complaints: [String] = []
  private var last: [Substring: (attempt: Int, hasEnded: Bool)] = [:]

  package init(_ spool: TestSpool) {
    for line in (spool.read("tmp/runs") ?? "").split(separator: "\n") { take(line) }
  }

  /// The jobs of which a run has begun.
  package var begun: Set<String> { Set(last.keys.map(String.init)) }

  private mutating func take(_ line: Substring) {
    let words = line.split(separator: " ")
    guard words.count == 4, let attempt = Int(words[3]) else {
      return complaints.append("a mixed line: \(line)")
    }
    if words[1] == "start" {
      runs += 1
      if let before = last[words[0]], before.attempt >= attempt {
        complaints.append("\(words[0]) began attempt \(attempt) after \(before.attempt)")
      }
      last[words[0]] = (attempt, false)
    } else if last[words[0]]?.attempt == attempt {
      last[words[0]] = (attempt, true)
    } else {
      complaints.append("\(words[0]): attempt \(attempt) ended while a later one ran")
    }
  }
}

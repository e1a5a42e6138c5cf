// SPDX-License-Identifier: MIT
import CronTable
import JSONValues
import SystemCalls

/// Up to when a line of the crontab has been dealt with: what its runs up to this instant came to is over.
struct Stamp: Hashable {
  /// Unix time.
  var until: Int
  /// The last run that was dropped, or is about to be, and where; nil where there was none yet.
  var dropped: Drop?

  struct Drop: Hashable {
    var instant: Int
    var queue: String
  }

  /// One line, for people too; `text` is the line of the crontab.
  func document(of text: String) -> [UInt8] {
    var members: JSONObject = [
      "line": .string(text), "until": .string(InstantText.extended(until)),
    ]
    if let dropped {
      members["dropped"] = .string(InstantText.extended(dropped.instant))
      members["queue"] = .string(dropped.queue)
    }
    return JSONValue.object(members).bytes + [UInt8(ascii: "\n")]
  }

  /// Nil for what no clock wrote.
  init?(_ bytes: [UInt8]) {
    guard let document = try? JSONValue(parsing: bytes),  // Damaged is as good as none.
      let until = Self.instant(document["until"])
    else { return nil }
    self.until = until
    if let instant = Self.instant(document["dropped"]),
      let queue = document["queue"]?.stringValue
    {
      dropped = Drop(instant: instant, queue: queue)
    }
  }

  init(until: Int, dropped: Drop? = nil) {
    self.until = until
    self.dropped = dropped
  }

  private static func instant(_ value: JSONValue?) -> Int? {
    value?.stringValue.flatMap(Timestamp.init(iso8601:)).map { Int($0.seconds.rounded(.down)) }
  }
}

// SPDX-License-Identifier: MIT
import JSONValues

/// What a browser session is told of its job: the document of Superset's `update_job`, with an id.
struct JobEvent: Hashable {
  enum Ending: Hashable {
    case done(url: JSONValue)
    case failed(errors: [JSONValue])
  }

  let channel: EventChannel
  let metadata: JSONObject
  var ending: Ending

  /// Nil where the metadata name no channel; then nobody waits for an event.
  init?(_ metadata: JSONValue?, _ ending: Ending) {
    guard let metadata = metadata?.objectValue,
      let channel = metadata["channel_id"]?.stringValue.flatMap(EventChannel.init)
    else { return nil }
    self.channel = channel
    self.metadata = metadata
    self.ending = ending
  }

  /// The line of the event log, its end included.
  func line(id: EventID, outcome: Outcome) -> [UInt8] {
    var document: JSONObject = ["id": .string(id.description)]
    // The guest's token is a secret of its owner; Superset keeps it out of its events as well.
    for (name, value) in metadata where name != "guest_token" && name != "id" {
      document[name] = value
    }
    switch ending {
    case .done(let url):
      document["status"] = "done"
      document["errors"] = []
      document["result_url"] = url
    case .failed(let errors):
      document["status"] = "error"
      document["errors"] = .array(errors)
      document["result_url"] = .null
    }
    document["queue"] = .string(outcome.queue.text)
    document["job"] = .string(outcome.id.text)
    return JSONValue.object(document).bytes + [UInt8(ascii: "\n")]
  }
}

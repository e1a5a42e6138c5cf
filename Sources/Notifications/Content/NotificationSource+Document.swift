// SPDX-License-Identifier: MIT
import JSONValues

extension NotificationSource {
  /// What programs are told, by Superset's names.
  var document: JSONObject {
    [
      "notification_type": .string(kind.rawValue),
      "notification_source": .string(subject.rawValue),
      "notification_format": .string(format.rawValue),
      "chart_id": chartID.map(JSONValue.integer) ?? .null,
      "dashboard_id": dashboardID.map(JSONValue.integer) ?? .null,
      "owners": .array(owners.map(JSONValue.string)),
      "slack_channels": .array(slackChannels.map(JSONValue.string)),
    ]
  }

  /// A text with what stands in it in braces, `{chart_id}`; nil with a name that is none.
  func filled(_ template: String) -> String? {
    let document = document
    var output = ""
    var rest = template[...]
    while let start = rest.firstIndex(of: "{") {
      output += rest[..<start]
      rest = rest[rest.index(after: start)...]
      guard let end = rest.firstIndex(of: "}"), let value = document[String(rest[..<end])] else {
        return nil
      }
      output += Self.text(of: value)
      rest = rest[rest.index(after: end)...]
    }
    return output + rest
  }

  private static func text(of value: JSONValue) -> String {
    switch value {
    case .null: ""
    case .string(let text): text
    case .array(let items): items.map(text).joined(separator: ", ")
    case .bool, .integer, .double, .literal, .object: value.text
    }
  }
}

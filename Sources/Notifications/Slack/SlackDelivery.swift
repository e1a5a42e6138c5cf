// SPDX-License-Identifier: MIT
import JSONValues

/// Sends to channels of Slack, by the way that it has left open: files are uploaded first, and then shown.
final class SlackDelivery {
  private let settings: SlackSettings
  private let isCancelled: () -> Bool
  private var keptClient: SlackClient?
  /// Ids of the channels by their names; nil before anybody has asked.
  private var directory: [String: String]?

  init(_ settings: SlackSettings, isCancelled: @escaping () -> Bool) {
    self.settings = settings
    self.isCancelled = isCancelled
  }

  /// - Returns: the channels that have not got it, where others have.
  func deliver(
    _ notification: Notification, to channels: [String]
  ) throws(NotificationError) -> DeliveryReport {
    let message = SlackMessage(notification)
    let client = try client()
    var missing: [DeliveryReport.Missing] = []
    for channel in channels {
      do throws(NotificationError) {
        try deliver(message, to: try id(of: channel, client), client)
      } catch {
        missing.append(DeliveryReport.Missing(name: channel, reason: error))
      }
    }
    // Where nobody has it, the failure that another try may do away with decides.
    guard missing.count < channels.count else {
      let worst =
        missing.first { $0.reason.mayHaveGoneOut }
        ?? missing.first { $0.reason.isTemporary } ?? missing.first
      guard let worst else { throw .noTarget(type: "Slack") }
      throw worst.reason
    }
    return DeliveryReport(missing: missing)
  }

  private func client() throws(NotificationError) -> SlackClient {
    if let keptClient { return keptClient }
    let client = try SlackClient(settings, isCancelled: isCancelled)
    keptClient = client
    return client
  }

  private func deliver(
    _ message: SlackMessage, to channel: String, _ client: SlackClient
  ) throws(NotificationError) {
    guard !message.files.isEmpty else {
      _ = try client.call("chat.postMessage", ["channel": channel, "text": message.text])
      return
    }
    var uploaded: [JSONValue] = []
    for file in message.files {
      uploaded.append(["id": .string(try upload(file, client)), "title": .string(message.title)])
    }
    // One call shows all of them with one comment: before it nobody sees anything.
    _ = try client.call(
      "files.completeUploadExternal",
      [
        "files": JSONValue.array(uploaded).text, "channel_id": channel,
        "initial_comment": message.text,
      ])
  }

  /// - Returns: Slack's id of the file.
  private func upload(
    _ file: Attachment, _ client: SlackClient
  ) throws(NotificationError) -> String {
    let method = "files.getUploadURLExternal"
    let place = try client.call(
      method, ["filename": file.name, "length": "\(file.bytes.count)"])
    guard let url = place["upload_url"]?.stringValue, let id = place["file_id"]?.stringValue else {
      throw .slack(SlackFailure(method: method, cause: .nonsense))
    }
    try client.upload(file, to: url)
    return id
  }
}

// MARK: channels by name

extension SlackDelivery {
  /// Channels of a page; Slack gives up to a thousand.
  private static let pageSize = 999
  /// So many pages are no list any more, but a circle.
  private static let pageLimit = 1_000

  private func id(of channel: String, _ client: SlackClient) throws(NotificationError) -> String {
    guard !Self.isID(channel) else { return channel }
    let name = channel.lowercased()
    if let id = directory?[name] { return id }
    // One that is not in a list from before may have come meanwhile.
    let found = try channels(client)
    directory = found
    guard let id = found[name] else {
      throw .slack(
        SlackFailure(
          method: "conversations.list",
          cause: .word("channel_not_found", detail: channel.singleLine)))
    }
    return id
  }

  /// `C012AB3CD`; of a channel, a group or a direct message. Names are in lower case.
  private static func isID(_ text: String) -> Bool {
    text.utf8.count >= 8 && "CGDU".contains(text.first ?? " ")
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
      }
  }

  private func channels(_ client: SlackClient) throws(NotificationError) -> [String: String] {
    var found: [String: String] = [:]
    var cursor = ""
    for _ in 0..<Self.pageLimit {
      let page = try client.call(
        "conversations.list",
        [
          "types": "public_channel,private_channel", "exclude_archived": "true",
          "limit": "\(Self.pageSize)", "cursor": cursor,
        ])
      for channel in page["channels"]?.arrayValue ?? [] {
        guard let name = channel["name"]?.stringValue, let id = channel["id"]?.stringValue else {
          continue
        }
        found[name.lowercased()] = id
      }
      cursor = page["response_metadata"]?["next_cursor"]?.stringValue ?? ""
      if cursor.isEmpty { break }
    }
    return found
  }
}

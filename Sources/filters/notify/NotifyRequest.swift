// SPDX-License-Identifier: MIT
import JSONValues
import Notifications
import SystemCalls

/// What `notify` reads: a notification and who gets it.
struct NotifyRequest {
  let notification: Notification
  /// As they were written; each is read when it has its turn.
  let recipients: [JSONValue]

  init(_ request: JSONValue, at moment: Timestamp) throws(NotifyFailure) {
    guard let recipients = request["recipients"]?.arrayValue, !recipients.isEmpty else {
      throw .missing("recipients")
    }
    guard let name = try Self.text(request, "name") else { throw .missing("name") }
    self.recipients = recipients
    // Without an identity of its own a request is the same as one with the same words at the same moment.
    let identity = try Self.text(request, "identity") ?? "\(moment.nanoseconds) \(request.text)"
    var notification = Notification(
      name, try Self.source(request["header_data"]), identity: identity, at: moment)
    notification.description = try Self.text(request, "description") ?? ""
    notification.url = try Self.text(request, "url")
    notification.errorText = try Self.text(request, "error")
    notification.table = try Self.table(request["table"])
    for path in request["files"]?.arrayValue ?? [] {
      guard let path = path.stringValue else { throw .malformed("files") }
      try Self.add(path, to: &notification)
    }
    self.notification = notification
  }

  private static func text(_ request: JSONValue, _ name: String) throws(NotifyFailure) -> String? {
    guard let value = request[name], !value.isNull else { return nil }
    guard let text = value.stringValue else { throw .malformed(name) }
    return text
  }

  private static func source(_ data: JSONValue?) throws(NotifyFailure) -> NotificationSource {
    var source = NotificationSource(
      try choice(data, "notification_type") ?? .report,
      try choice(data, "notification_source") ?? .chart,
      as: try choice(data, "notification_format") ?? .text)
    source.chartID = data?["chart_id"]?.integerValue
    source.dashboardID = data?["dashboard_id"]?.integerValue
    source.owners = data?["owners"]?.arrayValue?.compactMap(\.stringValue) ?? []
    source.slackChannels = data?["slack_channels"]?.arrayValue?.compactMap(\.stringValue) ?? []
    return source
  }

  private static func choice<Choice: RawRepresentable<String>>(
    _ data: JSONValue?, _ name: String
  ) throws(NotifyFailure) -> Choice? {
    guard let value = data?[name], !value.isNull else { return nil }
    guard let choice = value.stringValue.flatMap(Choice.init(rawValue:)) else {
      throw .malformed("header_data.\(name)")
    }
    return choice
  }

  private static func table(_ value: JSONValue?) throws(NotifyFailure) -> NotificationTable? {
    guard let value, !value.isNull else { return nil }
    guard let columns = value["columns"]?.arrayValue, let rows = value["rows"]?.arrayValue else {
      throw .malformed("table")
    }
    let cells = rows.map { row in (row.arrayValue ?? []).map(cell) }
    let index = value["index"]?.arrayValue?.map(names) ?? rows.indices.map { ["\($0)"] }
    return NotificationTable(levels: columns.map(names), index: index, rows: cells)
  }

  /// One level, or several in an array.
  private static func names(_ value: JSONValue) -> [String] {
    (value.arrayValue ?? [value]).map { cell($0) ?? "" }
  }

  private static func cell(_ value: JSONValue) -> String? {
    value.isNull ? nil : value.stringValue ?? value.text
  }

  private static func add(
    _ path: String, to notification: inout Notification
  ) throws(NotifyFailure) {
    let bytes: [UInt8]
    do { bytes = try SystemFiles().contents(of: path) } catch { throw .file(error) }
    switch path.lowercased().suffix(4) {
    case ".png": notification.pictures.append(bytes)
    case ".csv": notification.csv = bytes
    case ".pdf": notification.pdf = bytes
    default: throw .unknownFile(path)
    }
  }
}

// SPDX-License-Identifier: MIT
import JSONValues
import Notifications
import SystemCalls

/// A notification on its way to all its recipients: one that does not get it keeps none of the others from it.
struct NotifyRun {
  private(set) var failures: [NotifyFailure] = []
  private var results: [JSONValue] = []

  /// - Parameter directory: where previews are written instead; nil to send.
  init(_ request: NotifyRequest, _ sender: NotificationSender, into directory: String?) {
    for (number, recipient) in request.recipients.enumerated() {
      do throws(NotifyFailure) {
        let recipient = try Self.recipient(recipient)
        var notification = request.notification
        notification.identity += " \(recipient)"
        let result: JSONObject
        if let directory {
          let files = try Self.known { () throws(NotificationError) in
            try sender.preview(notification, to: recipient)
          }
          result = ["files": try Self.write(files, number: number, into: directory)]
        } else {
          let report = try Self.known { () throws(NotificationError) in
            try sender.deliver(notification, to: recipient)
          }
          failures += report.missing.map { .notification($0.reason) }
          result = ["missing": .array(report.missing.map(Self.document))]
        }
        results.append(
          .object(result.merging(["recipient": .string("\(recipient)")]) { $1 }))
      } catch {
        failures.append(error)
        results.append(["error": .string("\(error)")])
      }
    }
  }

  var document: JSONValue { ["recipients": .array(results)] }

  private static func recipient(_ value: JSONValue) throws(NotifyFailure) -> NotificationRecipient {
    guard let type = value["type"]?.stringValue, let configuration = value["recipient_config_json"]
    else { throw .malformed("recipients") }
    // The database has it as a text.
    let text = configuration.stringValue ?? configuration.text
    return try known { () throws(NotificationError) in
      try NotificationRecipient(type: type, configuration: text)
    }
  }

  private static func known<Value>(
    _ body: () throws(NotificationError) -> Value
  ) throws(NotifyFailure) -> Value {
    do { return try body() } catch { throw .notification(error) }
  }

  private static func document(_ missing: DeliveryReport.Missing) -> JSONValue {
    ["name": .string(missing.name), "reason": .string("\(missing.reason)")]
  }

  /// - Returns: the paths.
  private static func write(
    _ previews: [PreviewFile], number: Int, into directory: String
  ) throws(NotifyFailure) -> JSONValue {
    var paths: [JSONValue] = []
    let files = SystemFiles()
    do throws(SystemError) {
      for preview in previews {
        let path = "\(directory)/\(number + 1) \(preview.name)"
        try files.unlinkIfPresent(path)
        try files.write(preview.bytes, to: files.open(path, .create))
        paths.append(.string(path))
      }
    } catch { throw .output(error) }
    return .array(paths)
  }
}

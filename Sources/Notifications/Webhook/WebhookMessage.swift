// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

/// What a webhook is given of a notification, by the names that newer versions of Superset have for it.
struct WebhookMessage {
  private let notification: Notification
  private let files: [Attachment]

  init(_ notification: Notification) {
    self.notification = notification
    var pictures = 0
    files = notification.attachments.map { file in
      let name = file.kind == .picture ? "screenshot_\(pictures).png" : "report.\(file.kind.ending)"
      if file.kind == .picture { pictures += 1 }
      return Attachment(kind: file.kind, name: name, bytes: file.bytes)
    }
  }

  /// The same for the same message, so that who gets it twice sees that.
  var key: String { MD5.hexadecimal(notification.identity) }

  private var fields: JSONObject {
    var header = notification.source.document
    header["owners"] = nil
    header["slack_channels"] = nil
    return [
      "name": .string(notification.name),
      "header": .object(header),
      "text": notification.errorText.map(JSONValue.string) ?? .null,
      "description": .string(notification.description),
      "url": notification.url.map(JSONValue.string) ?? .null,
    ]
  }

  /// JSON, or a form where files go along.
  var body: (type: String, bytes: [UInt8]) {
    guard !files.isEmpty else { return ("application/json", JSONValue.object(fields).bytes) }
    var form = MultipartForm(
      boundary: "form-\(key)", size: files.reduce(4_096) { $0 + $1.bytes.count })
    for (name, value) in fields where !value.isNull {
      form.append(name, value.stringValue ?? value.text)
    }
    for file in files { form.append("files", file) }
    return ("multipart/form-data; boundary=\(form.boundary)", form.finished())
  }

  func preview(for url: String) -> [PreviewFile] {
    var document = fields
    document["files"] = .array(files.map { .string($0.name) })
    let body = JSONValue.object(document)
    return [PreviewFile(name: "webhook.json", type: "application/json", bytes: body.bytes)]
      + files.map { PreviewFile(name: $0.name, type: $0.kind.rawValue, bytes: $0.bytes) }
  }
}

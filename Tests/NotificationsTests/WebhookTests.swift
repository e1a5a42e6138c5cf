// SPDX-License-Identifier: MIT
import JSONValues
import Notifications
import SpoolTesting
import Testing

struct WebhookTests {
  private let server: TestServer

  init() throws { server = try TestServer("web_server.py") }

  private var settings: DeliverySettings {
    var settings = DeliverySettings()
    settings.webhook.needsHTTPS = false
    settings.webhook.allowsInternalHosts = true
    return settings
  }

  private func deliver(
    _ notification: Notification, _ path: String, _ settings: DeliverySettings
  ) throws {
    let url = path.contains(":") ? path : "http://127.0.0.1:\(server.port)\(path)"
    let report = try NotificationSender(settings).deliver(notification, to: .webhook(url: url))
    #expect(report == DeliveryReport())
  }

  @Test func `without files it is JSON`() throws {
    try deliver(Sample.notification("Отчёт"), "/ok?key=1", settings)
    let request = try #require(try server.kept("requests").first)
    #expect(request["path"] == "/ok?key=1")
    #expect(
      request["json"] == [
        "name": "Отчёт",
        "header": [
          "notification_type": "Report", "notification_source": "chart",
          "notification_format": "PNG", "chart_id": 7, "dashboard_id": nil,
        ],
        "text": nil, "description": "Sales of the <b>week</b>",
        "url": "https://superset.example.com/explore/?slice_id=7&force=true",
      ])
    #expect(request["headers"]?["Idempotency-Key"]?.stringValue?.utf8.count == 32)
  }

  @Test func `with files it is a form, and the same message has the same key`() throws {
    var notification = Sample.notification("a\"\r\nb")
    notification.csv = Array("a,b\r\n".utf8)
    notification.pictures = [Sample.picture, Sample.picture]
    for _ in 0..<2 { try deliver(notification, "/ok", settings) }
    let requests = try server.kept("requests")
    #expect(
      requests[0]["headers"]?["Idempotency-Key"] == requests[1]["headers"]?["Idempotency-Key"])
    let form = try #require(requests[0]["form"])
    #expect(form["name"] == "a\"\r\nb" && form["text"] == nil)
    let header = try JSONValue(parsing: form["header"]?.stringValue ?? "")
    #expect(header["chart_id"] == 7)
    let files = requests[0]["files"]?.arrayValue ?? []
    #expect(files.map { $0["field"] } == ["files", "files", "files"])
    #expect(files.map { $0["name"] } == ["report.csv", "screenshot_0.png", "screenshot_1.png"])
    #expect(files.map { $0["size"] } == [5, 264, 264])
    #expect(files.map { $0["type"] } == ["text/csv", "image/png", "image/png"])
  }

  @Test(arguments: [
    ("/missing", false, false, 422, "it answers 404"),
    ("/broken", true, false, 400, "it answers 500"),
    ("/limited", true, false, 400, "it answers 429"),
    ("/redirect", false, false, 422, "it answers 302, a redirect, which is not followed"),
    ("/hangup", true, true, 400, ""), ("/slow", true, true, 400, ""),
    ("http://127.0.0.1:1/", true, false, 400, ""), ("ftp://127.0.0.1/", false, false, 422, "http"),
    ("file:///etc/passwd", false, false, 422, "http"), ("http://", false, false, 422, "no host"),
    ("http://a b/", false, false, 422, "blanks"), ("http://x\r\ny/", false, false, 422, "blanks"),
  ])
  func `a failure says what it means, and nothing of what the server says`(
    _ path: String, _ isTemporary: Bool, _ mayBeOut: Bool, _ status: Int, _ words: String
  ) throws {
    var settings = settings
    settings.webhook.timeout = 2
    let error = #expect(throws: NotificationError.self) {
      try deliver(Sample.notification(), path, settings)
    }
    #expect(error?.isTemporary == isTemporary && error?.mayHaveGoneOut == mayBeOut)
    #expect(error?.status == status, "\(String(describing: error))")
    #expect("\(String(describing: error))".contains(words) || words.isEmpty)
    #expect(error.map { !"\($0)".contains("secret") && !"\($0)".contains(path) } ?? false)
    #expect(error?.retryAfter == (path == "/limited" ? 9 : nil))
    #expect(try server.kept("requests").count <= 1)
  }

  @Test(arguments: ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"])
  func `a server of this network is not reached unless that is allowed`(_ host: String) throws {
    var settings = settings
    settings.webhook.allowsInternalHosts = false
    let error = #expect(throws: NotificationError.self) {
      try deliver(Sample.notification(), "http://\(host):\(server.port)/ok", settings)
    }
    #expect(
      "\(String(describing: error))".contains("it is a server of this network"))
    #expect(error?.isTemporary == false && error?.status == 422)
    #expect(try server.kept("requests") == [])
  }

  @Test func `https is asked for unless it is not`() throws {
    var settings = settings
    settings.webhook.needsHTTPS = true
    let error = #expect(throws: NotificationError.self) {
      try deliver(Sample.notification(), "/ok", settings)
    }
    #expect(error?.status == 422)
  }
}

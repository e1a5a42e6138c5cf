// SPDX-License-Identifier: MIT
import JSONValues
import Notifications
import SpoolTesting
import Testing

/// Against a server of Slack's shape.
struct SlackTests {
  private let server: TestServer

  init() throws { server = try TestServer("web_server.py") }

  private var settings: DeliverySettings {
    var settings = DeliverySettings()
    settings.slack.token = "xoxb-secret-token"
    settings.slack.url = "http://127.0.0.1:\(server.port)/api/"
    return settings
  }

  private func deliver(_ notification: Notification, _ channels: String...) throws -> DeliveryReport
  {
    try NotificationSender(settings).deliver(notification, to: .slack(channels: channels))
  }

  private func calls() throws -> [String] {
    try server.kept("requests").compactMap { $0["path"]?.stringValue }
  }

  @Test func `a text is posted to each channel`() throws {
    var notification = Sample.notification("Weekly <Sales> & more")
    notification.table = NotificationTable(columns: ["region"], rows: [["<East> `x`"], [nil]])
    #expect(try deliver(notification, "C0AAAAAAA", "G0BBBBBBB") == DeliveryReport())
    let requests = try server.kept("requests")
    #expect(try calls() == ["/api/chat.postMessage", "/api/chat.postMessage"])
    #expect(requests.map { $0["form"]?["channel"] } == ["C0AAAAAAA", "G0BBBBBBB"])
    #expect(requests[0]["headers"]?["Authorization"] == "Bearer xoxb-secret-token")
    #expect(
      requests[0]["form"]?["text"] == """
        *Weekly &lt;Sales&gt; &amp; more*

        Sales of the <b>week</b>

        <https://superset.example.com/explore/?slice_id=7&amp;force=true|Explore in Superset>

        ```
        |     | region     |
        |----:|:-----------|
        |   0 | &lt;East&gt; 'x' |
        |   1 |            |
        ```
        """)
  }

  @Test func `names are looked up once, on as many pages as there are`() throws {
    let sender = NotificationSender(settings)
    for _ in 0..<2 {
      let report = try sender.deliver(
        Sample.notification(), to: .slack(channels: ["channel-3", "channel-2400"]))
      #expect(report == DeliveryReport())
    }
    let requests = try server.kept("requests")
    let posted = requests.filter { $0["path"] == "/api/chat.postMessage" }
    #expect(posted.map { $0["form"]?["channel"] }[..<2] == ["C00000003", "C00002400"])
    #expect(try calls().count { $0 == "/api/conversations.list" } == 3)
  }

  @Test func `pictures are uploaded and shown by one call with the text`() throws {
    var notification = Sample.notification("Отчёт")
    notification.pictures = [Sample.picture, Sample.picture + [1, 2]]
    notification.pdf = [1]
    #expect(try deliver(notification, "C0AAAAAAA") == DeliveryReport())
    #expect(
      try calls() == [
        "/api/files.getUploadURLExternal", "/place/F00000000", "/api/files.getUploadURLExternal",
        "/place/F00000001", "/api/files.completeUploadExternal",
      ])
    let requests = try server.kept("requests")
    #expect(
      requests[0]["form"]?["filename"] == "Отчёт.png" && requests[0]["form"]?["length"] == "264")
    #expect(requests[1]["headers"]?["Authorization"] == nil)
    let shown = try #require(requests[4]["form"])
    #expect(shown["channel_id"] == "C0AAAAAAA")
    #expect(shown["initial_comment"]?.stringValue?.hasPrefix("*Отчёт*\n\nSales") == true)
    let files = try JSONValue(parsing: shown["files"]?.stringValue ?? "")
    #expect(files.arrayValue?.map { $0["title"] } == ["Отчёт", "Отчёт"])
  }

  @Test func `CSV goes before pictures, pictures before PDF, and an error before all`() throws {
    var notification = Sample.notification("a")
    notification.pdf = [1]
    func names() throws -> JSONValue? {
      let files = try NotificationSender(settings)
        .preview(notification, to: .slack(channels: ["general"]))
      return try JSONValue(parsing: files[0].bytes)["files"]
    }
    #expect(try names() == ["a.pdf"])
    notification.pictures = [[1], [2]]
    #expect(try names() == ["a.png", "a 2.png"])
    notification.csv = [1]
    #expect(try names() == ["a.csv"])
    notification.errorText = "boom <x>"
    #expect(try names() == [])
    _ = try deliver(notification, "C0AAAAAAA")
    #expect(
      try server.kept("requests")[0]["form"]?["text"]?.stringValue
        == "*a*\n\nSales of the <b>week</b>\n\nError: boom &lt;x&gt;")
  }

  @Test(arguments: [10, 200, 4_000]) func `a long table loses whole rows and says how many`(
    _ width: Int
  ) throws {
    var notification = Sample.notification()
    notification.table = NotificationTable(
      columns: ["a", "b"],
      rows: (0..<500).map { ["row \($0) <&>", String(repeating: "ü", count: width)] })
    _ = try deliver(notification, "C0AAAAAAA")
    let text = try #require(
      try server.kept("requests")[0]["form"]?["text"]?.stringValue)
    #expect(text.count <= 4_000 && text.count > 3_700)
    let shown = text.split(separator: "\n").count { $0.hasPrefix("|") } - 2
    #expect(text.hasSuffix("```\n\n(table was truncated: \(500 - shown) of 500 rows left out)"))
  }

  @Test func `long words leave half of the text to the table`() throws {
    var notification = Sample.notification()
    notification.description = String(repeating: "word ", count: 3_000)
    notification.table = NotificationTable(columns: ["a"], rows: [["cell"]])
    _ = try deliver(notification, "C0AAAAAAA")
    let text = try #require(
      try server.kept("requests")[0]["form"]?["text"]?.stringValue)
    #expect(
      text.count <= 4_000 && text.contains("| cell |") && text.contains("|Explore in Superset>"))
  }

  @Test(arguments: [
    ("C0UNKNOWN", false, false, 400, "chat.postMessage: channel_not_found"),
    ("C0FORBIDDEN", false, false, 401, "missing_scope (needed: chat:write)"),
    ("C0BROKEN", true, false, 400, "chat.postMessage: status 503"),
    ("C0HANGUP", true, true, 400, "chat.postMessage: "),
    ("C0LIMITED", true, false, 400, "status 429"),
    ("nowhere", false, false, 400, "conversations.list: channel_not_found (nowhere)"),
  ])
  func `Slack's word for what is wrong is told, and whether another try makes sense`(
    _ channel: String, _ isTemporary: Bool, _ mayBeOut: Bool, _ status: Int, _ words: String
  ) throws {
    let error = #expect(throws: NotificationError.self) {
      try deliver(Sample.notification(), channel)
    }
    #expect(error?.isTemporary == isTemporary && error?.mayHaveGoneOut == mayBeOut)
    #expect(error?.status == status)
    #expect(String(describing: error).contains(words), "\(String(describing: error))")
    #expect(error?.retryAfter == (channel == "C0LIMITED" ? 17 : nil))
  }

  @Test func `a channel that fails takes none of the others along`() throws {
    let report = try deliver(Sample.notification(), "C0UNKNOWN", "C0AAAAAAA", "C0LIMITED")
    #expect(report.missing.map(\.name) == ["C0UNKNOWN", "C0LIMITED"])
    #expect(report.missing.map(\.reason.isTemporary) == [false, true])
  }

  @Test func `what is not answered over a kept connection is not sent once more`() throws {
    let report = try deliver(Sample.notification(), "C0AAAAAAA", "C0HANGUP")
    #expect(report.missing.map(\.reason.mayHaveGoneOut) == [true])
    #expect(try calls().count == 2)
  }

  @Test func `a token that is none is an error without the token`() throws {
    var settings = settings
    settings.slack.token = "xoxb-another-secret"
    let error = #expect(throws: NotificationError.self) {
      try NotificationSender(settings)
        .deliver(Sample.notification(), to: .slack(channels: ["C0AAAAAAA"]))
    }
    #expect(error?.status == 401 && error?.isTemporary == false)
    #expect(!String(describing: error).contains("another"))
    settings.slack.token = nil
    let missing = #expect(throws: NotificationError.self) {
      try NotificationSender(settings)
        .deliver(Sample.notification(), to: .slack(channels: ["C0AAAAAAA"]))
    }
    #expect(
      missing
        == .missingSetting(
          "slack_api_token", reason: "without it nothing can be sent to Slack"))
  }

  @Test func `a proxy stands between where there is one`() throws {
    var settings = settings
    settings.slack.url = "http://slack.invalid/api/"
    settings.slack.proxy = "http://127.0.0.1:\(server.port)"
    // The test's server answers what is no path of its own as a webhook would: Slack it is not.
    let error = #expect(throws: NotificationError.self) {
      try NotificationSender(settings)
        .deliver(Sample.notification(), to: .slack(channels: ["C0AAAAAAA"]))
    }
    #expect(error?.isTemporary == true)
    #expect(try calls() == ["http://slack.invalid/api/chat.postMessage"])
  }
}

// SPDX-License-Identifier: MIT
import JSONValues
import Notifications
import Testing

struct MailMessageTests {
  @Test func `a mail has a text, a page, files beside them and pictures in the page`() throws {
    var notification = Sample.notification()
    notification.pictures = [Sample.picture, Sample.picture + [1]]
    notification.csv = Array("a,b\r\n1,2\r\n".utf8)
    notification.pdf = Array("%PDF-1.7\n\0\u{FF}".utf8)
    let mail = try Sample.look(notification)
    #expect(mail.isSound && mail["ascii"] == true, "\(mail)")
    #expect(
      mail["tree"] == [
        "related", ["alternative", "text/plain", "text/html"], "text/csv", "application/pdf",
        "image/png", "image/png",
      ])
    #expect(mail["preamble"] == "This is a multi-part message in MIME format.")
    let names = mail.parts.map { $0["name"]?.stringValue }
    #expect(
      names == [
        nil, nil, "Weekly: Sales.csv", "Weekly: Sales.pdf", "Weekly: Sales.png",
        "Weekly: Sales 2.png",
      ])
    #expect(mail.parts.map { $0["size"] }[2...] == [10, 12, 264, 265])
    let dispositions = mail.parts.map { $0["disposition"]?.stringValue }
    #expect(dispositions == [nil, nil, "attachment", "attachment", "inline", "inline"])
    let page = try #require(mail.parts[1]["text"]?.stringValue)
    for part in mail.parts[4...] {
      let id = try #require(part["id"]?.stringValue?.dropFirst().dropLast())
      #expect(page.contains("<img width=\"1000\" src=\"cid:\(id)\">"))
    }
    #expect(!mail.parts[2...3].contains { $0["id"]?.stringValue != nil })
  }

  @Test func `its headers say who sends what to whom, and that a machine does`() throws {
    let mail = try Sample.look(
      Sample.notification(),
      to: Sample.mail("ann@example.com", "bob@example.com", cc: ["cy@x.org"], bcc: ["di@x.org"]))
    #expect(mail.header("Subject") == "[Report] Weekly: Sales")
    #expect(mail.header("From") == "superset@superset.com")
    #expect(mail.header("To") == "ann@example.com, bob@example.com")
    #expect(mail.header("Cc") == "cy@x.org")
    #expect(mail.header("Date") == "Mon, 30 Nov 2026 00:54:40 +0000")
    #expect(mail.header("Auto-Submitted") == "auto-generated")
    #expect(!mail.text.contains("di@x.org"))
  }

  @Test func `the same mail has the same ids, another one others`() throws {
    var other = Sample.notification()
    other.identity += "2"
    let ids = try [Sample.notification(), Sample.notification(), other]
      .map { try Sample.look($0).header("Message-ID") }
    #expect(ids[0] == ids[1] && ids[0] != ids[2])
    #expect(ids[0]?.hasSuffix("@superset.com>") == true)
  }

  @Test func `names of any alphabet arrive, in headers and for files`() throws {
    var settings = DeliverySettings()
    settings.mail.from = "Отчёты \"Суперсет\" <superset@example.com>"
    for name in [
      "Отчёт: продажи за неделю, все регионы и все товары", "売上 📊", "Ünïcode \"quoted\" \\",
    ] {
      var notification = Sample.notification(name)
      notification.csv = [0x61]
      let mail = try Sample.look(notification, settings)
      #expect(mail.isSound && mail["ascii"] == true, "\(mail)")
      #expect(mail.header("Subject") == "[Report] \(name)")
      #expect(mail.header("From")?.contains("Отчёты") == true)
      #expect(mail.parts.last?["name"] == .string("\(name).csv".replacing("\\", with: "_")))
    }
  }

  @Test func `the text says what the page says`() throws {
    var notification = Sample.notification()
    notification.description = "<p>One &amp; all</p><ul><li>a<li>b</ul><script>x()</script>"
    notification.table = NotificationTable(
      columns: ["region", "sales"], rows: [["East <1>", "100"], [nil, "2,000.5"]])
    let mail = try Sample.look(notification)
    #expect(
      mail.parts[0]["text"] == """
        One & all

        - a
        - b

        Explore in Superset: https://superset.example.com/explore/?slice_id=7&force=true

        |     | region   |   sales |
        |----:|:---------|--------:|
        |   0 | East <1> |     100 |
        |   1 |          | 2,000.5 |
        """)
    let page = try #require(mail.parts[1]["text"]?.stringValue)
    #expect(page.contains("<div><p>One &amp; all</p><ul><li>a</li><li>b</li></ul></div>"))
    #expect(page.contains("<td>East &lt;1&gt;</td>\n<td>100</td>"))
    #expect(page.contains("<td></td>\n<td>2,000.5</td>"))
    #expect(
      page.contains(
        "<b><a href=\"https://superset.example.com/explore/?slice_id=7&amp;force=true\">"
          + "Explore in Superset</a></b>"))
  }

  @Test func `a mail about an error holds nothing else, and shows the error as text`() throws {
    var notification = Sample.notification("Error occurred for Report: Weekly")
    notification.errorText = "no such table <script>alert(1)</script>\nline 2"
    notification.csv = [1]
    notification.pictures = [Sample.picture]
    let mail = try Sample.look(notification)
    #expect(mail["tree"] == ["related", ["alternative", "text/plain", "text/html"]])
    #expect(mail.header("Subject") == "[Report] Error occurred for Report: Weekly")
    let page = try #require(mail.parts[1]["text"]?.stringValue)
    #expect(page.contains("no such table &lt;script&gt;alert(1)&lt;/script&gt;<br>"))
    #expect(!page.contains("<script"))
    #expect(
      mail.parts[0]["text"]?.stringValue?.contains("<script>alert(1)</script>\nline 2") == true)
  }

  @Test func `a link that is none of the web stands nowhere in the page`() throws {
    var notification = Sample.notification()
    notification.url = "javascript:alert(1)"
    let mail = try Sample.look(notification)
    #expect(mail.parts[1]["text"]?.stringValue?.contains("javascript") == false)
  }
}

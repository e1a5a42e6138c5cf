// SPDX-License-Identifier: MIT
import Notifications
import Testing

struct RecipientTests {
  @Test func `addresses stand between commas, semicolons and blanks, each of them once`() throws {
    let recipient = try NotificationRecipient(
      type: "Email",
      configuration: """
        {"target": "a@x.org, b@x.org;c@x.org\\n<d@x.org> a@x.org", "ccTarget": "e@x.org",
         "bccTarget": null, "other": 1}
        """)
    #expect(
      recipient
        == .mail(
          to: ["a@x.org", "b@x.org", "c@x.org", "d@x.org"], cc: ["e@x.org"], bcc: []))
  }

  @Test func `a name before an address in brackets is not a mailbox`() throws {
    let recipient = try NotificationRecipient(
      type: "Email", configuration: #"{"target": "Ann Lee <ann@x.org>, bob@x.org, root"}"#)
    #expect(recipient == .mail(to: ["ann@x.org", "bob@x.org", "root"], cc: [], bcc: []))
  }

  @Test(arguments: ["Slack", "SlackV2"])
  func `channels have no sign before them, and may be what Superset 4 left of them`(
    _ type: String
  ) throws {
    for target in [
      ##""C01234567,#general""##, ##"["C01234567", "#general"]"##,
      #"[{"id": "C01234567", "name": "x"}, "general"]"#,
    ] {
      let recipient = try NotificationRecipient(
        type: type, configuration: #"{"target": \#(target)}"#)
      #expect(recipient == .slack(channels: ["C01234567", "general"]))
    }
  }

  @Test(arguments: [
    ("Fax", #"{"target": "1"}"#, 500, "Recipient type not supported: 'Fax'"),
    ("email", #"{"target": "1"}"#, 500, "Recipient type not supported: 'email'"),
    ("Email", "{", 400, "unable to read a recipient of type Email: the JSON ends too early"),
    ("Email", "[]", 400, "it is no JSON object"), ("Email", "7", 400, "it is no JSON object"),
    ("Email", "{}", 422, "a recipient of type Email has no target"),
    ("Email", #"{"target": " ;, "}"#, 422, "a recipient of type Email has no target"),
    ("Email", #"{"target": null, "ccTarget": "a@x.org"}"#, 422, "has no target"),
    ("Email", #"{"target": 7}"#, 400, "target is no text"),
    ("Email", #"{"target": [7]}"#, 400, "target holds what is neither a text nor a channel"),
    ("Email", #"{"target": "a@x.org b@@x.org"}"#, 422, "'b@@x.org' is no address of a mailbox"),
    ("SlackV2", ##"{"target": "# #"}"##, 422, "a recipient of type SlackV2 has no target"),
    ("Webhook", #"{"target": ""}"#, 422, "a recipient of type Webhook has no target"),
  ])
  func `what is no recipient is an error that says why`(
    _ type: String, _ configuration: String, _ status: Int, _ words: String
  ) throws {
    let error = #expect(throws: NotificationError.self) {
      try NotificationRecipient(type: type, configuration: configuration)
    }
    #expect(error?.status == status && error?.isTemporary == false)
    #expect(String(describing: error).contains(words), "\(String(describing: error))")
  }

  @Test func `a log shows neither whom a blind copy reaches nor a webhook's secrets`() throws {
    let mail = Sample.mail("a@x.org", "b@x.org", "c@x.org", "d@x.org", bcc: ["secret@x.org"])
    #expect("\(mail)" == "mail to a@x.org, b@x.org, c@x.org and 1 more and 1 unnamed")
    let webhook = NotificationRecipient.webhook(
      url: "https://me:pw@hooks.example.com/T0/secret?k=1")
    #expect("\(webhook)" == "webhook of hooks.example.com")
  }

  @Test func `who has got it is left out of the next try`() {
    let mail = Sample.mail("a@x.org", cc: ["b@x.org"], bcc: ["c@x.org"])
    #expect(
      mail.keeping(["b@x.org", "c@x.org"]) == .mail(to: [], cc: ["b@x.org"], bcc: ["c@x.org"]))
    #expect(mail.keeping([]) == nil)
    let slack = NotificationRecipient.slack(channels: ["a", "b"])
    #expect(slack.keeping(["b"]) == .slack(channels: ["b"]))
  }
}

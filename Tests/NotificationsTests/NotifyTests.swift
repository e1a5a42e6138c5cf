// SPDX-License-Identifier: MIT
import JSONValues
import SpoolTesting
import SystemCalls
import Testing

/// The filter that sends notifications, with its settings in spool.toml.
struct NotifyTests {
  private let directory: TemporaryDirectory
  private let shell: Shell
  private static let project = #filePath.parentPath.parentPath.parentPath

  init() throws {
    directory = try TemporaryDirectory("notify")
    shell = Shell(
      directory: directory.path, variables: ["NOTIFY=\(RunningProgram.path.parentPath)/notify"])
  }

  private func run(_ request: String, _ arguments: String = "") throws -> (String, JSONValue) {
    try directory.write(request, to: "request.json")
    let status = try #require(
      shell.run("$NOTIFY --config spool.toml \(arguments) < request.json > out 2> err; echo $?"))
    let output = try directory.read("out")
    return (status, output.isEmpty ? .null : try JSONValue(parsing: output))
  }

  private func configure(_ settings: String) throws {
    try directory.write("[superset]\n\(settings)\n", to: "spool.toml")
  }

  @Test func `the example can be looked at before anything is sent`() throws {
    try configure("email_reports_subject_prefix = \"[Look] \"")
    let example = String(
      decoding: try SystemFiles().contents(of: "\(Self.project)/examples/notify.json"),
      as: UTF8.self)
    let (status, result) = try run(example, "--preview .")
    #expect(status == "0")
    let recipients = try #require(result["recipients"]?.arrayValue)
    #expect(
      recipients.map { $0["files"] } == [
        ["./1 mail.eml", "./1 envelope.json"], ["./2 slack.json"], ["./3 webhook.json"],
      ])
    #expect(
      try directory.read("1 mail.eml").contains("Subject: [Look] Weekly: Sales by region\r\n"))
    let envelope = try JSONValue(parsing: directory.read("1 envelope.json"))
    #expect(envelope["recipients"]?.arrayValue?.last == "archive@example.com")
    let slack = try JSONValue(parsing: directory.read("2 slack.json"))
    #expect(slack["channels"] == ["sales"])
    // Once more over what stands there.
    #expect(try run(example, "--preview .").0 == "0")
  }

  @Test func `settings lead to a server, with login and TLS`() throws {
    guard let python = TestPython.path() else { return }
    let servers = try ["login", "starttls", "tls"]
      .map { try TestServer("mail_server.py", [$0], python: python) }
    let settings = [
      "smtp_starttls = false\nsmtp_user = \"superset\"\nsmtp_password = \"gehäim:@/\"",
      "smtp_ssl_server_auth = true",
      "smtp_ssl = true\nsmtp_ssl_server_auth = true",
    ]
    for (server, settings) in zip(servers, settings) {
      try configure(
        """
        smtp_host = "localhost"
        smtp_port = \(server.port)
        smtp_certificates = "\(server.directory.path)/certificate.pem"
        smtp_mail_from = "Süperset <superset@example.com>"
        email_reports_cta = "Öffnen"
        \(settings)
        [superset.email_headers]
        X-Superset = "{notification_type} {chart_id} of {owners}"
        """)
      try directory.write("a,b\n", to: "sales.csv")
      let (status, result) = try run(
        """
        {"recipients": [{"type": "Email", "recipient_config_json": "{\\"target\\": \\"a@x.org\\"}"}],
         "name": "Weekly", "url": "https://superset.example.com/", "files": ["sales.csv"],
         "header_data": {"notification_type": "Alert", "chart_id": 3, "owners": ["Ann", "Bob"]}}
        """)
      let complaints = try directory.read("err")
      #expect(status == "0", "\(complaints)")
      #expect(result["recipients"]?.arrayValue?.map { $0["missing"] } == [[]])
      let mail = try #require(try server.kept("mails").first)
      #expect(mail.header("X-Superset") == "Alert 3 of Ann, Bob" && mail.isSound)
      #expect(mail.header("From") == "Süperset <superset@example.com>")
      #expect(mail.parts.map { $0["name"] }.last == "Weekly.csv")
      #expect(mail.parts[0]["text"]?.stringValue?.contains("Öffnen: https://superset") == true)
    }
  }

  @Test func `one recipient that fails keeps none of the others from it`() throws {
    let server = try TestServer("web_server.py")
    try configure(
      """
      alert_reports_webhook_https_only = false
      alert_reports_webhook_allow_internal_hosts = true
      slack_api_token = "xoxb-secret-token"
      slack_api_url = "http://127.0.0.1:\(server.port)/api"
      """)
    let (status, result) = try run(
      """
      {"recipients": [
         {"type": "Fax", "recipient_config_json": {}},
         {"type": "Webhook",
          "recipient_config_json": {"target": "http://127.0.0.1:\(server.port)/ok"}},
         {"type": "Slack", "recipient_config_json": {"target": "C0AAAAAAA, C0UNKNOWN"}}],
       "name": "Weekly"}
      """)
    #expect(status == "65")
    let recipients = try #require(result["recipients"]?.arrayValue)
    #expect(recipients[0]["error"] == "Recipient type not supported: 'Fax'")
    #expect(recipients[1]["missing"] == [])
    #expect(recipients[2]["missing"]?.arrayValue?.map { $0["name"] } == ["C0UNKNOWN"])
    #expect(
      try directory.read("err") == """
        notify: unable to send to Slack: chat.postMessage: channel_not_found
        notify: Recipient type not supported: 'Fax'

        """)
  }

  @Test(arguments: [
    ("{}", "65", "the request has no recipients"),
    (#"{"recipients": []}"#, "65", "the request has no recipients"),
    (#"{"recipients": [1]}"#, "65", "the request has no name"),
    (#"{"recipients": [1], "name": "a"}"#, "65", "the request's recipients is not"),
    (#"{"recipients": [1], "name": 1}"#, "65", "the request's name is not"),
    (#"{"recipients": [1], "name": "a", "table": []}"#, "65", "the request's table is not"),
    (#"{"recipients": [1], "name": "a", "files": ["no.csv"]}"#, "66", "no.csv: No such file"),
    (#"{"recipients": [1], "name": "a", "files": ["/dev/null"]}"#, "65", "neither .png nor"),
    (
      #"{"recipients": [1], "name": "a", "header_data": {"notification_type": "x"}}"#, "65",
      "the request's header_data.notification_type is not"
    ),
  ])
  func `a request that is none is an error that says why`(
    _ request: String, _ status: String, _ words: String
  ) throws {
    try configure("")
    #expect(try run(request).0 == status)
    #expect(try directory.read("err").contains(words))
  }

  @Test(arguments: [
    ("smtp_port = 70000", "superset.smtp_port: 70000 is no port"),
    ("smtp_port = \"25\"", "superset.smtp_port has the wrong type"),
    ("email_delivery = \"post\"", "'post' is none of smtp, sendmail"),
    ("email_headers = 1", "superset.email_headers has the wrong type"),
    ("smtp_timeout = 0", "0 is not above 0"),
  ])
  func `a setting that is none is an error that names it`(_ setting: String, _ words: String)
    throws
  {
    try configure(setting)
    #expect(try run(#"{"recipients": [1], "name": "a"}"#).0 == "78")
    #expect(try directory.read("err").contains(words))
  }
}

// SPDX-License-Identifier: MIT
import JSONValues
import Notifications
import SpoolTesting
import SystemCalls
import Testing

/// Mails given to a program with the interface of sendmail(1): here a script that keeps what it gets.
struct SendmailTests {
  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory("sendmail")
    try directory.write(
      """
      #!/bin/bash
      cd \(directory.path)
      printf '%s\\n' "$@" > arguments
      printf '%s\\n' "$FROM_OUTSIDE" > environment
      cat > mail
      case "${@: -1}" in
        later@*) echo "queue is full" >&2; exit 75;;
        nobody@*) echo "no such user" >&2; exit 67;;
        killed@*) kill -9 $$;;
        slow@*) sleep 60;;
      esac
      """, to: "sendmail")
    #expect(Shell(directory: directory.path).run("chmod +x sendmail") != nil)
  }

  private var settings: DeliverySettings {
    var settings = DeliverySettings()
    settings.mail.way = .sendmail("\(directory.path)/sendmail")
    settings.mail.from = "Superset <superset@example.com>"
    settings.mail.programTimeout = 1
    return settings
  }

  private func deliver(_ recipient: NotificationRecipient) throws(NotificationError) {
    var notification = Sample.notification("Отчёт")
    notification.pictures = [Sample.picture]
    _ = try NotificationSender(settings).deliver(notification, to: recipient)
  }

  @Test func `the program gets its recipients as arguments, and a mail in lines of this system`()
    throws
  {
    try deliver(Sample.mail("ann@example.com", "-oQ/tmp@example.com", bcc: ["root"]))
    #expect(
      try directory.read("arguments") == """
        -i
        -f
        superset@example.com
        --
        ann@example.com
        -oQ/tmp@example.com
        root

        """)
    #expect(try !directory.read("mail").utf8.contains(0x0D))
    let look = Shell(directory: directory.path)
      .run("python3 -B \(#filePath.parentPath)/server/mail_look.py < mail")
    let mail = try JSONValue(parsing: look ?? "")
    #expect(mail["defects"] == [] && mail.header("Subject") == "[Report] Отчёт")
    #expect(mail.header("To") == "ann@example.com, -oQ/tmp@example.com")
    #expect(mail.parts.last?["size"] == 264)
  }

  @Test(arguments: [
    ("later@x.org", true, false, "ended with status 75: queue is full"),
    ("nobody@x.org", false, false, "ended with status 67: no such user"),
    ("killed@x.org", true, true, "ended by signal 9"),
    ("slow@x.org", true, true, "has not ended after 1 s"),
  ])
  func `its exit status says what becomes of the mail`(
    _ address: String, _ isTemporary: Bool, _ mayBeOut: Bool, _ words: String
  ) throws {
    let error = #expect(throws: NotificationError.self) { try deliver(Sample.mail(address)) }
    #expect(error?.isTemporary == isTemporary && error?.mayHaveGoneOut == mayBeOut)
    #expect(String(describing: error).contains(words), "\(String(describing: error))")
  }

  @Test func `a program that is not there is a fault of the settings`() throws {
    var settings = settings
    settings.mail.way = .sendmail("/nowhere/sendmail")
    let error = #expect(throws: NotificationError.self) {
      try NotificationSender(settings).deliver(Sample.notification(), to: Sample.mail("a@x.org"))
    }
    #expect(error?.isTemporary == false)
    #expect(String(describing: error).contains("superset.sendmail in spool.toml"))
  }

  @Test func `it finds nothing in its environment but what it is given`() throws {
    try deliver(Sample.mail("ann@example.com"))
    #expect(try directory.read("environment") == "\n")
    var settings = settings
    settings.mail.environment.append("FROM_OUTSIDE=yes")
    _ = try NotificationSender(settings).deliver(Sample.notification(), to: Sample.mail("a@x.org"))
    #expect(try directory.read("environment") == "yes\n")
  }

  // MARK: the program that changes headers

  private func changed(by script: String, _ body: (DeliverySettings) throws -> Void) throws {
    try directory.write("#!/bin/bash\n\(script)\n", to: "mutator")
    #expect(Shell(directory: directory.path).run("chmod +x mutator") != nil)
    var settings = settings
    settings.mail.headerProgram = "\(directory.path)/mutator"
    try body(settings)
  }

  @Test func `the envelope follows what a program makes of To and Cc`() throws {
    let script = """
      tee \(directory.path)/request | jq '.headers.To = "Ann <ann@new.org>, bob@new.org"
      | .headers.Cc = "cy@new.org" | .headers["X-Chart"] = "\\(.header_data.chart_id) ü"
      | del(.headers["Auto-Submitted"])'
      """
    try changed(by: script) { settings in
      _ = try NotificationSender(settings).deliver(
        Sample.notification(), to: Sample.mail("old@x.org", bcc: ["di@x.org"]))
      let words = try directory.read("arguments").split(separator: "\n")
      #expect(words.suffix(4) == ["ann@new.org", "bob@new.org", "cy@new.org", "di@x.org"])
      let mail = try Sample.look(
        Sample.notification(), to: Sample.mail("old@x.org"), settings)
      #expect(mail.header("To") == "Ann <ann@new.org>, bob@new.org")
      #expect(mail.header("X-Chart") == "7 ü" && mail.header("Auto-Submitted") == nil)
      #expect(mail.isSound && mail["ascii"] == true)
      let request = try JSONValue(parsing: directory.read("request"))
      #expect(request["header_data"]?["notification_format"] == "PNG")
      #expect(request["header_data"]?["owners"] == ["Ann Lee"])
    }
  }

  @Test(arguments: [
    "exit 3", "echo nonsense", "echo '[]'", "echo '{\"headers\": {\"To\": 1}}'",
    "echo '{\"headers\": {\"To\": \"a@x.org\\r\\nBcc: b@x.org\"}}'", "sleep 60", "kill -9 $$",
    "echo '{\"headers\": {\"Content-Type\": \"text/plain\"}}'",
    "echo '{\"headers\": {\"X\\r\\nY\": \"text/plain\"}}'",
    "echo '{\"headers\": {\"Message-ID\": \"<a>\\nX: 1\"}}'", "echo '{\"headers\": {}}'",
  ])
  func `what a program prints that are no headers sends nothing`(_ script: String) throws {
    try changed(by: script) { settings in
      let error = #expect(throws: NotificationError.self) {
        try NotificationSender(settings).deliver(Sample.notification(), to: Sample.mail("a@x.org"))
      }
      #expect(error?.isTemporary == false, "\(String(describing: error))")
      let wasCalled = try SystemFiles().exists("\(directory.path)/arguments")
      #expect(!wasCalled)
    }
  }
}

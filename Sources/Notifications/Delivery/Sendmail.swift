// SPDX-License-Identifier: MIT
import SystemCalls

/// A program that takes mails as sendmail(1) does: its recipients as arguments, the mail on standard input.
struct Sendmail {
  private let program: String
  private let settings: MailSettings
  private let isCancelled: () -> Bool

  init(_ program: String, _ settings: MailSettings, isCancelled: @escaping () -> Bool) {
    self.program = program
    self.settings = settings
    self.isCancelled = isCancelled
  }

  func deliver(_ message: MailMessage) throws(NotificationError) {
    let envelope = message.envelope
    let helper = HelperProgram(
      program, named: "sendmail", settings, isCancelled: isCancelled)
    // -i: a line with a dot alone ends nothing. What is an address is no option, whatever it begins with.
    var bytes = try message.bytes()
    // Lines of this system end with LF.
    bytes.removeAll { $0 == 0x0D }
    let run = try helper.run(
      ["-i", "-f", envelope.sender, "--"] + envelope.recipients, input: bytes)
    switch run.end {
    case .exited(0): return
    case .exited(let status): throw .sendmail(program, .exited(status, said: run.complaint))
    case .signalled(let signal): throw .sendmail(program, .signalled(signal))
    case .hung: throw .sendmail(program, .hung(seconds: settings.programTimeout))
    case .cancelled: throw .sendmail(program, .cancelled)
    }
  }
}

// SPDX-License-Identifier: MIT

/// What is said on a connection to a mail server, as libcurl tells of it, and the message that it fetches meanwhile.
final class SMTPConversation {
  /// What was said last by us.
  enum Stage: Hashable {
    /// Nothing, or what only prepares the mail.
    case greeting
    case login
    case sender
    /// The n-th of the recipients.
    case recipient(Int)
    case message
    /// The whole message.
    case end
  }

  private(set) var stage = Stage.greeting
  /// The answer to what was said last.
  private(set) var reply: SMTPReply?
  private(set) var refusals: [SMTPRefusal] = []
  private(set) var hasAnswered = false
  private var isOver = false
  private(set) var wasCancelled = false

  private let message: [UInt8]
  private var sent = 0
  private let recipients: [String]
  private let confidences: Confidences
  private let isCancelled: () -> Bool

  init(
    _ message: [UInt8], to recipients: [String], _ confidences: Confidences,
    isCancelled: @escaping () -> Bool
  ) {
    self.message = message
    self.recipients = recipients
    self.confidences = confidences
    self.isCancelled = isCancelled
  }

  /// Gives the next piece of the message; 0 at its end.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, message.count - sent)
    message.withUnsafeBytes { bytes in
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[sent..<sent + count]))
    }
    sent += count
    // The last bytes may be on their way from now on, and with them the end.
    if sent == message.count, stage != .end {
      stage = .end
      reply = nil
    }
    return count
  }

  func hasSaid(_ command: String) {
    let verb = command.prefix { $0 != " " && !$0.isNewline }.uppercased()
    // Its last word, and the answer to it, concern no mail any more.
    if verb == "QUIT" { isOver = true }
    guard stage != .end, !isOver else { return }
    reply = nil
    switch verb {
    case "MAIL": stage = .sender
    case "RCPT": stage = .recipient(nextRecipient)
    case "DATA": stage = .message
    case "EHLO", "HELO", "STARTTLS": stage = .greeting
    // AUTH, and what then goes to and fro.
    default: stage = .login
    }
  }

  private var nextRecipient: Int {
    if case .recipient(let index) = stage { index + 1 } else { 0 }
  }

  /// - Parameter line: `250-SIZE` has lines to follow, `250 OK` has not.
  func hasHeard(_ line: String) {
    hasAnswered = true
    guard !isOver, reply == nil || stage != .end, let code = Int(line.prefix(3)) else { return }
    let text = line.dropFirst(4).filter { !$0.isNewline }
    reply = SMTPReply(code: code, text: confidences.told(String(text)))
    guard case .recipient(let index) = stage, index < recipients.count, let reply, reply.isRefusal,
      line.dropFirst(3).first != "-"
    else { return }
    refusals.append(SMTPRefusal(recipient: recipients[index], reply: reply))
  }

  /// Asked now and then while nothing else happens.
  func mayGoOn() -> Bool {
    if !wasCancelled { wasCancelled = isCancelled() }
    return !wasCancelled
  }
}

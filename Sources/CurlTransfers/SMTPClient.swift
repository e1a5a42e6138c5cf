// SPDX-License-Identifier: MIT
import CCurl

/// Who is told to have sent a message, and who gets it, whatever its headers say.
package struct SMTPEnvelope: Hashable, Sendable {
  package var sender: String
  package var recipients: [String]

  package init(sender: String, recipients: [String]) {
    self.sender = sender
    self.recipients = recipients
  }

  /// Whether each can be sent: what ends an address early would be another command.
  fileprivate var isSound: Bool {
    !recipients.isEmpty
      && ([sender] + recipients).allSatisfy { address in
        !address.isEmpty
          && address.unicodeScalars.allSatisfy {
            $0.value > 0x20 && $0.value != 0x7F && $0 != "<" && $0 != ">"
          }
      }
  }
}

/// Gives messages to a mail server over libcurl.
package final class SMTPClient {
  private let curl = CurlHandle()
  private let server: SMTPServer
  private let isCancelled: () -> Bool

  package init(_ server: SMTPServer, isCancelled: @escaping () -> Bool = { false }) {
    self.server = server
    self.isCancelled = isCancelled
  }

  /// Sends the message, its lines ended by CR LF, to those of the recipients for whom the server takes it.
  ///
  /// - Returns: for whom it does not; all others have it.
  package func send(
    _ message: [UInt8], in envelope: SMTPEnvelope
  ) throws(SMTPError) -> [SMTPRefusal] {
    guard let url = server.url else {
      throw .badRequest(reason: "'\(server.host)' with port \(server.port) is no server")
    }
    guard envelope.isSound else { throw .badRequest(reason: "one of the addresses is none") }
    let confidences = Confidences(server.login.map { [$0.password] } ?? [])
    let conversation = SMTPConversation(
      message, to: envelope.recipients, confidences, isCancelled: isCancelled)
    let code = curl.perform(
      envelope, size: message.count, over: server, at: url, conversation)
    guard code == CURLE_OK else { throw error(code, conversation, confidences) }
    return conversation.refusals
  }

  private func error(
    _ code: CURLcode, _ conversation: SMTPConversation, _ confidences: Confidences
  ) -> SMTPError {
    let reason = confidences.told(curl.reason(code))
    if let reply = conversation.reply, reply.isRefusal {
      switch conversation.stage {
      case .recipient: return .allRefused(conversation.refusals)
      case .login: return .login(reply)
      case .greeting where code.concernsTLS: return .tls(reason: "\(reason): \(reply)")
      case .greeting, .sender, .message, .end: return .refused(reply)
      }
    }
    if conversation.stage == .end { return .unanswered(reason: reason) }
    if conversation.wasCancelled { return .cancelled }
    switch code {
    case CURLE_URL_MALFORMAT, CURLE_SSL_CACERT_BADFILE, CURLE_UNSUPPORTED_PROTOCOL:
      return .badRequest(reason: reason)
    case CURLE_COULDNT_RESOLVE_HOST: return .nameResolution(reason: reason)
    case CURLE_COULDNT_CONNECT: return .connect(reason: reason)
    case CURLE_LOGIN_DENIED:
      return .login(conversation.reply ?? SMTPReply(code: 535, text: reason))
    case _ where code.concernsTLS: return .tls(reason: reason)
    case CURLE_OPERATION_TIMEDOUT where !conversation.hasAnswered: return .connect(reason: reason)
    default: return .transfer(reason: reason)
    }
  }
}

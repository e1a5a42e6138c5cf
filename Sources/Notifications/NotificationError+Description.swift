// SPDX-License-Identifier: MIT
import CurlTransfers

extension NotificationError: CustomStringConvertible {
  package var description: String {
    switch self {
    // Superset's own words, which people look for.
    case .unknownType(let type): "Recipient type not supported: '\(type.singleLine)'"
    case .malformedRecipient(let type, let reason):
      "unable to read a recipient of type \(type): \(reason)"
    case .noTarget(let type): "a recipient of type \(type) has no target"
    case .badAddress(let text): "'\(text.singleLine)' is no address of a mailbox"
    case .badWebhook(let reason): "unable to call a webhook: \(reason)"
    case .missingSetting(let name, let reason):
      "superset.\(name) is not set in spool.toml: \(reason)"
    case .badSetting(let name, let reason): "superset.\(name) in spool.toml: \(reason)"
    case .badHeader(let name, let reason):
      "unable to add the header '\(name.singleLine)': \(reason)"
    case .headerProgram(let program, let reason):
      "unable to have \(program) change headers: \(reason)"
    case .mail(let error, let server): "unable to send mail by \(server): \(error.words)"
    case .sendmail(let program, let failure): "unable to send mail by \(program): \(failure.words)"
    case .slack(let failure): "unable to send to Slack: \(failure.method): \(failure.words)"
    case .webhook(let host, let error): "unable to call the webhook of \(host): \(error.words)"
    case .webhookStatus(let host, let status, _):
      "unable to call the webhook of \(host): it answers \(status)"
        + ((300..<400).contains(status) ? ", a redirect, which is not followed" : "")
    case .system(let error): "\(error)"
    }
  }
}

extension SMTPError {
  fileprivate var words: String {
    switch self {
    case .badRequest(let reason), .nameResolution(let reason), .connect(let reason),
      .transfer(let reason):
      reason
    case .tls(let reason): "TLS: \(reason)"
    case .login(let reply): "the login is refused: \(reply)"
    case .refused(let reply): "it answers \(reply)"
    case .allRefused(let refusals):
      "it refuses all recipients: "
        + refusals.map { "\($0.recipient): \($0.reply)" }.listed(5, by: "; ")
    case .unanswered(let reason): "it has the message and has not answered: \(reason)"
    case .cancelled: "broken off"
    }
  }
}

extension SendmailFailure {
  fileprivate var words: String {
    switch self {
    case .exited(let status, let said):
      "it ended with status \(status)" + (said.isEmpty ? "" : ": \(said)")
    case .signalled(let signal): "it was ended by signal \(signal)"
    case .hung(let seconds): "it has not ended after \(seconds) s"
    case .cancelled: "broken off"
    }
  }
}

extension SlackFailure {
  fileprivate var words: String {
    switch cause {
    case .word(let word, let detail): word + (detail.isEmpty ? "" : " (\(detail))")
    case .status(let status): "status \(status)"
    case .http(let error): error.words
    case .nonsense: "an answer that makes no sense"
    }
  }
}

extension HTTPError {
  fileprivate var words: String {
    switch self {
    case .badRequest(let reason), .nameResolution(let reason), .connect(let reason),
      .transfer(let reason):
      reason
    case .tls(let reason): "TLS: \(reason)"
    case .tooLarge(let limit): "the answer has more than \(limit) bytes"
    case .headersTooLarge(let limit): "the answer's headers have more than \(limit) bytes"
    case .internalAddress: "it is a server of this network"
    case .cancelled: "broken off"
    }
  }
}

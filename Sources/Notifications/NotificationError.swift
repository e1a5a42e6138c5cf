// SPDX-License-Identifier: MIT
import CurlTransfers
import SystemCalls

/// Why somebody has not got a notification.
package enum NotificationError: Error, Hashable, Sendable {
  // Who gets it
  case unknownType(String)
  case malformedRecipient(type: String, reason: String)
  case noTarget(type: String)
  case badAddress(String)
  case badWebhook(reason: String)

  // How it is sent
  case missingSetting(String, reason: String)
  case badSetting(String, reason: String)
  case badHeader(String, reason: String)
  case headerProgram(String, reason: String)

  // On the way
  case mail(SMTPError, server: String)
  case sendmail(String, SendmailFailure)
  case slack(SlackFailure)
  /// - host: nothing more of the address, which may have a secret in it.
  case webhook(host: String, HTTPError)
  case webhookStatus(host: String, Int, retryAfter: Int?)
  case system(SystemError)
}

/// How sendmail(1) ended where it did not take a message.
package enum SendmailFailure: Hashable, Sendable {
  /// A status of sysexits(3), and what it said.
  case exited(Int32, said: String)
  case signalled(Int32)
  case hung(seconds: Int)
  case cancelled
}

/// What of Slack's API did not work.
package struct SlackFailure: Hashable, Sendable {
  /// Why.
  package enum Cause: Hashable, Sendable {
    /// Slack's own word, `channel_not_found`, and what it says besides.
    case word(String, detail: String)
    case status(Int)
    case http(HTTPError)
    case nonsense
  }

  /// `chat.postMessage`
  package let method: String
  package let cause: Cause
  /// Seconds.
  package var retryAfter: Int?
}

// MARK: what can be done about it

extension NotificationError {
  /// Whether another try may do better.
  package var isTemporary: Bool {
    switch self {
    case .unknownType, .malformedRecipient, .noTarget, .badAddress, .badWebhook, .missingSetting,
      .badSetting, .badHeader, .headerProgram:
      false
    case .mail(let error, _): error.isTemporary
    case .sendmail(_, let failure): failure.isTemporary
    case .slack(let failure): failure.isTemporary
    case .webhook(_, let error): error.isTemporary
    case .webhookStatus(_, let status, _): status >= 500 || status == 429
    case .system: true
    }
  }

  /// Whether it may have gone out nevertheless, so that another try sends it twice.
  package var mayHaveGoneOut: Bool {
    switch self {
    case .unknownType, .malformedRecipient, .noTarget, .badAddress, .badWebhook, .missingSetting,
      .badSetting, .badHeader, .headerProgram, .webhookStatus, .system:
      false
    case .mail(.unanswered, _): true
    case .mail: false
    case .sendmail(_, .exited): false
    case .sendmail(_, .signalled), .sendmail(_, .hung), .sendmail(_, .cancelled): true
    case .slack(let failure): failure.mayHaveGoneOut
    case .webhook(_, let error): error.mayHaveGoneOut
    }
  }

  /// What Superset's exception of this kind has for a status: 500 is the system's fault, less is the client's.
  package var status: Int {
    switch self {
    case .badAddress, .badWebhook, .noTarget, .webhook(_, .internalAddress): 422
    case .webhookStatus: isTemporary ? 400 : 422
    case .malformedRecipient, .webhook: 400
    case .slack(let failure): failure.status
    case .unknownType, .missingSetting, .badSetting, .badHeader, .headerProgram, .mail, .sendmail,
      .system:
      500
    }
  }

  /// Seconds after which the other side wants to be asked again.
  package var retryAfter: Int? {
    switch self {
    case .slack(let failure): failure.retryAfter
    case .webhookStatus(_, _, let seconds): seconds
    case .unknownType, .malformedRecipient, .noTarget, .badAddress, .badWebhook, .missingSetting,
      .badSetting, .badHeader, .headerProgram, .mail, .sendmail, .webhook, .system:
      nil
    }
  }

  /// Whether it was broken off by whoever waits for it.
  package var isCancelled: Bool {
    switch self {
    case .mail(.cancelled, _), .sendmail(_, .cancelled), .webhook(_, .cancelled): true
    case .slack(let failure): failure.cause == .http(.cancelled)
    case .unknownType, .malformedRecipient, .noTarget, .badAddress, .badWebhook, .missingSetting,
      .badSetting, .badHeader, .headerProgram, .mail, .sendmail, .webhook, .webhookStatus, .system:
      false
    }
  }
}

extension SMTPError {
  fileprivate var isTemporary: Bool {
    switch self {
    case .badRequest: false
    case .login(let reply), .refused(let reply): reply.isTemporary
    // Nobody has it yet: those who may get it later are worth another try.
    case .allRefused(let refusals): refusals.contains { $0.reply.isTemporary }
    case .nameResolution, .connect, .tls, .transfer, .unanswered, .cancelled: true
    }
  }
}

extension SendmailFailure {
  fileprivate var isTemporary: Bool {
    switch self {
    // EX_UNAVAILABLE, EX_OSERR, EX_IOERR and EX_TEMPFAIL; msmtp has the first for what its server has only put off.
    case .exited(let status, _): [69, 71, 74, 75].contains(status)
    case .signalled, .hung, .cancelled: true
    }
  }
}

extension HTTPError {
  var isTemporary: Bool {
    switch self {
    case .nameResolution, .connect, .tls, .transfer, .cancelled: true
    case .badRequest, .tooLarge, .headersTooLarge, .internalAddress: false
    }
  }

  /// Whether the request may have arrived.
  var mayHaveGoneOut: Bool {
    switch self {
    case .transfer, .tooLarge, .headersTooLarge, .cancelled: true
    case .badRequest, .nameResolution, .connect, .tls, .internalAddress: false
    }
  }
}

extension SlackFailure {
  /// Slack's words for its own troubles.
  private static let passing: Set = [
    "fatal_error", "internal_error", "rate_limited", "ratelimited", "request_timeout",
    "service_unavailable", "team_added_to_org",
  ]
  /// The token, or what it may do.
  private static let forbidding: Set = [
    "access_denied", "account_inactive", "ekm_access_denied", "invalid_auth", "missing_scope",
    "no_permission", "not_authed", "org_login_required", "token_expired", "token_revoked",
  ]

  fileprivate var isTemporary: Bool {
    switch cause {
    case .word(let word, _): Self.passing.contains(word)
    case .status(let status): status >= 500 || status == 429
    case .http(let error): error.isTemporary
    case .nonsense: true
    }
  }

  /// Only two calls show anybody anything.
  static func isVisible(_ method: String) -> Bool {
    ["chat.postMessage", "files.completeUploadExternal"].contains(method)
  }

  fileprivate var mayHaveGoneOut: Bool {
    switch cause {
    case .word, .status: false
    case .http(let error): Self.isVisible(method) && error.mayHaveGoneOut
    case .nonsense: Self.isVisible(method)
    }
  }

  fileprivate var status: Int {
    if case .word(let word, _) = cause, Self.forbidding.contains(word) { 401 } else { 400 }
  }
}

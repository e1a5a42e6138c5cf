// SPDX-License-Identifier: MIT
import Notifications
import TaskContract

extension NotificationError {
  /// What the exit status says of it.
  package var verdict: Verdict {
    if isTemporary { return .tryLater }
    switch self {
    case .unknownType, .malformedRecipient, .noTarget, .badAddress, .badWebhook, .headerProgram:
      return .badInput
    case .missingSetting, .badSetting, .badHeader: return .badConfiguration
    case .mail(.login, _): return .noPermission
    case .slack where status == 401: return .noPermission
    case .mail, .sendmail, .slack, .webhook, .webhookStatus, .system: return .protocolError
    }
  }
}

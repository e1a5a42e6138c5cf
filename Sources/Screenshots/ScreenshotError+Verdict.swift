// SPDX-License-Identifier: MIT
import TaskContract

extension ScreenshotError {
  /// What the exit status says of it.
  package var verdict: Verdict {
    if isTemporary { return .tryLater }
    switch self {
    case .notInstalled, .noSandbox: return .badConfiguration
    case .login, .outside, .status(401, _), .status(403, _): return .noPermission
    case .status(404, _): return .noInput
    case .badAddress, .badPage, .tooLarge, .cannotStart, .browserEnded, .hung, .tooMuchMemory,
      .refused, .system, .cancelled, .unreachable, .status, .navigatedAway, .restless, .download,
      .closedItself, .rendererCrashed, .notReady, .complaint:
      return .badInput
    }
  }
}

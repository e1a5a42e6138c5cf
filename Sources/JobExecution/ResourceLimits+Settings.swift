// SPDX-License-Identifier: MIT
import SpoolConfiguration
import SystemCalls

extension ResourceLimits {
  /// What a queue's tasks may have.
  init(of settings: QueueSettings) {
    self.init()
    fileSize = settings.outputLimit
    memory = settings.memoryLimit
    openFiles = settings.openFilesLimit
    cpuSeconds = settings.cpuSeconds
  }
}

extension QueueSettings {
  /// The kernel counts whole seconds.
  var cpuSeconds: Int? { cpuLimit.map { Int(($0 / .seconds(1)).rounded(.up)) } }

  /// The limit that a process which was ended by this signal has run into; nil where another cause is as likely.
  func exceeded(by signal: Int32, after cpuSeconds: Double = 0) -> ExceededLimit? {
    switch Signal(rawValue: signal) {
    case .fileSizeExceeded: return .output
    case .processorTimeExceeded where cpuLimit != nil: return .processorTime
    // It went on after SIGXCPU. Nothing else that kills comes just then.
    case .kill:
      guard let limit = self.cpuSeconds, cpuSeconds >= Double(limit) else { return nil }
      return .processorTime
    default: return nil
    }
  }
}

/// A limit whose end can be told from any other one, and is for good: the next attempt would run into it again.
enum ExceededLimit {
  case output, processorTime

  func failure(_ settings: QueueSettings, signal: Int32, logTail: String) -> Failure {
    switch self {
    case .output:
      Failure(
        verdict: "too much output",
        message: "it wrote more than \(settings.outputLimit) bytes into a file",
        signal: Signal.name(signal), logTail: logTail)
    case .processorTime:
      Failure(
        verdict: "over its CPU limit",
        message: "it used more than \(settings.cpuSeconds ?? 0) s of processor time",
        signal: Signal.name(signal), logTail: logTail)
    }
  }
}

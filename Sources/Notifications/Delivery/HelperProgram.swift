// SPDX-License-Identifier: MIT
import CurlTransfers
import SystemCalls

/// A program that gets everything at once, ends, and has said something.
struct HelperProgram {
  struct Run {
    enum End: Hashable {
      case exited(Int32)
      case signalled(Int32)
      case hung
      case cancelled
    }

    let end: End
    let output: [UInt8]
    /// The last that it has said on standard error, or else on standard output.
    let complaint: String
  }

  /// Bytes of what it prints; a program that prints more is none of those that are asked here.
  private static let outputLimit = 1 << 20
  /// Bytes of what it complains of.
  private static let complaintLimit = 500
  private static let glance: Duration = .milliseconds(50)

  private let program: String
  /// What names it in spool.toml.
  private let setting: String
  private let settings: MailSettings
  private let isCancelled: () -> Bool

  init(
    _ program: String, named setting: String, _ settings: MailSettings,
    isCancelled: @escaping () -> Bool
  ) {
    self.program = program
    self.setting = setting
    self.settings = settings
    self.isCancelled = isCancelled
  }

  /// Files without names take the place of pipes: nobody waits for the other one.
  func run(_ arguments: [String], input: [UInt8]) throws(NotificationError) -> Run {
    do throws(SystemError) {
      let output = try OpenFile.inMemory([], named: "output")
      let errors = try OpenFile.inMemory([], named: "errors")
      var plan = ChildPlan(program, arguments, environment: settings.environment)
      plan.descriptors = [try OpenFile.inMemory(input, named: "input"), output, errors]
      plan.directory = "/"
      plan.ownGroup = true
      plan.diesWithParent = true
      let end = end(of: try ChildProcess.start(plan))
      return Run(
        end: end, output: Self.content(of: output), complaint: Self.complaint(errors, output))
    } catch {
      guard [.noSuchFile, .accessDenied, .badExecutable].contains(error.errno) else {
        throw .system(error)
      }
      throw .badSetting(setting, reason: "\(error)")
    }
  }

  private func end(of child: ChildProcess) -> Run.End {
    let limit = SystemClock.monotonic() + Int64(settings.programTimeout) * 1_000_000_000
    while true {
      if let end = child.reap() {
        switch end.cause {
        case .exited(let status): return .exited(status)
        case .signalled(let signal): return .signalled(signal)
        }
      }
      let isLate = SystemClock.monotonic() > limit
      if isLate || isCancelled() {
        Self.kill(child)
        return isLate ? .hung : .cancelled
      }
      _ = DescriptorPoll.ready([.init(child.pidfd.descriptor)], within: Self.glance)
    }
  }

  private static func kill(_ child: ChildProcess) {
    child.sendToGroup(.kill)
    child.send(.kill)
    while child.reap() == nil {
      _ = DescriptorPoll.ready([.init(child.pidfd.descriptor)], within: .seconds(1))
    }
  }

  // How it has ended says whether a mail has gone out: that what it said cannot be read must not change it.

  private static func content(of file: OpenFile) -> [UInt8] {
    do {
      try file.seek(to: 0)
      return try file.readAll(limit: outputLimit)
    } catch { return [] }
  }

  private static func complaint(_ files: OpenFile...) -> String {
    for file in files {
      let bytes = (try? file.readTail(complaintLimit)) ?? []
      let text = String(decoding: bytes, as: UTF8.self).singleLine
      if !text.isEmpty { return text }
    }
    return ""
  }
}

// SPDX-License-Identifier: MIT
import CSystemCalls
import Glibc

/// What a child process is started with.
package struct ChildPlan {
  package var path: String
  package var arguments: [String]
  /// `NAME=value` each.
  package var environment: [String]
  package var directory: String?
  /// The n-th becomes descriptor n of the child; all others are closed there.
  package var descriptors: [OpenFile] = []
  /// The kernel kills it when the thread that started it ends.
  package var diesWithParent = false
  package var ownGroup = false
  package var limits = ResourceLimits()
  /// Whom it becomes for good before the program begins, with no way to more rights; nil: who the parent is.
  package var account: Account?
  /// Whether a parent that has some of root's rights without being root hands these on.
  package var handsOnCapabilities = true

  package init(_ path: String, _ arguments: [String] = [], environment: [String]) {
    self.path = path
    self.arguments = [path] + arguments
    self.environment = environment
  }
}

/// A running child, known by a descriptor that no other process can ever take over; pidfd_open(2).
package final class ChildProcess {
  package let pid: pid_t
  package let pidfd: OpenFile

  private init(pid: pid_t, pidfd: CInt) {
    self.pid = pid
    self.pidfd = OpenFile(descriptor: pidfd, path: "process \(pid)")
  }

  /// Starts the program, or tells which call failed, also in the child: ENOENT, EACCES, ENOEXEC...
  ///
  /// - Important: always from the same thread where `diesWithParent` is set.
  package static func start(_ plan: ChildPlan) throws(SystemError) -> ChildProcess {
    var pidfd: CInt = -1
    let pid = withCStrings(plan.arguments) { arguments in
      withCStrings(plan.environment) { environment in
        plan.descriptors.map(\.descriptor).withUnsafeBufferPointer { descriptors in
          PathText.withCString(plan.path) { path in
            withOptionalCString(plan.directory) { directory in
              let groups = plan.account?.groups ?? []
              return groups.withUnsafeBufferPointer { groups in
                var child = spool_child(
                  path: path, arguments: arguments, environment: environment, directory: directory,
                  descriptors: descriptors.baseAddress, descriptor_count: CInt(descriptors.count),
                  dies_with_parent: plan.diesWithParent, own_group: plan.ownGroup,
                  file_size_limit: plan.limits.raw(\.fileSize), core_size_limit: 0,
                  memory_limit: plan.limits.raw(\.memory),
                  open_files_limit: plan.limits.raw(\.openFiles),
                  cpu_limit: plan.limits.raw(\.cpuSeconds),
                  drops_capabilities: !plan.handsOnCapabilities, changes_user: plan.account != nil,
                  user: plan.account?.user ?? 0, group: plan.account?.group ?? 0,
                  groups: groups.baseAddress, group_count: CInt(groups.count))
                return spool_spawn(&child, &pidfd)
              }
            }
          }
        }
      }
    }
    guard pid != -1 else { throw SystemError("execute", plan.path, Errno(rawValue: errno)) }
    return ChildProcess(pid: pid, pidfd: pidfd)
  }

  /// How it ended; nil while it lives. To be called until it is not nil, then never again.
  package func reap() -> ProcessEnd? {
    var ended = spool_ended()
    guard spool_reap(pidfd.descriptor, &ended) == 1 else { return nil }
    return ProcessEnd(ended)
  }

  /// Whether it has ended; to be asked where nothing tells of it. The process stays to be reaped.
  package var hasEnded: Bool {
    var request = pollfd(fd: pidfd.descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, 0) == 1
  }

  /// Sends a signal to the process; that it has ended already is no error.
  package func send(_ signal: Signal) {
    _ = spool_pidfd_send_signal(pidfd.descriptor, signal.rawValue)
  }

  /// Sends a signal to every process of its group; only for children with a group of their own.
  package func sendToGroup(_ signal: Signal) { Glibc.kill(-pid, signal.rawValue) }

  private static func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    var copies: [UnsafeMutablePointer<CChar>?] = strings.map { text in
      PathText.withCString(text) { strdup($0) }
    }
    copies.append(nil)
    defer { for copy in copies { free(copy) } }
    return copies.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("an array without its nil") }
      return body(base)
    }
  }

  private static func withOptionalCString<Result>(
    _ text: String?, _ body: (UnsafePointer<CChar>?) -> Result
  ) -> Result {
    guard let text else { return body(nil) }
    return PathText.withCString(text) { body($0) }
  }
}

/// How a process ended and what it used.
package struct ProcessEnd: Sendable, Hashable {
  package enum Cause: Sendable, Hashable {
    case exited(CInt)
    case signalled(CInt)
  }

  package let cause: Cause
  package let userSeconds: Double
  package let systemSeconds: Double
  package let peakMemoryBytes: Int

  package init(
    cause: Cause, userSeconds: Double, systemSeconds: Double, peakMemoryBytes: Int
  ) {
    self.cause = cause
    self.userSeconds = userSeconds
    self.systemSeconds = systemSeconds
    self.peakMemoryBytes = peakMemoryBytes
  }

  init(_ raw: spool_ended) {
    cause = raw.signal == 0 ? .exited(raw.status) : .signalled(raw.signal)
    userSeconds = Double(raw.usage.ru_utime.tv_sec) + Double(raw.usage.ru_utime.tv_usec) / 1e6
    systemSeconds = Double(raw.usage.ru_stime.tv_sec) + Double(raw.usage.ru_stime.tv_usec) / 1e6
    peakMemoryBytes = Int(raw.usage.ru_maxrss) * 1024
  }
}

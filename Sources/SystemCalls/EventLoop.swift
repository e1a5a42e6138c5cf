// SPDX-License-Identifier: MIT
import CSystemCalls
import Glibc

/// One thread's wait for descriptors: epoll(7) with a handler for each.
///
/// Not `Sendable` on purpose: everything that hangs off a loop lives on its thread.
package final class EventLoop {
  package typealias Handler = () -> Void

  private let epoll: OpenFile
  private var handlers: [UInt64: Handler] = [:]
  private var tokens: [CInt: UInt64] = [:]
  private var nextToken: UInt64 = 1

  package init() throws(SystemError) {
    let descriptor = try SystemError.naming("create", "an epoll descriptor") { () throws(Errno) in
      try Errno.valueOrErrno { epoll_create1(CInt(EPOLL_CLOEXEC)) }
    }
    epoll = OpenFile(descriptor: descriptor, path: "epoll")
  }

  /// What a descriptor is waited for.
  package enum Readiness {
    case reading, writing
  }

  /// Calls the handler whenever the descriptor can be read, or written.
  package func watch(
    _ descriptor: CInt, for readiness: Readiness = .reading, _ handler: @escaping Handler
  ) throws(SystemError) {
    // Never reused, so that an event that was under way when its descriptor was closed finds no handler.
    let token = nextToken
    nextToken += 1
    let events = readiness == .reading ? EPOLLIN.rawValue : EPOLLOUT.rawValue
    var event = epoll_event(events: events, data: epoll_data_t(u64: token))
    _ = try SystemError.naming("watch", "descriptor \(descriptor)") { () throws(Errno) in
      try Errno.valueOrErrno { epoll_ctl(epoll.descriptor, EPOLL_CTL_ADD, descriptor, &event) }
    }
    handlers[token] = handler
    tokens[descriptor] = token
  }

  /// To be called before the descriptor is closed: a child in the middle of its start may hold a copy.
  package func forget(_ descriptor: CInt) {
    guard let token = tokens.removeValue(forKey: descriptor) else { return }
    handlers[token] = nil
    epoll_ctl(epoll.descriptor, EPOLL_CTL_DEL, descriptor, nil)
  }

  /// Waits for at most this long (nil: for ever) and calls the handlers of what is ready.
  package func turn(_ timeout: Duration?) {
    withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 64) { events in
      let count = epoll_wait(epoll.descriptor, events.baseAddress, 64, Self.milliseconds(timeout))
      for index in 0..<Int(max(0, count)) { handlers[events[index].data.u64]?() }
    }
  }

  /// Rounded up, so that a turn never ends just before what it waited for.
  static func milliseconds(_ timeout: Duration?) -> CInt {
    guard let timeout else { return -1 }
    let (seconds, attoseconds) = timeout.components
    let milliseconds = seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return CInt(clamping: max(0, milliseconds))
  }
}

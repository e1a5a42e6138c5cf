// SPDX-License-Identifier: MIT
import Glibc

/// One wait for a few descriptors, where no loop stands; poll(2).
package enum DescriptorPoll {
  /// What a descriptor is waited for.
  package struct Wish {
    let descriptor: CInt
    let readiness: EventLoop.Readiness

    package init(_ descriptor: CInt, _ readiness: EventLoop.Readiness = .reading) {
      self.descriptor = descriptor
      self.readiness = readiness
    }
  }

  /// Which wishes have come true, a closed other end counting as one; none after the time, or when a signal came.
  package static func ready(_ wishes: [Wish], within time: Duration) -> [Bool] {
    var requests = wishes.map {
      pollfd(
        fd: $0.descriptor, events: Int16($0.readiness == .reading ? POLLIN : POLLOUT), revents: 0)
    }
    let count = poll(&requests, nfds_t(requests.count), EventLoop.milliseconds(time))
    return requests.map { count > 0 && $0.revents != 0 }
  }
}

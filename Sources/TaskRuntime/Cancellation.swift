// SPDX-License-Identifier: MIT
import Glibc
import SystemCalls

/// Whether SIGTERM has arrived: the soft limit, or somebody who removed the job.
///
/// The signal is read, not handled: long work asks now and then, ends early and still reports.
package final class Cancellation {
  private let signals: SignalFile?
  private var hasArrived = false

  /// From here on SIGTERM no longer ends the process by itself.
  package init() {
    // Without a descriptor nothing can be asked: then SIGTERM is lost, and the hard limit ends the task.
    signals = try? SignalFile([.terminate])
  }

  /// For a program that SIGTERM is to end as it ends others.
  package static func never() -> Cancellation { Cancellation(signals: nil) }

  private init(signals: SignalFile?) { self.signals = signals }

  package var isRequested: Bool {
    if !hasArrived { hasArrived = signals?.next() == .terminate }
    return hasArrived
  }

  /// Sleeps, for waits that the kernel cannot tell of.
  func pause(milliseconds: UInt32) { usleep(milliseconds * 1_000) }

  /// The same for work that lets others get in between; less than a second, so that SIGTERM is heard.
  package func pause(_ time: Duration) { usleep(UInt32(clamping: time.nanoseconds / 1_000)) }
}

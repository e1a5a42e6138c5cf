// SPDX-License-Identifier: MIT
import CSystemCalls
import Glibc

/// Tells the service manager how a program is: what sd_notify(3) does, without its library.
///
/// Where nobody asked for it, nothing is said and no moment is due.
package final class ServiceNotifier {
  /// What is meant for this process alone: no child may speak for it.
  package static let variables: Set = ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"]

  private let socket: String?
  /// Nanoseconds between two signs of life: half of what is waited for.
  private let interval: Int64?
  private var isReady = false
  private var nextSign: Int64

  package init(_ environment: [String: String]) {
    socket = environment["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
    let isOurs = environment["WATCHDOG_PID"].map { $0 == String(getpid()) } ?? true
    let microseconds = environment["WATCHDOG_USEC"].flatMap { Int64($0) }
    interval = socket == nil || !isOurs ? nil : microseconds.flatMap { $0 > 1 ? $0 * 500 : nil }
    nextSign = SystemClock.monotonic()
  }

  /// The program does what it is for from now on; said once, however often it is called.
  package func ready() {
    guard !isReady else { return }
    isReady = true
    say("READY=1")
  }

  package func stopping() { say("STOPPING=1") }

  /// The settings are being read again; ``reloaded()`` follows, whatever came of it.
  package func reloading() {
    say("RELOADING=1\nMONOTONIC_USEC=\(SystemClock.monotonic() / 1000)")
  }

  package func reloaded() { say("READY=1") }

  /// One line for people.
  package func status(_ line: String) { say("STATUS=\(line)") }

  /// To be called in each round of the program's loop: says that it goes round, as often as is asked for.
  package func showLife() {
    guard let interval, SystemClock.monotonic() >= nextSign else { return }
    nextSign = SystemClock.monotonic() + interval
    say("WATCHDOG=1")
  }

  /// Until the next sign of life is due; nil where nobody waits for one.
  package var pause: Duration? {
    interval.map { _ in .nanoseconds(max(0, nextSign - SystemClock.monotonic())) }
  }

  /// A manager that is gone or does not listen is no error of ours.
  private func say(_ message: String) {
    guard let socket else { return }
    PathText.withCString(socket) { path in
      _ = message.withCString { spool_notify(path, $0) }
    }
  }
}

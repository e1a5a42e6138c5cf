// SPDX-License-Identifier: MIT
import SpoolConfiguration
import SystemCalls

/// What must hold for any spool.toml: it is refused with a reason, or its numbers can be reckoned with.
package enum SettingsCheck {
  /// What does not hold, or nil; what must not happen at all is a trap.
  package static func complaint(about bytes: [UInt8]) -> String? {
    do throws(SettingsError) {
      let settings = try SettingsText(bytes, path: "/srv/spool/spool.toml").settings
      for queue in Array(settings.queues.values) + [settings.defaults] {
        if let complaint = complaint(about: queue) { return complaint }
      }
      let now = SystemClock.now()
      for pause in [settings.settlingTime, settings.backstop, settings.cacheTimeout] {
        if now + pause < now { return "\(pause) leads into the past" }
      }
      return nil
    } catch {
      return "\(error)".contains("/srv/spool/spool.toml")
        ? nil : "refused without its path: \(error)"
    }
  }

  private static func complaint(about queue: QueueSettings) -> String? {
    if queue.softTimeLimit > queue.timeLimit { return "the soft limit comes after the hard one" }
    // As far as a pause is doubled.
    let longest = min(queue.retryPause * (1 << 30), queue.retryPauseLimit) * 1.25
    if longest < .zero { return "a pause before now" }
    if queue.workers < 1 || queue.tries < 1 || queue.crashLimit < 1 { return "a count below 1" }
    if queue.outputLimit < 1 { return "an output limit of \(queue.outputLimit)" }
    if let rate = queue.rate, !(rate > 0 && rate.isFinite) { return "a rate of \(rate)" }
    return nil
  }
}

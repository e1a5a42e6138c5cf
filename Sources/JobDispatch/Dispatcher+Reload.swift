// SPDX-License-Identifier: MIT
import SpoolConfiguration
import SpoolProtocol
import SystemCalls

extension Dispatcher {
  /// Reads spool.toml again: a good one applies from now on, of a bad one nothing does.
  ///
  /// Workers read what this dispatcher has accepted, not the file, so that one started after a refused change runs
  /// as the others do. Those whose settings have changed are told to leave: they end their job, give back what they
  /// have not begun, and the next one of the queue starts with the new settings.
  func reload() {
    let path = spool.layout.configuration
    let before = plan
    plan.service.reloading()
    defer { plan.service.reloaded() }
    do throws(SettingsError) {
      try plan.accept(SettingsText.read(path))
    } catch {
      return report("\(error); the settings before stay", .error)
    }
    tendOwners()
    for directory in plan.executables.directories { watcher?.add(directory) }
    var replaced = 0
    for slot in slots.values where !slot.isStopping && isOutdated(slot, since: before) {
      slot.dismiss()
      replaced += 1
    }
    // What was too large, or had no executable, may be fine now.
    lookAtEverythingSoon()
    report("read \(path) again: \(replaced) workers leave when their job has ended", .info)
  }

  private func isOutdated(_ slot: WorkerSlot, since before: DispatchPlan) -> Bool {
    let queue = slot.name.queue.text
    var (old, new) = (before.settings[queue], plan.settings[queue])
    if slot.name.number > new.workers || before.executables != plan.executables { return true }
    // How many there are, and who may drop, is no worker's business.
    old.workers = new.workers
    old.dropGroup = new.dropGroup
    return old != new
  }
}

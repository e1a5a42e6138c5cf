// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls
import TaskContract

/// Queues with users of their own. Where tasks of another user may write, this process, which may do anything, only makes
/// names, moves and looks at them; the rest is done by processes of that user.
extension Dispatcher {
  /// Owners and modes of everything as spool.toml asks; what it does not ask for stays as it is.
  func tendOwners() {
    do {
      if plan.separation.isOn {
        if plan.separation.linkGuard?.linksAreProtected == false {
          report(
            "fs.protected_hardlinks is off: drops with other names are refused, as spool(5) says")
        }
        for path in try spool.shutToOthers() {
          report("\(path) has got the mode that queues with users of their own need", .info)
        }
      }
      if let group = plan.separation.dropGroup,
        let status = try spool.files.status(of: spool.layout.directory(of: .incoming))
      {
        try spool.openDrops(spool.layout.temporary, to: group, status)
      }
      for queue in backlogs.keys.compactMap({ $0 }) { _ = try isHandedOver(queue) }
    } catch {
      suffer(error)
    }
  }

  /// Makes a queue's directories its user's; false while a worker of another one still needs them.
  func isHandedOver(_ queue: QueueName) throws(SystemError) -> Bool {
    let owner = plan.separation[queue]
    guard try isOtherwise(queue, owner) else { return true }
    for worker in Set(slots.keys).union(dead) where worker.queue == queue {
      if try hasFormerOwner(worker) { return false }
    }
    try spool.hand(queue, to: owner, isSeparated: plan.separation.isOn)
    return true
  }

  /// Whether owners and modes of a queue may be others than they should be.
  private func isOtherwise(
    _ queue: QueueName, _ owner: QueueOwner
  ) throws(SystemError) -> Bool {
    if plan.separation.isOn || owner.dropGroup != nil { return true }
    // It may have had a user of its own until spool.toml was changed. Its drops may be whose a person has made them, its
    // results were made by us.
    guard plan.separation.canActForOthers else { return false }
    let layout = spool.layout
    guard let results = try spool.files.status(of: layout.directory(of: .results, queue)) else {
      return false
    }
    return try results.owner != spool.files.status(of: layout.directory(of: .results))?.owner
  }

  /// Whether a worker runs, or ran, as another user than its queue has now.
  func hasFormerOwner(_ worker: WorkerName) throws(SystemError) -> Bool {
    guard plan.separation.canActForOthers,
      let folder = try spool.files.status(of: spool.layout.folder(of: worker))
    else { return false }
    return folder.owner != plan.separation.account(of: worker.queue).user
  }

  func handFolder(of worker: WorkerName) throws(SystemError) {
    guard plan.separation.canActForOthers else { return }
    try spool.handFolder(
      of: worker, to: plan.separation.account(of: worker.queue),
      isSeparated: plan.separation.isOn)
  }

  /// Who a worker runs, or ran, as; nil where that is this process's own user.
  func foreignOwner(of worker: WorkerName) throws(SystemError) -> Account? {
    guard plan.separation.canActForOthers,
      let folder = try spool.files.status(of: spool.layout.folder(of: worker)),
      folder.owner != plan.separation.own.user, folder.owner != 0
    else { return nil }
    return plan.separation.account(numbered: folder.owner)
  }

  /// Takes over the log lines of a worker that may not write into the log.
  func carryLog(of worker: WorkerName) throws(SystemError) {
    guard plan.separation.canActForOthers, try spool.isSeparate(worker) else { return }
    try spool.carryLog(of: worker)
  }

  // MARK: the dead

  /// Lets a process of that user settle its jobs; false until it has.
  func settle(_ worker: WorkerName, as owner: Account) throws(SystemError) -> Bool {
    if let settling = settlers[worker] {
      guard let nextTry = settling.nextTry else {
        guard let end = settling.child.reap() else {
          if settling.isOverdue { settling.child.send(.kill) }
          return false
        }
        loop.forget(settling.child.pidfd.descriptor)
        return try end.cause == .exited(0) ? finish(worker) : wait(worker, after: end.cause)
      }
      guard SystemClock.monotonic() >= nextTry else { return false }
    }
    if try adopt(worker) {
      settlers[worker] = nil
      return true
    }
    let child = try startWorker(["--settle"], worker, as: owner)
    if settlers[worker] == nil { settlers[worker] = Settling(child) }
    settlers[worker]?.restart(child)
    // Its end only has to wake the loop.
    try loop.watch(child.pidfd.descriptor) {}
    return false
  }

  /// Nothing more is to be waited for at the end.
  var hasSettledTheDead: Bool {
    let now = SystemClock.monotonic()
    return dead.allSatisfy {
      settlers[$0]?.isHopeless == true || restingDead[$0]?.isHopeless(at: now) == true
    }
  }

  private func finish(_ worker: WorkerName) throws(SystemError) -> Bool {
    settlers[worker] = nil
    backlogs[worker.queue]?.considerEverything()
    try spool.carryLog(of: worker)
    return true
  }

  private func wait(_ worker: WorkerName, after cause: ProcessEnd.Cause) -> Bool {
    // What still dies is gone in a moment; anything else may last.
    let isDying = cause == .exited(Verdict.tryLater.rawValue)
    let pause = isDying ? Self.orphanCheck : Self.shortagePause
    settlers[worker]?.nextTry = SystemClock.monotonic() + pause.nanoseconds
    return false
  }
}

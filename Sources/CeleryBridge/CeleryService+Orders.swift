// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// What clients tell workers, and ask them.
extension CeleryService {
  func takeOrders(at now: Timestamp) throws(SystemError) {
    // Before tasks are looked at: of those that are revoked none becomes a job.
    for order in try mailbox.read(at: now) where !orders.contains(order) {
      teller.remember(order)
      orders.append(order)
    }
  }

  func carryOutOrders() throws(SystemError) {
    while let order = orders.first {
      try teller.revoke(order)
      if order.isQuestion(at: SystemClock.now()) { try answer(order) }
      try mailbox.remove(order)
      orders.removeFirst()
    }
  }

  private func answer(_ order: ControlOrder) throws(SystemError) {
    let knowledge = ControlAnswers.Knowledge(
      jobs: { [folder, plan] () throws(SystemError) in
        let kept = try plan.spool.files.names(in: plan.spool.layout.celery)
        return Set(folder.waiting.map(\.id)).union(kept.compactMap(SpoolLayout.id(ofMessage:)))
      }, revoked: { [teller] in teller.revokedIDs })
    try mailbox.answer(
      order, with: try answers.answer(to: order.message, knowing: knowledge))
  }
}

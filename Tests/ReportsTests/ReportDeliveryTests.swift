// SPDX-License-Identifier: MIT
import Testing

@testable import Notifications
@testable import ReportTasks

@Suite struct ReportDeliveryTests {
  private func missing(_ channel: String, _ cause: SlackFailure.Cause) -> DeliveryReport.Missing {
    .init(name: channel, reason: .slack(SlackFailure(method: "chat.postMessage", cause: cause)))
  }

  @Test func `a channel that may have got a message is not sent it again`() {
    let report = DeliveryReport(missing: [
      missing("refused", .word("is_archived", detail: "")), missing("garbled", .nonsense),
      missing("busy", .status(503)),
    ])
    #expect(ReportDelivery.untold(report) == ["refused", "busy"])
  }
}

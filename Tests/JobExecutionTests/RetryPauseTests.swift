// SPDX-License-Identifier: MIT
import SpoolConfiguration
import Testing

@testable import JobExecution

struct RetryPauseTests {
  private let rules = OutcomeRules(settings: QueueSettings())

  @Test func `pauses double with each attempt up to the limit`() {
    let pauses = (1...12).map { rules.pause(after: $0, random: 0.5) }
    #expect(pauses[0] == .seconds(5))
    #expect(pauses[1] == .seconds(10))
    #expect(pauses[2] == .seconds(20))
    #expect(pauses[11] == .seconds(900))
    #expect(rules.pause(after: 10_000, random: 0.5) == .seconds(900))
  }

  @Test func `chance shifts a pause by a quarter at most`() {
    #expect(rules.pause(after: 1, random: 0) == .seconds(3.75))
    #expect(rules.pause(after: 1, random: 1) == .seconds(6.25))
  }

  @Test func `a task may ask for a longer pause, not for a shorter one`() {
    #expect(rules.pause(after: 1, random: 0.5, atLeast: .seconds(60)) == .seconds(60))
    #expect(rules.pause(after: 1, random: 0.5, atLeast: .seconds(1)) == .seconds(5))
  }
}

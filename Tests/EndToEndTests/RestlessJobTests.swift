// SPDX-License-Identifier: MIT
import SpoolTesting
import Testing

/// The tests' own look at a spool; what it overlooked would count as lost.
@Suite struct RestlessJobTests {
  @Test func `jobs that go round between three places are not overlooked`() throws {
    let spool = try TestSpool(
      ["task": "[ $SPOOL_ATTEMPT -lt 60 ] && exit 75; exec cat"],
      configuration: "[defaults]\nretry_pause = 0.02\nretry_pause_limit = 0.02\ntries = 1000\n")
    try spool.start()
    for round in 1...2 {
      try spool.put("{}", at: "incoming/task/\(round).json")
      #expect(spool.waitsUntilEmpty())
      #expect(spool.exists("results/task/\(round).json"))
    }
  }
}

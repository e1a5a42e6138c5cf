// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import SystemCalls
import Testing

/// Thousands of jobs from four producers while programs are killed; an oracle reads what really ran.
///
/// `CHAOS_JOBS` sets their number, for a longer soak.
@Suite(.serialized) struct ChaosTests {
  private static let count =
    getenv("CHAOS_JOBS").flatMap { Int(String(cString: $0)) } ?? 10_000

  @Test func `every job ends in one place while the dispatcher is killed every second`() throws {
    let storm = try Storm(jobs: Self.count)
    try storm.drop(whileKilling: "spoold")
    let verdict = try storm.verdict()
    #expect(verdict.complaints.isEmpty, "\(verdict.complaints.prefix(20))")
    #expect(verdict.runs == Self.count, "a killed dispatcher is no reason to run a job again")
    #expect(storm.kills > 1)
  }

  @Test func `every job ends in one place while workers are killed`() throws {
    let storm = try Storm(jobs: Self.count / 5)
    try storm.drop(whileKilling: "spool-worker")
    let verdict = try storm.verdict()
    #expect(verdict.complaints.isEmpty, "\(verdict.complaints.prefix(20))")
    #expect(storm.kills > 1)
  }
}

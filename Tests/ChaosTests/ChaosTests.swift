// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import SystemCalls
import Testing

/// Thousands of jobs from four producers while programs are killed; an oracle reads what really ran.
///
/// `CHAOS_JOBS` sets their number and `CHAOS_KILLS` that of the kills at random moments, for a longer soak.
@Suite(.serialized) struct ChaosTests {
  private static let count = setting("CHAOS_JOBS") ?? 10_000
  private static let kills = setting("CHAOS_KILLS") ?? 60

  private static func setting(_ name: String) -> Int? {
    getenv(name).flatMap { Int(String(cString: $0)) }
  }

  @Test func `every job ends in one place while the dispatcher is killed every second`() throws {
    let storm = try Storm(jobs: Self.count, pausing: 1_000_000...1_000_000)
    try storm.rage(among: [.spoold])
    let verdict = storm.verdict()
    #expect(verdict.complaints.isEmpty, "\(verdict.complaints.prefix(20))")
    print("PROOF: a dispatcher killed every second: \(Self.count) jobs, \(verdict.runs) runs")
    #expect(verdict.runs == Self.count, "a killed dispatcher is no reason to run a job again")
  }

  @Test func `every job ends in one place while workers are killed`() throws {
    let storm = try Storm(jobs: Self.count / 5, pausing: 1_000_000...1_000_000)
    try storm.rage(among: [.spoolWorker])
    let verdict = storm.verdict()
    print("PROOF: a worker killed every second: \(Self.count / 5) jobs, \(verdict.runs) runs")
    #expect(verdict.complaints.isEmpty, "\(verdict.complaints.prefix(20))")
  }

  /// As many jobs as keep the four producers busy for as long as the kills take.
  @Test func `every job ends in one place and is told of once, whatever is killed at any moment`()
    throws
  {
    let storm = try Storm(jobs: max(1000, Self.kills * 20), pausing: 0...200_000)
    try storm.rage(among: Storm.Victim.allCases, kills: Self.kills)
    let verdict = storm.verdict()
    let kills = storm.kills.sorted { $0.key.rawValue < $1.key.rawValue }
      .map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", ")
    print("PROOF: random kills: \(kills); \(verdict.runs) runs")
    #expect(verdict.complaints.isEmpty, "\(verdict.complaints.prefix(20))")
    for victim in Storm.Victim.allCases { #expect(storm.kills[victim, default: 0] > 0) }
  }
}

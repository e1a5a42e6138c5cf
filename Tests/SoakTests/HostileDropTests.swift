// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

/// Thousands of generated bad drops among good jobs; `HOSTILE_DROPS` and `HOSTILE_SEED` set how many and which.
@Suite struct HostileDropTests {
  private static let asked = Proof.asked("HOSTILE_DROPS")
  /// In a soak the default limit of a job's size holds.
  private static let sizeLimit = asked == nil ? 1 << 20 : 16 << 20
  /// A dispatcher's memory, MB, whatever is dropped.
  private static let memoryLimit = 64

  @Test func `whatever is dropped is kept and explained, and the good jobs run`() throws {
    let count = Self.asked ?? 600
    let seed = Proof.asked("HOSTILE_SEED") ?? 41
    let place = try TemporaryDirectory("hostile", inMemory: Self.asked == nil)
    try place.write("no job, whoever links to it", to: "canary/file")
    try place.write("{}", to: "canary/below/a.json")
    let spool = try TestSpool(
      ["echo": "exec cat"], at: place.path,
      configuration: "[intake]\nsettling_time = 1\nsize_limit = \(Self.sizeLimit)\n")
    let helper = "python3 '\(Proof.helper("hostile-drops"))'"
    let canary = "\(place.path)/canary"
    try spool.start()
    let drop = "drop . \(canary) \(count) \(seed) \(Self.sizeLimit) ../manifest"
    let producer = try spool.startProducer("\(helper) \(drop) > ../producer 2>&1")
    #expect(spool.waits(forEndOf: producer, for: .seconds(600)))
    #expect(try place.read("producer") == "")
    // Templates are made with the drops that link to them.
    let before = spool.run("\(helper) fingerprint \(canary)")
    #expect(spool.waits(for: .seconds(Self.asked == nil ? 180 : 3600)) { Self.isDone(spool) })
    let memory = spool.dispatcher.flatMap { Proof.peakMemory(of: $0.pid) } ?? .max
    let verdict = spool.run("\(helper) judge . ../manifest 2> ../counts") ?? "no judgement"
    #expect(verdict == "", "\(verdict.prefix(3000))")
    #expect(spool.run("\(helper) fingerprint \(canary)") == before)
    #expect(memory < Self.memoryLimit)
    #expect(!spool.messages.contains("died"))
    var oracle = EndOracle()
    oracle.judgePeace(spool)
    #expect(oracle.complaints.isEmpty, "\(oracle.complaints.prefix(10))")
    let counts = (try? place.read("counts")) ?? ""
    print(
      "PROOF: hostile drops: \(count), seed \(seed); \(counts.dropLast()); spoold's memory \(memory) MB"
    )
  }

  /// Nothing is left but the names that are a producer's own.
  private static func isDone(_ spool: TestSpool) -> Bool {
    let own = ["~", ".tmp", ".part"]
    return spool.names(in: "incoming/echo").allSatisfy { name in own.contains { name.hasSuffix($0) }
    }
      && spool.isEmpty
  }
}

// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import SystemCalls
import Testing

/// The power is cut at random moments under load; what was accepted or claimed is never lost.
///
/// `POWER_CUTS` sets how many cuts are made, half of them on each file system; `make soak` asks for 10,000. Those who
/// ask have their images on a real disk, with real waits inside the syncs.
struct PowerCutLoadTests {
  private static let asked = getenv("POWER_CUTS").flatMap { Int(String(cString: $0)) }

  @Test(arguments: Disk.FileSystem.allCases)
  func `no job is lost and no result is partial when the power goes at any moment`(
    _ fileSystem: Disk.FileSystem
  ) throws {
    let isQuick = Self.asked == nil
    guard let disk = Disk.make(fileSystem, inMemory: isQuick, for: "power cuts under load") else {
      return #expect(isQuick, "who asks for cuts wants them")
    }
    let load = try CutLoad(on: disk)
    try load.run(cuts: max(1, (Self.asked ?? 60) / 2))
    let counts = load.oracle.counts
    print("PROOF: power cuts under load, \(fileSystem.rawValue): \(counts)")
    #expect(load.oracle.complaints.isEmpty, "\(load.oracle.complaints.prefix(20))")
    #expect(counts.accepted >= counts.cuts / 3)
    #expect(counts.claimed >= counts.cuts / 3)
  }

  /// Proves the proof: programs whose syncs do nothing lose jobs, and the oracle says so.
  @Test(arguments: Disk.FileSystem.allCases)
  func `programs that sync nothing are found out`(_ fileSystem: Disk.FileSystem) throws {
    guard let disk = Disk.make(fileSystem, for: "programs that sync nothing") else { return }
    let place = try TemporaryDirectory("forgetful")
    try place.write(
      "int fsync(int f) { return f < 0; } int fdatasync(int f) { return f < 0; } int syncfs(int f) { return f < 0; }",
      to: "forgetful.c")
    let compiled = Shell(directory: place.path)
      .run("gcc -shared -fPIC -o forgetful.so forgetful.c")
    #expect(compiled != nil)
    let load = try CutLoad(
      on: disk, preamble: "export LD_PRELOAD='\(place.path)/forgetful.so';")
    try load.run(cuts: 100)
    #expect(!load.oracle.complaints.isEmpty)
    print("without syncs, \(fileSystem.rawValue): \(load.oracle.complaints.prefix(3))")
  }
}

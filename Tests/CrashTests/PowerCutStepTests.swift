// SPDX-License-Identifier: MIT
import SpoolProtocol
import SpoolTesting
import SystemCalls
import Testing

/// The power is cut after each step of each transition, on real file systems with their real journals.
struct PowerCutStepTests {
  @Test(arguments: Disk.FileSystem.allCases)
  func `nothing durable is lost when the power goes after any step`(
    _ fileSystem: Disk.FileSystem
  ) throws {
    guard let disk = Disk.make(fileSystem, for: "power cuts after each step") else { return }
    var cuts = 0
    for transition in PowerCutCase.all {
      let complaints = try Self.complaints(transition, on: disk, cuts: &cuts)
      #expect(complaints.isEmpty, "\(transition): \(complaints.prefix(5))")
    }
    print("PROOF: power cuts after each step, \(fileSystem.rawValue): \(cuts)")
    #expect(cuts > 400)
  }

  /// The kernel says yes to a directory of an XFS that has shut itself down; who believes it tells a producer so.
  @Test(arguments: Disk.FileSystem.allCases)
  func `no sync succeeds on a disk that is gone`(_ fileSystem: Disk.FileSystem) throws {
    guard let disk = Disk.make(fileSystem, for: "syncs of a disk that is gone") else { return }
    let files = SystemFiles()
    try files.write([0x31], to: files.open("\(disk.path)/a", .create))
    let file = try files.open("\(disk.path)/a", .read)
    disk.cut(.journalLost)
    #expect(throws: SystemError.self) { try files.syncDirectory(disk.path) }
    #expect(throws: SystemError.self) { try files.sync(file) }
    #expect(throws: SystemError.self) { try files.syncFileSystem(of: disk.path) }
  }

  /// Proves the proof: what syncs are for is lost without them.
  @Test(arguments: Disk.FileSystem.allCases, Sync.allCases)
  func `a forgotten sync is found out`(_ fileSystem: Disk.FileSystem, _ sync: Sync) throws {
    guard let disk = Disk.make(fileSystem, for: "a forgotten sync") else { return }
    let suspects = PowerCutCase.all.filter {
      Self.dependents[sync]?.contains($0.description) == true
    }
    #expect(!suspects.isEmpty)
    for suspect in suspects {
      var cuts = 0
      let complaints = try Self.complaints(suspect, on: disk, forgetting: sync, cuts: &cuts)
      #expect(!complaints.isEmpty, "\(suspect) does without the sync of a \(sync)")
    }
  }

  /// Transitions that lose something when such a sync is left out.
  ///
  /// Both file systems write their journal in order: more directories need no sync of their own here than POSIX promises.
  private static let dependents: [Sync: Set<String>] = [
    .file: [
      "submit", "claim of one that was dropped by cp", "finish of one", "finish of one with a step",
    ],
    .directory: [
      "submit", "finish of one", "retry", "hold", "tryAgain", "finish of one with a step",
    ],
    .fileSystem: [
      "claim of three that were dropped by cp", "finish of three", "finish of one with directories",
    ],
  ]

  /// Runs a transition once for each of its calls and each sort of cut, killed there together with the power.
  private static func complaints(
    _ powerCut: PowerCutCase, on disk: Disk, forgetting sync: Sync? = nil, cuts: inout Int
  ) throws -> [String] {
    var complaints: [String] = []
    var number = 0
    var isWhole = false
    while !isWhole {
      number += 1
      for cut in Disk.Cut.allCases {
        let files = FaultyFiles(failingAt: number, as: .kill, forgetting: sync)
        let found = try self.complaints(powerCut, files, cut, on: disk)
        isWhole = !files.hasFailed
        cuts += 1
        complaints += found.map { "after \(number - 1) calls, \(cut): \($0)" }
      }
      // One is enough to prove that it can be found.
      if sync != nil, !complaints.isEmpty { return complaints }
    }
    return complaints
  }

  private static func complaints(
    _ powerCut: PowerCutCase, _ files: FaultyFiles, _ cut: Disk.Cut, on disk: Disk
  ) throws -> [String] {
    let crash = try CrashSpool(at: disk.path + "/spool")
    defer { try? crash.sound.files.removeTree(crash.root) }
    try crash.settle()
    try powerCut.prepare(crash)
    do {
      try powerCut.transition(crash.broken(files), crash)
    } catch is SystemError {
      #expect(files.hasFailed, "\(powerCut) failed by itself")
    }
    let before = try PowerCutLook(crash)
    disk.cutAndRestore(cut)
    return powerCut.verdict(before, try PowerCutLook(crash), !files.hasFailed)
  }
}

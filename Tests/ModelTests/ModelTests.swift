// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import Testing

/// Every way in which a worker, a dispatcher, death and people can take turns, within bounds; `model/protocol.pml`.
@Suite(.serialized) struct ModelTests {
  /// Bounds of a search, and how many states it visits at least: one that looks at nothing proves nothing.
  struct Bounds: CustomTestStringConvertible, Sendable {
    let name: String
    var workerDeaths = 0
    var dispatcherDeaths = 0
    var orphans = 0
    /// Moves of a person.
    var moves = 0
    /// Looks of the dispatcher that no event asks for.
    var backstops = 0
    /// How many of the two jobs may fail.
    var failing = 0
    let states: Int

    var definitions: [String] {
      [
        "WORKER_DEATHS=\(workerDeaths)", "DISPATCHER_DEATHS=\(dispatcherDeaths)",
        "ORPHANS=\(orphans)", "MOVES=\(moves)", "BACKSTOPS=\(backstops)", "FAILING=\(failing)",
      ]
    }
    var testDescription: String { name }
  }

  /// Some seconds each.
  static let quick = [
    Bounds(name: "tasks fail", backstops: 1, failing: 1, states: 100_000),
    Bounds(
      name: "a worker dies, a process is left", workerDeaths: 1, orphans: 1, states: 1_000_000),
    Bounds(name: "a dispatcher dies, workers leave", dispatcherDeaths: 1, states: 1_000_000),
    Bounds(name: "a person moves a job", moves: 1, backstops: 1, states: 1_000_000),
  ]

  /// Minutes each, and up to 8 gigabytes: `make model`.
  static let thorough = [
    Bounds(name: "a worker dies, a task fails", workerDeaths: 1, failing: 1, states: 9_000_000),
    Bounds(
      name: "a person moves a job, a task fails", moves: 1, backstops: 1, failing: 1,
      states: 40_000_000),
    Bounds(
      name: "a worker dies, a person moves a job", workerDeaths: 1, moves: 1, states: 40_000_000),
    Bounds(
      name: "a worker and a dispatcher die", workerDeaths: 1, dispatcherDeaths: 1,
      states: 100_000_000),
  ]
  private static let isThorough = getenv("MODEL") != nil

  /// A way to break the protocol, and the bounds within which that shows.
  struct Defect: CustomTestStringConvertible, Sendable {
    let names: [String]
    let bounds: Int

    init(_ names: String..., in bounds: Int) {
      self.names = names
      self.bounds = bounds
    }

    var testDescription: String { names.joined(separator: ", ") }
  }

  static let defects = [
    Defect("CRASH_NOTED_LATE", in: 0),
    Defect("LOOK_BEFORE_DRAINING", in: 0),
    Defect("CLAIM_OVERWRITES", in: 0),
    Defect("UNLINK_BEFORE_RESULT", in: 1),
    Defect("JOB_LOCK_IGNORED", in: 1),
    Defect("JOB_LOCK_IGNORED", "START_WITHOUT_LOCK", in: 1),
    Defect("DEAD_FOLDERS_UNKNOWN", "ANY_RESULT_COUNTS", in: 1),
    Defect("FOLDER_LOCK_IGNORED", in: 2),
    Defect("ANY_RESULT_COUNTS", in: 3),
    Defect("NO_LOOK_AFTERWARDS", in: 3),
  ]

  @Test(arguments: quick + (isThorough ? thorough : []))
  func `no job is lost, runs twice at once, is stuck or overwrites another`(
    _ bounds: Bounds
  ) throws {
    guard let search = try Model.search(.safety, bounds.definitions) else {
      return print("SKIPPED: the model (no spin or no gcc)")
    }
    #expect(search.errors == 0 && search.isComplete, "\(search)")
    #expect(search.states ?? 0 >= bounds.states, "\(search)")
    print("model, \(bounds.name): \(search.states ?? 0) states")
  }

  @Test(arguments: quick.prefix(isThorough ? quick.count : 2))
  func `every job that was dropped ends`(_ bounds: Bounds) throws {
    guard let search = try Model.search(.liveness, bounds.definitions) else { return }
    #expect(search.errors == 0 && search.isComplete, "\(search)")
    #expect(search.states ?? 0 >= bounds.states, "\(search)")
  }

  @Test(arguments: defects)
  func `a protocol that is broken on purpose is found out`(_ defect: Defect) throws {
    let bounds = Self.quick[defect.bounds].definitions
    let definitions = bounds + defect.names
    guard let search = try Model.search(.safety, definitions, isShort: true) else { return }
    #expect(search.errors == 1 && search.output.contains("assertion violated"), "\(search)")
  }
}

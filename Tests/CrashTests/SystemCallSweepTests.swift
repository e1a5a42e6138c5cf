// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import SystemCalls
import Testing

/// The real programs, killed before, or refused, each of the system calls by which a job moves; strace(1) does it.
@Suite struct SystemCallSweepTests {
  /// Everything that changes the tree; what only reads cannot lose a job.
  private static let calls = [
    "renameat2", "rename", "unlink", "unlinkat", "mkdir", "openat", "write", "fsync", "syncfs",
    "ftruncate", "utimensat", "lsetxattr", "fsetxattr",
  ]
  /// `SWEEP=all` hits every occurrence of every call; it takes the better part of an hour.
  private static let isThorough = getenv("SWEEP") != nil

  /// Jobs that take every way: success with files, a retry, a failure, not a job, a link, an eta, steps that follow.
  private static let ids = ["good", "late", "bad", "linked", "eta", "chain"]

  private static let task = """
    echo "$SPOOL_JOB_ID" >> $SPOOL/tmp/runs
    case $SPOOL_JOB_ID-$SPOOL_ATTEMPT in
      late-1) exit 75 ;;
      bad-*) exit 65 ;;
      good-*) echo data > $SPOOL_FILES/data ;;
    esac
    exec cat
    """

  private static let hasTracer = Shell(directory: "/").run("strace -V") != nil

  @Test(arguments: ["spoold", "spool-worker"])
  func `a program that is killed before any of its calls loses no job`(_ program: String) throws {
    try sweep(program, "signal=KILL")
  }

  @Test(arguments: ["spoold", "spool-worker"], ["ENOSPC", "EIO"])
  func `a program that is refused any of its calls loses no job`(
    _ program: String, _ error: String
  ) throws {
    try sweep(program, "error=\(error)")
  }

  /// Its worker is out of a tracer's reach: another user's, that can gain no rights.
  @Test(.enabled(if: getuid() == 0, "SKIPPED: only root can run queues as other users"))
  func `a dispatcher of a queue with a user of its own that is killed loses no job`() throws {
    let calls = ["fchown", "fchmod", "clone"] + Self.calls
    try sweep("spoold", "signal=KILL", calls, settings: "user = 61001\n")
  }

  /// Each call is hit at a few of its occurrences, in steps that grow, so that the early ones are all met.
  private func sweep(
    _ program: String, _ fault: String, _ calls: [String] = calls, settings: String = ""
  ) throws {
    guard Self.hasTracer else { return print("SKIPPED: the sweep of system calls (no strace)") }
    var hits = 0
    defer { print("PROOF: \(program) with \(fault) at each of its calls: \(hits) calls hit") }
    for call in calls {
      var occurrence = 1
      // An error is met by the same code at many occurrences, a death leaves another tree at each.
      let factor = fault.hasPrefix("signal") ? 2 : 4
      while try !runs(program, call, fault, occurrence, settings) {
        hits += 1
        occurrence = Self.isThorough ? occurrence + 1 : occurrence * factor
      }
    }
  }

  /// True when the program made fewer calls than that: nothing was hit.
  private func runs(
    _ program: String, _ call: String, _ fault: String, _ occurrence: Int, _ settings: String
  ) throws -> Bool {
    let sweep = try Sweep(task: Self.task, ids: Self.ids, settings: settings)
    let wasHit = try sweep.run(program, call, fault, occurrence)
    let complaints = try sweep.complaints()
    #expect(
      complaints.isEmpty, "\(program): \(fault) at \(call) number \(occurrence): \(complaints)")
    return !wasHit
  }
}

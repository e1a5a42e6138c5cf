// SPDX-License-Identifier: MIT
import SpoolProtocol
import SpoolTesting
import SystemCalls
import Testing

/// A transition that is broken off at each of its file calls, by a failure and by the death of the process.
enum BreakingOff {
  static let faults: [Fault] = [
    .kill, .error(.ioError), .error(.noSpace), .error(.tooManyOpenFiles),
  ]

  /// Runs `transition` once for each of its calls; `check` sees what a restarted program finds.
  static func at(
    _ fault: Fault, prepare: (CrashSpool) throws -> Void,
    _ transition: (Spool, CrashSpool) throws -> Void, check: (CrashSpool) throws -> Void
  ) throws {
    var number = 0
    var isWhole = false
    while !isWhole {
      number += 1
      let crash = try CrashSpool()
      try prepare(crash)
      let files = FaultyFiles(failingAt: number, as: fault)
      do {
        try transition(crash.broken(files), crash)
      } catch is SystemError {
        #expect(files.hasFailed, "the transition failed by itself at call \(number)")
      }
      isWhole = !files.hasFailed
      try check(crash)
    }
    #expect(number > 1, "the transition made no call that could be broken off")
  }
}

// SPDX-License-Identifier: MIT
import Foundation
import Testing

/// The table of `make golden`: our own recording, or those of another directory in the same form.
struct GoldenTableTests {
  @Test(.enabled(if: ProcessInfo.processInfo.environment["GOLDEN"] != nil))
  func `the table of recorded cases`() throws {
    let recording = try Recording.shared.get()
    let directory = ProcessInfo.processInfo.environment["CASES"] ?? ""
    let cases = directory.isEmpty ? recording.cases : try Recording.cases(in: directory)
    try #require(!cases.isEmpty, "no case in \(directory)")
    let groups = Dictionary(grouping: cases, by: \.group).sorted { $0.key < $1.key }
    var sum = GoldenCount()
    for (name, cases) in groups {
      var count = GoldenCount()
      for golden in cases { try count.add(golden, recording) }
      print("GOLDEN: \(name.padding(toLength: 20, withPad: " ", startingAt: 0)) \(count.text)")
      for line in count.lines { print("GOLDEN:   \(line)") }
      sum.add(count)
    }
    print("GOLDEN: \(sum.text)")
    #expect(sum.failed == 0)
  }
}

/// How many cases passed, failed, or were left out for a reason that is written down.
private struct GoldenCount {
  private var passed = 0
  private(set) var failed = 0
  private var skipped = 0
  /// A line for each case that did not pass.
  private(set) var lines: [String] = []

  var text: String { "\(passed) passed, \(failed) failed, \(skipped) skipped" }

  mutating func add(_ golden: GoldenCase, _ recording: Recording) throws {
    let differences = try GoldenComparison(golden, recording).differences()
    if differences.isEmpty {
      passed += 1
    } else if let reason = recording.later[golden.name] {
      skipped += 1
      lines.append("skipped \(golden.name): \(reason)")
    } else {
      failed += 1
      lines.append("failed \(golden.name): \(differences.joined(separator: "; "))")
    }
  }

  mutating func add(_ other: GoldenCount) {
    passed += other.passed
    failed += other.failed
    skipped += other.skipped
  }
}

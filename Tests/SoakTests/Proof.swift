// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import SystemCalls

/// How large the proofs of this suite are: short ones where nobody asks, what the environment says in a soak.
enum Proof {
  /// The number that a variable sets; nil where it is not set.
  static func asked(_ name: String) -> Int? {
    getenv(name).flatMap { Int(String(cString: $0)) }
  }

  /// Whether a variable is set at all.
  static func isAsked(_ name: String) -> Bool { getenv(name) != nil }

  /// A program beside the tests' sources.
  static func helper(_ name: String) -> String {
    "\(#filePath.parentPath)/helpers/\(name)"
  }

  /// The most memory that a process had so far, in MB; nil where it is gone.
  static func peakMemory(of pid: Int32) -> Int? {
    let status = (try? SystemFiles().contents(of: "/proc/\(pid)/status")) ?? []
    let line = String(decoding: status, as: UTF8.self).split(separator: "\n")
      .first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { Int($0.filter(\.isNumber)) }.map { $0 / 1024 }
  }
}

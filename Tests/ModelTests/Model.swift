// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls

/// The model beside this file, with chosen bounds, searched by a verifier that spin makes of it.
struct Model {
  /// What a verifier said.
  struct Search: CustomStringConvertible {
    let output: String

    var errors: Int? { number(before: #/errors: ([0-9]+)/#) }
    var states: Int? { number(before: #/([0-9]+) states, stored/#) }
    /// Every state was visited: the search was neither cut off nor did it leave a part out.
    var isComplete: Bool {
      !output.contains("Search not completed") && !output.contains("max search depth too small")
        && !output.contains("out of memory")
    }
    var description: String { output }

    private func number(before pattern: Regex<(Substring, Substring)>) -> Int? {
      output.firstMatch(of: pattern).flatMap { Int($0.1) }
    }
  }

  enum Property {
    /// Assertions, and that no job is stuck when nothing moves any more.
    case safety
    /// That every job ends, on every path, infinite ones included.
    case liveness
  }

  /// Nil where spin or gcc is missing.
  ///
  /// - Parameter isShort: few states are expected, so that it pays not to optimise the verifier.
  static func search(
    _ property: Property, _ definitions: [String], isShort: Bool = false
  ) throws -> Search? {
    let directory = try TemporaryDirectory("model")
    let shell = Shell(directory: directory.path, patience: patience)
    guard shell.run("spin -V && gcc --version") != nil else { return nil }
    let defines = definitions.map { "-D\($0)" }.joined(separator: " ")
    let (kind, flags) =
      switch property {
      case .safety: ("-DSAFETY -DNOCLAIM", "")
      case .liveness: ("-DNOFAIR", "-a")
      }
    // -E: what may stand still, the model says itself. The depth is that of the longest path, above all of them.
    let script = """
      spin -a \(defines) \(sources)/protocol.pml > spin.log 2>&1 || { cat spin.log; exit 0; }
      gcc -O\(isShort ? 0 : 2) -w \(kind) -DCOLLAPSE -DMEMLIM=12000 -o pan pan.c && ./pan -E \(flags) -m1000000 2>&1; true
      """
    return Search(output: shell.run(script) ?? "it did not end in time")
  }

  /// Seconds; for the thorough bounds on a loaded machine.
  private static let patience = 3600
  private static let sources = #filePath.parentPath + "/model"
}

// SPDX-License-Identifier: MIT

/// The few options that the daemons have, before or after the operands: `--bin DIR`, repeatable, and a worker's
/// `--settings DESCRIPTOR` and `--settle`.
package struct ProgramOptions: Hashable {
  package private(set) var bin: [String] = []
  /// Where a dispatcher hands on what it has read of spool.toml.
  package private(set) var settings: Int32?
  /// Only to settle what a dead worker has left.
  package private(set) var settle = false
  package private(set) var operands: [String] = []

  /// Nil for an unknown option or one without its value.
  package init?(_ arguments: [String], takesSettings: Bool = false) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--bin" {
        guard let directory = rest.popFirst() else { return nil }
        bin.append(directory)
      } else if argument.hasPrefix("--bin=") {
        bin.append(String(argument.dropFirst("--bin=".count)))
      } else if argument == "--settings", takesSettings {
        guard let descriptor = rest.popFirst().flatMap({ Int32($0) }), descriptor > 2 else {
          return nil
        }
        settings = descriptor
      } else if argument == "--settle", takesSettings {
        settle = true
      } else if argument.hasPrefix("-") {
        return nil
      } else {
        operands.append(argument)
      }
    }
  }
}

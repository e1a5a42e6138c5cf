// SPDX-License-Identifier: MIT

/// The few options that the daemons have: `--bin DIR`, repeatable, before or after the operands.
package struct ProgramOptions: Hashable {
  package private(set) var bin: [String] = []
  package private(set) var operands: [String] = []

  /// Nil for an unknown option or one without its value.
  package init?(_ arguments: [String]) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--bin" {
        guard let directory = rest.popFirst() else { return nil }
        bin.append(directory)
      } else if argument.hasPrefix("--bin=") {
        bin.append(String(argument.dropFirst("--bin=".count)))
      } else if argument.hasPrefix("-") {
        return nil
      } else {
        operands.append(argument)
      }
    }
  }
}

// SPDX-License-Identifier: MIT

/// Command line options: `--name value`, `--name=value` and `--flag`.
package struct TaskOptions: Hashable, Sendable {
  private var values: [String: String] = [:]
  private var flags: Set<String> = []

  package init(
    _ arguments: some Sequence<String>, valued: Set<String>, flags known: Set<String> = []
  ) throws(TaskStartError) {
    var rest = Array(arguments)[...]
    while let argument = rest.popFirst() {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0].drop { $0 == "-" })
      guard argument.hasPrefix("--"), valued.contains(name) || known.contains(name) else {
        throw .unknownOption(argument)
      }
      if known.contains(name) {
        flags.insert(name)
      } else {
        guard let value = parts.count > 1 ? String(parts[1]) : rest.popFirst() else {
          throw .missingValue(option: "--\(name)")
        }
        values[name] = value
      }
    }
  }

  package subscript(name: String) -> String? { values[name] }

  package func has(_ flag: String) -> Bool { flags.contains(flag) }
}

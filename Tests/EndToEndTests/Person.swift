// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import SystemCalls
import Testing

/// Somebody without any special right, known by number only, who works in the shell.
struct Person {
  let user: Int
  var groups: [Int] = []

  /// Tasks of two queues.
  static let first = Person(user: 61_001)
  static let second = Person(user: 61_002)
  /// The group of those who drop, and two of them.
  static let dropGroup = 61_100
  static let alice = Person(user: 61_011, groups: [dropGroup])
  static let bob = Person(user: 61_012, groups: [dropGroup])

  /// Users cannot be changed otherwise.
  static let isRoot = getuid() == 0

  /// What the command printed; nil where its exit status was not 0.
  @discardableResult
  func run(_ command: String, in spool: TestSpool) -> String? {
    let groups = groups.isEmpty ? "--clear-groups" : "--groups=\(list)"
    let quoted = command.replacing("'", with: #"'\''"#)
    return spool.run(
      "setpriv --reuid=\(user) --regid=\(user) \(groups) --inh-caps=-all bash -c '\(quoted)'")
  }

  /// What `spool check` finds; nil where all is well.
  static func check(_ spool: TestSpool) -> String? {
    let told = spool.run("\(RunningProgram.path.parentPath)/spool check .; true") ?? ""
    return told.hasPrefix("clean") ? nil : told
  }

  private var list: String { groups.map(String.init).joined(separator: ",") }
}

/// A directory outside of any spool that nothing must read, write or remove.
struct Canary {
  private let directory: TemporaryDirectory
  static let secret = #"{"secret":"canary"}"#

  var path: String { directory.path }

  init() throws {
    directory = try TemporaryDirectory("canary")
    try directory.write(Self.secret, to: "secret.json")
    try directory.write(Self.secret, to: "tree/inner/secret.json")
    chmod("\(directory.path)/secret.json", 0o600)
    chmod("\(directory.path)/tree/inner/secret.json", 0o600)
  }

  /// Everything there is to see of it, but for the count of names that others have given.
  func picture(of spool: TestSpool) throws -> String {
    let seen = spool.run(
      "cd \(path) && find . -printf '%p %m %u %g %s %T@\\n' | sort && find . -type f -exec cat {} +"
    )
    let attributes = try ["secret.json", "tree/inner/secret.json"].flatMap { name in
      try ["spool.crashes", "spool.expires"].map {
        try SystemFiles().attribute($0, of: "\(path)/\(name)") ?? "-"
      }
    }
    return try #require(seen) + attributes.joined()
  }
}

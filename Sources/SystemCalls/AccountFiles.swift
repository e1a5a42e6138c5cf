// SPDX-License-Identifier: MIT
import Glibc

/// /etc/passwd and /etc/group, read as they are.
///
/// getpwnam(3) asks modules that the C library loads at run time, which a static executable cannot rely on: users of
/// LDAP and the like are to be named by their numbers.
package struct AccountFiles: Sendable {
  private let users: [[Substring]]
  private let groups: [[Substring]]

  package init(passwd: String, group: String) {
    users = Self.lines(passwd, fields: 7)
    groups = Self.lines(group, fields: 4)
  }

  /// What cannot be read holds nobody.
  package static func read() -> AccountFiles {
    AccountFiles(passwd: text(of: "/etc/passwd"), group: text(of: "/etc/group"))
  }

  /// The account of a name or number, with this group instead of its own where one is given.
  ///
  /// - Returns: nil for a name that is not there. A number that is not there is taken, its group the same number.
  package func account(_ user: String, group: String? = nil) -> Account? {
    let known = users.first { $0[0] == user } ?? users.first { $0[2] == user }
    guard let number = (known?[2]).flatMap({ uid_t($0) }) ?? uid_t(user) else { return nil }
    var own = known.flatMap { gid_t($0[3]) } ?? number
    if let group {
      guard let named = self.group(group) else { return nil }
      own = named
    }
    let name = known.map { String($0[0]) }
    let further = groups.filter { fields in
      name.map { name in fields[3].split(separator: ",").contains { $0 == name } } ?? false
    }.compactMap { gid_t($0[2]) }
    return Account(
      user: number, group: own, groups: [own] + further.filter { $0 != own }, name: name,
      home: known.map { String($0[5]) } ?? "/")
  }

  /// The number of a group's name; a number is taken as it is.
  package func group(_ group: String) -> gid_t? {
    groups.first { $0[0] == group }.flatMap { gid_t($0[2]) } ?? gid_t(group)
  }

  private static func lines(_ text: String, fields count: Int) -> [[Substring]] {
    text.split(whereSeparator: \.isNewline)
      .map { $0.split(separator: ":", omittingEmptySubsequences: false) }
      .filter { $0.count >= count }
  }

  private static func text(of path: String) -> String {
    String(decoding: (try? SystemFiles().contents(of: path)) ?? [], as: UTF8.self)
  }
}

// SPDX-License-Identifier: MIT
import Glibc

/// Who a process runs as: a user, a group, and the further groups that it belongs to.
package struct Account: Hashable, Sendable {
  package let user: uid_t
  package let group: gid_t
  package let groups: [gid_t]
  /// Nil for a number that /etc/passwd does not know.
  package let name: String?
  package let home: String

  package init(
    user: uid_t, group: gid_t, groups: [gid_t] = [], name: String? = nil, home: String = "/"
  ) {
    self.user = user
    self.group = group
    self.groups = groups.isEmpty ? [group] : groups
    self.name = name
    self.home = home
  }

  /// What programs expect to find in their environment, `NAME=value` each.
  package var variables: [String] {
    ["HOME=\(home)"] + (name.map { ["USER=\($0)", "LOGNAME=\($0)"] } ?? [])
  }
}

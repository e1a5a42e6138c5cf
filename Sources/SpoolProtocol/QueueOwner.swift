// SPDX-License-Identifier: MIT
import Glibc
import SystemCalls

/// Whose a queue's directories are, and which group may drop into it.
package struct QueueOwner: Hashable, Sendable {
  /// Nil: the spool's own user.
  package var account: Account?
  package var dropGroup: gid_t?

  package init(account: Account? = nil, dropGroup: gid_t? = nil) {
    self.account = account
    self.dropGroup = dropGroup
  }
}

// SPDX-License-Identifier: MIT

/// What its worker knows of a run that has ended well, and need not look for.
package struct RunFacts {
  /// Of the file that ran: another one that has come under its name stays.
  package var inode: UInt64?
  /// False where no other jobs follow it.
  package var isChained = true
  /// False where a resident task has left no files for it.
  package var hasFiles = true

  package init(inode: UInt64? = nil, isChained: Bool = true, hasFiles: Bool = true) {
    self.inode = inode
    self.isChained = isChained
    self.hasFiles = hasFiles
  }
}

// SPDX-License-Identifier: MIT
import SystemCalls

/// A task's executable as it was when a process of it was started; another one of the same name is seen as such.
struct ExecutableFile: Equatable {
  let path: String
  private let device: UInt64
  private let inode: UInt64
  private let changed: Timestamp

  init(at path: String) throws(SystemError) {
    self.path = path
    // What a link leads to is what runs.
    let status = try SystemFiles().statusBehindLinks(of: path)
    device = status.device
    inode = status.inode
    changed = status.changed
  }
}

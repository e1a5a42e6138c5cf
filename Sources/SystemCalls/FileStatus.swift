// SPDX-License-Identifier: MIT
import CSystemCalls
import Glibc

/// What stat(2) tells of a file.
package struct FileStatus: Hashable, Sendable {
  package enum Kind: String, Sendable {
    case regular = "a regular file"
    case directory = "a directory"
    case symbolicLink = "a symbolic link"
    case fifo = "a FIFO"
    case socket = "a socket"
    case device = "a device"
  }

  package let kind: Kind
  package let size: Int
  package let linkCount: Int
  package let inode: UInt64
  package let device: UInt64
  package let owner: uid_t
  package let group: gid_t
  package let permissions: mode_t
  package let modified: Timestamp
  /// When the inode last changed in any way, a rename included.
  package let changed: Timestamp

  init(_ raw: stat) {
    kind =
      switch raw.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      case S_IFLNK: .symbolicLink
      case S_IFIFO: .fifo
      case S_IFSOCK: .socket
      default: .device
      }
    size = Int(raw.st_size)
    linkCount = Int(raw.st_nlink)
    inode = UInt64(raw.st_ino)
    device = UInt64(raw.st_dev)
    owner = raw.st_uid
    group = raw.st_gid
    permissions = raw.st_mode & 0o7777
    modified = Timestamp(raw.st_mtim)
    changed = Timestamp(raw.st_ctim)
  }

  /// Whether any further change will show in the times: within one tick of the file system's clock
  /// one may not.
  package func isSettled(at now: Timestamp) -> Bool {
    changed + EmptyDirectories.tick(of: changed) < now
  }
}

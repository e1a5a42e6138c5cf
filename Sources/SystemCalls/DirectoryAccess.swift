// SPDX-License-Identifier: MIT
import CSystemCalls
import Glibc

/// An open directory whose owner and modes are set: by its descriptor, so that they are those of what was looked at.
package struct DirectoryAccess {
  private let directory: OpenFile
  package let status: FileStatus

  /// - Throws: also where the name leads to no directory.
  package init(_ path: String) throws(SystemError) {
    let descriptor = try SystemError.naming("open", path) { () throws(Errno) in
      try Errno.valueOrErrno {
        PathText.withCString(path) {
          spool_open($0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0)
        }
      }
    }
    directory = OpenFile(descriptor: descriptor, path: path)
    status = try directory.status()
  }

  package func setOwner(user: uid_t, group: gid_t) throws(SystemError) {
    _ = try SystemError.naming("change the owner of", directory.path) { () throws(Errno) in
      try Errno.valueOrErrno { fchown(directory.descriptor, user, group) }
    }
  }

  package func setPermissions(_ permissions: mode_t) throws(SystemError) {
    try directory.setPermissions(permissions)
  }

  /// Lets whatever is made here be its maker's alone, whatever the maker's umask, but for one reader; acl(5).
  ///
  /// - Returns: false where the file system keeps no access control lists.
  package func makeDropsPrivate(readableBy reader: uid_t?) throws(SystemError) -> Bool {
    let list = Self.defaultList(readableBy: reader)
    do {
      _ = try Errno.valueOrErrno {
        fsetxattr(directory.descriptor, "system.posix_acl_default", list, list.count, 0)
      }
      return true
    } catch {
      if error == .notSupported { return false }
      throw SystemError("set the access list of", directory.path, error)
    }
  }

  /// Entries of the kernel's form, linux/posix_acl_xattr.h: version 2; then tag, rights and number each.
  private static func defaultList(readableBy reader: uid_t?) -> [UInt8] {
    let nobody = UInt32.max
    var entries: [(tag: UInt16, rights: UInt16, id: UInt32)] = [(0x01, 7, nobody)]
    if let reader { entries.append((0x02, 7, reader)) }
    entries.append((0x04, 0, nobody))
    if reader != nil { entries.append((0x10, 7, nobody)) }
    entries.append((0x20, 0, nobody))
    var bytes = littleEndian(UInt32(2))
    for entry in entries {
      bytes += littleEndian(entry.tag) + littleEndian(entry.rights) + littleEndian(entry.id)
    }
    return bytes
  }

  private static func littleEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }
}

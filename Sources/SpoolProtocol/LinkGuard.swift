// SPDX-License-Identifier: MIT
import Glibc
import SystemCalls

/// Keeps a program that may read everything from taking what somebody has only given a name to: ln(1) needs no right to the
/// file where the kernel's fs.protected_hardlinks is off, and a name does not tell who made it.
package struct LinkGuard: Hashable, Sendable {
  /// The program's own user.
  package let user: uid_t
  /// The kernel lets users link only files that they may read and write.
  package let linksAreProtected: Bool

  package init(user: uid_t, linksAreProtected: Bool) {
    self.user = user
    self.linksAreProtected = linksAreProtected
  }

  /// Nil for a program that reads only what its user may read.
  package static func current() -> LinkGuard? {
    let privileges = Privileges.current()
    guard privileges.readsEverything else { return nil }
    return LinkGuard(
      user: privileges.user, linksAreProtected: Privileges.linksAreProtected())
  }

  /// Why a drop may be somebody's secret instead; nil where whoever can write into its directory may know it.
  ///
  /// - Parameter directory: what is known of its directory, asked for only where that decides.
  func objection(
    to file: FileStatus, in directory: () throws(SystemError) -> FileStatus?
  ) throws(SystemError) -> String? {
    guard let objection = objection(to: file), let directory = try directory() else { return nil }
    let isOpenToOthers = directory.owner != user || directory.permissions & 0o022 != 0
    return isOpenToOthers ? objection : nil
  }

  private func objection(to file: FileStatus) -> String? {
    if file.linkCount > 1 {
      if isOurs(file) { return "it has other names, and belongs to root or to the spool" }
      return linksAreProtected
        ? nil : "it has other names, and may be anybody's while fs.protected_hardlinks is off"
    }
    // Its other name may have gone meanwhile; what everybody may read is no secret.
    let isSecret = file.permissions & 0o004 == 0
    guard isOurs(file), isSecret, !linksAreProtected else { return nil }
    return "it is root's or the spool's alone, while fs.protected_hardlinks is off"
  }

  /// Whether what stands beside a queue's results or errors may be read as theirs.
  package func trusts(_ file: FileStatus, in directory: FileStatus) -> Bool {
    // Of a queue that has been given another user since, what the one before left.
    file.owner == directory.owner || (!isOurs(file) && linksAreProtected)
  }

  private func isOurs(_ file: FileStatus) -> Bool { file.owner == 0 || file.owner == user }
}

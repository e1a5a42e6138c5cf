// SPDX-License-Identifier: MIT
import CSystemCalls
import Glibc

/// What this process may do beyond what its user may; capabilities(7).
package struct Privileges: Hashable, Sendable {
  package enum Capability: UInt64, Sendable {
    // The numbers of linux/capability.h.
    case changeOwner = 0
    case overrideModes = 1
    case readEverything = 2
    case actAsOwner = 3
    case kill = 5
    case setGroup = 6
    case setUser = 7
  }

  /// What it takes to run queues as their own users and to keep their files in order.
  private static let forOthers: [Capability] = [
    .changeOwner, .overrideModes, .actAsOwner, .kill, .setGroup, .setUser,
  ]

  package let user: uid_t
  private let effective: UInt64

  package init(user: uid_t, effective: UInt64) {
    self.user = user
    self.effective = effective
  }

  package static func current() -> Privileges {
    var effective: UInt64 = 0
    // The call cannot fail with this version; without an answer nothing is permitted.
    _ = spool_capabilities(&effective)
    return Privileges(user: geteuid(), effective: effective)
  }

  package func has(_ capability: Capability) -> Bool { effective & (1 << capability.rawValue) != 0 }

  /// Whether it can start processes of other users and keep their files.
  package var canActForOthers: Bool { Self.forOthers.allSatisfy(has) }

  /// Whether it reads what the modes of a file keep from its user: then nothing but its own care protects the files of others.
  package var readsEverything: Bool { has(.overrideModes) || has(.readEverything) }

  /// Whether the kernel lets a user make links only to files that are the user's to read and write (fs.protected_hardlinks).
  package static func linksAreProtected() -> Bool {
    let bytes =
      (try? SystemFiles().contents(of: "/proc/sys/fs/protected_hardlinks", limit: 8)) ?? []
    return bytes.first == UInt8(ascii: "1")
  }
}

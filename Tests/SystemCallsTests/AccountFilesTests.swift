// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import Testing

@testable import SystemCalls

struct AccountFilesTests {
  private let known = AccountFiles(
    passwd:
      "root:x:0:0:root:/root:/bin/sh\nspool-browser:x:990:991::/srv/browser:/bin/false\n\nbroken\n",
    group:
      "root:x:0:\nbrowser:x:991:\nvideo:x:44:alice,spool-browser\nsuperset:x:992:spool-browser\n")

  @Test func `a name brings its number, its groups and its home`() {
    let account = known.account("spool-browser")
    #expect(account?.user == 990 && account?.group == 991)
    #expect(account?.groups == [991, 44, 992])
    #expect(
      account?.variables == ["HOME=/srv/browser", "USER=spool-browser", "LOGNAME=spool-browser"])
    #expect(known.account("990") == account)
    #expect(known.account("spool-browser", group: "superset")?.groups == [992, 44])
    #expect(known.account("spool-browser", group: "7")?.group == 7)
  }

  @Test func `a number is enough, a name that nobody has is not`() {
    #expect(known.account("4711") == Account(user: 4711, group: 4711))
    #expect(known.account("nobody") == nil && known.account("-1") == nil)
    #expect(known.account("4711", group: "nobody") == nil)
    #expect(known.group("superset") == 992 && known.group("12") == 12 && known.group("x") == nil)
  }
}

struct LockHolderTests {
  @Test func `the kernel tells who holds a lock that cannot be opened`() throws {
    let place = try TemporaryDirectory()
    let lock = try LifeLock.take("\(place.path)/lock")
    #expect(try KernelLocks.holder(of: "\(place.path)/lock") == getpid())
    withExtendedLifetime(lock) {}
    try place.write("", to: "free")
    #expect(try KernelLocks.holder(of: "\(place.path)/free") == nil)
    #expect(try KernelLocks.holder(of: "\(place.path)/none") == nil)
  }

  @Test func `a lock that names a process of somebody else is nobody's`() throws {
    let place = try TemporaryDirectory()
    let lock = try LifeLock.take("\(place.path)/lock")
    #expect(try LifeLock.holder(of: "\(place.path)/lock", belongingTo: getuid()) != nil)
    #expect(try LifeLock.holder(of: "\(place.path)/lock", belongingTo: getuid() + 1) == nil)
    withExtendedLifetime(lock) {}
  }
}

// SPDX-License-Identifier: MIT
import Testing

@testable import TaskContract

struct CacheKeyTests {
  @Test(arguments: ["../../etc/passwd", "/etc/passwd", "..", ".", "a/../b", "\u{0}", "-rf", "a b"])
  func `no key can name a file outside its directory`(_ text: String) throws {
    let path = try #require(CacheKey(text)).dataPath
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    #expect(parts.count == 2)
    #expect(parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") && !$0.hasPrefix("-") })
    #expect(!path.utf8.contains(0))
  }

  @Test func `an ordinary key is its own file name`() throws {
    let key = try #require(CacheKey("qc-01d824fd01da3fd34f28b31982abe42b"))
    #expect(key.dataPath.hasSuffix("/qc-01d824fd01da3fd34f28b31982abe42b"))
  }

  @Test func `different keys have different files`() throws {
    let keys = ["a%2Fb", "a/b", "a/B", "A/b", "a:b"]
    #expect(Set(try keys.map { try #require(CacheKey($0)).dataPath }).count == keys.count)
  }

  @Test func `an empty or overlong key is refused`() {
    #expect(CacheKey("") == nil)
    #expect(CacheKey(String(repeating: "k", count: 200)) != nil)
    #expect(CacheKey(String(repeating: "k", count: 201)) == nil)
    #expect(CacheKey(String(repeating: "/", count: 67)) == nil)
  }
}

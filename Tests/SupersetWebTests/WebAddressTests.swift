// SPDX-License-Identifier: MIT
import Testing

@testable import SupersetWeb

struct WebAddressTests {
  @Test(arguments: [
    ("http://superset:8088/", "http://superset:8088/api"),
    ("http://superset:8088", "http://superset:8088/api"),
    ("https://example.com/bi//", "https://example.com/bi/api"),
  ])
  func `a path stands below the address`(_ text: String, _ url: String) {
    #expect(WebAddress(text)?.url("/api") == url)
  }

  @Test(arguments: [
    "", "superset:8088", "ftp://superset/", "http://", "http://a b/", "http://a\n", "http://a/?b=c",
    "http://a/#b", "http://me:secret@a/",
  ])
  func `what is no address is none`(_ text: String) {
    #expect(WebAddress(text) == nil)
  }

  @Test func `only https is secure`() {
    #expect(WebAddress("HTTPS://a/")?.isSecure == true)
    #expect(WebAddress("http://https/")?.isSecure == false)
  }
}

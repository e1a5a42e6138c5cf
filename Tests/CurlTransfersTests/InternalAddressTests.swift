// SPDX-License-Identifier: MIT
import Testing

@testable import CurlTransfers

struct InternalAddressTests {
  @Test(arguments: [
    "127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1",
    "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1", "ff02::1",
    "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "", "localhost",
    "127.0.0.1 ",
  ])
  func `what only its own network reaches is internal, and so is what is no address`(_ text: String)
  {
    #expect(InternalAddress.contains(text))
  }

  @Test(arguments: [
    "8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "192.0.1.1", "2606:4700::1111",
    "::ffff:8.8.8.8", "64:ff9b::808:808",
  ])
  func `an address that everybody reaches is not`(_ text: String) {
    #expect(!InternalAddress.contains(text))
  }
}

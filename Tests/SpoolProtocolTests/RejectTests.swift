// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

@testable import SpoolProtocol

struct RejectTests {
  @Test func `what is dropped again under one name gets the next number each time`() throws {
    let directory = try TemporaryDirectory("reject")
    let spool = Spool(root: directory.path)
    let queue = try #require(QueueName("noop"))
    try spool.files.makeDirectories(spool.layout.directory(of: .incoming, queue))
    for number in 1...40 {
      try directory.write("\(number)", to: "incoming/noop/a.json")
      _ = try spool.reject("a.json", in: queue, because: "no object")
    }
    for number in 1...40 {
      let name = number == 1 ? "a.json" : "a.json-\(number)"
      #expect(try directory.read("corrupt/noop/\(name)") == "\(number)")
      #expect(try directory.read("corrupt/noop/\(name).reason").hasPrefix("no object"))
    }
  }
}

// SPDX-License-Identifier: MIT
import Testing

@testable import SpoolProtocol

struct NameTests {
  @Test(arguments: ["a.json", "A-1_b+c=d,e:f@g.json", "0"])
  func `names of the rule are accepted`(_ name: String) {
    #expect(NameRule.judge(name) == .accepted)
  }

  @Test(arguments: [".hidden", "a~", "a.json.tmp", "a.part", ".a.json.swp"])
  func `what a producer is busy with is left alone`(_ name: String) {
    #expect(NameRule.judge(name) == .producersOwn)
  }

  @Test(arguments: ["-rf", "a b", "a/b", "é.json", "a\nb", "", "a;b", "a\u{10FFFE}"])
  func `other names are outside the rule`(_ name: String) {
    guard case .outside = NameRule.judge(name) else {
      Issue.record("accepted")
      return
    }
  }

  @Test func `two hundred bytes are a name, one more is none`() {
    #expect(NameRule.objection(to: String(repeating: "n", count: 200)) == nil)
    #expect(NameRule.objection(to: String(repeating: "n", count: 201)) != nil)
  }

  @Test func `the attempt is seen in the name, the id stays`() throws {
    let first = try #require(JobName(fileName: "report.json"))
    #expect(first.attempt == 1)
    #expect(first.next.fileName == "report.try2.json")
    let third = try #require(JobName(fileName: "report.try3.json"))
    #expect(third.id == first.id)
    #expect(third.attempt == 3)
    #expect(third.fileName == "report.try3.json")
  }

  @Test(arguments: [
    "a.try.json", "a.tryx.json", "a.try0.json", "a.try1.json", "a.try02.json", "a.try+2.json",
    "a.try9223372036854775807.json", "try2.json", "a.b.c.json",
  ])
  func `what only looks like an attempt is part of the id`(_ fileName: String) throws {
    let name = try #require(JobName(fileName: fileName))
    #expect(name.attempt == 1)
    #expect(name.fileName == fileName)
  }

  @Test(arguments: [
    "a", "a.txt", ".json", ".a.json", "a b.json", "a.json~", "a.json.json",
  ])
  func `a file without a job's name is none`(_ fileName: String) {
    #expect(JobName(fileName: fileName) == nil)
  }

  @Test func `a worker's folder tells its queue`() throws {
    let worker = try #require(WorkerName("reports.execute@12"))
    #expect(worker.queue.text == "reports.execute")
    #expect(worker.number == 12)
    #expect(worker.description == "reports.execute@12")
    #expect(WorkerName("a@b@3")?.queue.text == "a@b")
  }

  @Test(arguments: ["noop", "noop@", "noop@0", "noop@-1", "@1", ".x@1", "noop@1x"])
  func `other names are no worker's`(_ name: String) {
    #expect(WorkerName(name) == nil)
  }

  @Test func `a numbered id stays within the limit of a name`() throws {
    let id = try #require(JobID(String(repeating: "n", count: 200)))
    #expect(id.numbered(12).text.utf8.count == 200)
    #expect(id.numbered(12).text.hasSuffix("n-12"))
  }
}

// SPDX-License-Identifier: MIT
import SystemCalls
import Testing

@testable import SpoolProtocol

struct JobTests {
  private func job(_ text: String) throws(JobFormatError) -> Job {
    try Job(parsing: Array(text.utf8))
  }

  @Test func `a bare object is the keyword arguments`() throws {
    let job = try job(#"{"chart_id": 1, "force": true}"#)
    #expect(job.isBare)
    #expect(job.task == nil)
    #expect(job.input == ["chart_id": 1, "force": true])
    #expect(job.priority == 4)
  }

  @Test func `an envelope says how it wants to be run`() throws {
    let job = try job(
      #"""
      {"task":"fetch_url","id":"x","args":[1],"kwargs":{"a":2},"eta":"2030-01-02T03:04:05+02:00",
       "expires":120,"priority":9,"retries":3,"soft_time_limit":1.5,"time_limit":2,
       "unique":"k","then":[{"task":"noop"}]}
      """#)
    #expect(job.task?.text == "fetch_url")
    #expect(job.input == ["a": 2, "args": [1]])
    #expect(job.eta?.iso8601 == "2030-01-02T01:04:05.000Z")
    #expect(job.expires == .after(.seconds(120)))
    #expect(job.priority == 9)
    #expect(job.retries == 3)
    #expect(job.softTimeLimit == 1.5)
    #expect(job.timeLimit == 2)
    #expect(job.unique == "k")
    #expect(job.then.count == 1)
  }

  @Test(arguments: [
    #"{"task":"a","args":[1,[2]],"kwargs":{"a":{"b":2}},"eta":"2030-01-02","expires":120,"priority":9,"retries":3,"unique":"k","then":[{"task":"n","kwargs":{"x":1}}],"other":[[1]]}"#,
    #"{"chart_id":1,"priority":9,"then":[1,2]}"#, "{}", #"{"task":"a","args":null}"#,
  ])
  func `a job that is skimmed lacks its arguments and nothing else`(_ text: String) throws {
    var whole = try job(text)
    whole.positionalArguments = []
    if whole.isBare {
      whole.keywordArguments.removeAll { !["priority", "then"].contains($0.key) }
    } else {
      whole.keywordArguments = [:]
    }
    #expect(try Job(skimming: Array(text.utf8)) == whole)
  }

  @Test func `an envelope of too much is refused, a bare object of any size is not`() throws {
    let many = "[" + String(repeating: "{},", count: 100_000) + "{}]"
    let envelope = #"{"eta":\#(many),"task":"a"}"#
    #expect(throws: JobFormatError.self) { try Job(skimming: Array(envelope.utf8)) }
    for text in [#"{"then":\#(many)}"#, #"{"task":"a","kwargs":{"a":\#(many)}}"#] {
      #expect(try Job(skimming: Array(text.utf8)).then.isEmpty)
    }
  }

  @Test func `null members count as absent`() throws {
    let job = try job(#"{"task":"a","eta":null,"expires":null,"retries":null,"args":null}"#)
    #expect(job.eta == nil)
    #expect(job.input == [:])
  }

  @Test(arguments: [
    #"{"task":1}"#, #"{"task":"a b"}"#, #"{"task":"a","eta":"soon"}"#,
    #"{"task":"a","eta":"2030-02-30T00:00:00"}"#, #"{"task":"a","priority":10}"#,
    #"{"task":"a","kwargs":[]}"#, #"{"task":"a","args":{}}"#, #"{"task":"a","time_limit":-1}"#,
    #"{"task":"a","then":[{"x":1}]}"#, #"{"task":"a","expires":1e300}"#,
    #"{"task":"a","retries":-1}"#,
  ])
  func `a malformed envelope names the member`(_ text: String) {
    #expect {
      _ = try job(text)
    } throws: { error in
      guard case .badMember? = error as? JobFormatError else { return false }
      return true
    }
  }

  @Test(arguments: ["", " ", "{", #"{"a""#, #"{"a":[1,"#])
  func `the beginning of an object is incomplete`(_ text: String) {
    #expect(throws: JobFormatError.incomplete) { _ = try job(text) }
  }

  @Test(arguments: ["[1]", "[1", "\"a", "12", "null", "tru"])
  func `what can become no object is refused at once`(_ text: String) {
    #expect(throws: JobFormatError.notAnObject) { _ = try job(text) }
  }

  @Test(arguments: ["{}}", "hello", "{a:1}", "{\"a\":1} x"])
  func `what is no JSON is refused at once`(_ text: String) {
    #expect {
      _ = try job(text)
    } throws: { error in
      guard case .notJSON? = error as? JobFormatError else { return false }
      return true
    }
  }
}

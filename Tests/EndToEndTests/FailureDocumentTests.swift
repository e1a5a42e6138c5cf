// SPDX-License-Identifier: MIT
import JSONValues
import SpoolTesting
import Testing

/// What a task that fails says beside its errors.
@Suite struct FailureDocumentTests {
  /// Seconds from now on until the deferred job is due.
  private func wait(_ spool: TestSpool) throws -> Int {
    #expect(spool.waits(for: "deferred/task/j.try2.json"))
    let text = spool.run("echo $(($(stat -c %Y deferred/task/j.try2.json) - $(date +%s)))")
    return try #require(text.flatMap { Int($0.filter { !$0.isWhitespace }) })
  }

  @Test func `a job is not tried again before the time that its task names`() throws {
    let spool = try TestSpool.running(#"echo '{"errors": [], "retry_after": 1800}'; exit 75"#)
    #expect((1700...1800).contains(try wait(spool)))
  }

  @Test(arguments: ["-5", "\"soon\"", "null", "[]"])
  func `what is no time is left out of account`(_ value: String) throws {
    let spool = try TestSpool.running(#"echo '{"retry_after": \#(value)}'; exit 75"#)
    #expect((0...10).contains(try wait(spool)))
  }

  @Test func `no task holds its job back for longer than a day`() throws {
    let spool = try TestSpool.running(#"echo '{"retry_after": 1e300}'; exit 75"#)
    #expect((86_000...86_400).contains(try wait(spool)))
  }

  @Test func `the keys under which its reason is wanted are in its reason`() throws {
    let spool = try TestSpool.running(
      #"echo '{"errors": [{"message": "no"}], "cache": [{"key": "k"}]}'; exit 65"#)
    #expect(spool.waits(for: "errors/task/j.json"))
    let reason = try JSONValue(parsing: spool.read("errors/task/j.error") ?? "")
    #expect(reason["cache"] == [["key": "k"]])
    #expect(reason["message"] == "no")
  }
}

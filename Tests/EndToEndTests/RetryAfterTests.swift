// SPDX-License-Identifier: MIT
import SpoolTesting
import Testing

/// What a task says of the time of its next attempt.
@Suite struct RetryAfterTests {
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
}

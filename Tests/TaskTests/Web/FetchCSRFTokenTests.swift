// SPDX-License-Identifier: MIT
import JSONValues
import TaskContract
import Testing

struct FetchCSRFTokenTests {
  private let bench: Workbench
  private let server: SupersetServer

  init() throws {
    bench = try Workbench()
    server = try SupersetServer(bench)
  }

  @Test func `its headers open what wants a token`() throws {
    let outcome = try bench.run(
      "fetch_csrf_token", ["--user", "alice"], input: "", try bench.configure(server.url))
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(server.requests.map(\.user) == ["alice"])
    let headers = outcome.json.objectValue?.map { "-H '\($0.key): \($0.value.stringValue ?? "")'" }
    let command = """
      curl -s -X PUT \(headers?.joined(separator: " ") ?? "") -d '{"chart_id": 1}' \
        '\(server.url)api/v1/chart/warm_up_cache'
      """
    let answer = try bench.run("/bin/sh", ["-c", command], input: "")
    #expect(answer.json["result"]?.arrayValue?.count == 1, "\(answer.output)")
  }

  @Test func `a user who is not there has none`() throws {
    let environment = try bench.configure(server.url)
    let outcome = try bench.run("fetch_csrf_token", ["--user", "zoe"], input: "", environment)
    #expect(outcome.status == Verdict.noUser.rawValue)
    #expect(outcome.log == "fetch_csrf_token: User 'zoe' not found\n")
    #expect(outcome.output.isEmpty)
  }
}

// SPDX-License-Identifier: MIT
import JSONValues
import TaskContract
import Testing

/// TLS, sessions on the server's side, and tasks that stay.
struct FetchURLSessionTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  private func fetch(_ environment: [String: String]) throws -> Workbench.Outcome {
    try bench.run("fetch_url", input: #"{"chart_id": 1}"#, environment)
  }

  @Test func `over TLS the referrer is told, and the server's certificate is looked at`() throws {
    let certificate = try Certificate(in: bench)
    let server = try SupersetServer(bench, certificate: certificate)
    let trusting = try fetch(
      try bench.configure(server.url, "web_certificates = '\(certificate.certificate)'"))
    #expect(trusting.status == 0, "\(trusting.log)")
    #expect(server.requests.count == 2)

    let wary = try fetch(try bench.configure(server.url))
    #expect(wary.status == Verdict.tryLater.rawValue)
    #expect(wary.step == "TLS")
    let other = try Certificate(in: bench, for: "127.0.0.2")
    let wrong = try fetch(
      try bench.configure(server.url, "web_certificates = '\(other.certificate)'"))
    #expect(wrong.step == "TLS")
    let none = try fetch(try bench.configure(server.url, "web_certificates = 'nowhere'"))
    #expect(none.status == Verdict.badConfiguration.rawValue)
    #expect(server.requests.count == 2)
  }

  @Test func `a certificate for another address is none`() throws {
    let certificate = try Certificate(in: bench, for: "127.0.0.2")
    let server = try SupersetServer(bench, certificate: certificate)
    let outcome = try fetch(
      try bench.configure(server.url, "web_certificates = '\(certificate.certificate)'"))
    #expect(outcome.step == "TLS")
    #expect(server.requests.isEmpty)
  }

  @Test func `where sessions are on the server's side somebody logs in`() throws {
    let server = try SupersetServer(bench, ["--server-side"])
    let minted = try fetch(try bench.configure(server.url))
    #expect(minted.step == "login")
    let settings = "session_server_side = true\nweb_user = 'alice'\n"
    let outcome = try fetch(
      try bench.configure(server.url, secret: nil, settings + "web_password = 'alice'"))
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(server.requests.last?.user == "alice")

    let wrong = try fetch(
      try bench.configure(server.url, secret: nil, settings + "web_password = 'bob'"))
    #expect(wrong.status == Verdict.noPermission.rawValue)
    #expect(wrong.message == "login: the password of 'alice' was refused")
    let without = try fetch(try bench.configure(server.url, secret: nil, settings))
    #expect(without.status == Verdict.badConfiguration.rawValue)
    #expect(without.message?.contains("web_password is not set") == true)
  }

  @Test func `the cookie has the name that Superset gives it`() throws {
    let server = try SupersetServer(bench, ["--cookie", "superset_session"])
    #expect(try fetch(try bench.configure(server.url)).step == "login")
    let outcome = try fetch(
      try bench.configure(server.url, "session_cookie_name = 'superset_session'"))
    #expect(outcome.status == 0, "\(outcome.log)")
  }

  @Test func `a task that stays keeps its connection and its token`() throws {
    let server = try SupersetServer(bench)
    let task = try ResidentTask(bench, "fetch_url", try bench.configure(server.url))
    for chart in [1, 2, 17, 404, 3] {
      let answer = try task.ask(job: #"{"chart_id": \#(chart)}"#)
      #expect(answer.isOK == (chart < 4))
    }
    #expect(server.requests.map(\.method) == ["GET", "PUT", "PUT", "PUT", "PUT", "PUT"])
    #expect(Set(server.requests.map(\.port)).count == 1)
  }

  @Test func `what it keeps is made anew when it is of no use any more`() throws {
    let first = try SupersetServer(bench)
    let task = try ResidentTask(bench, "fetch_url", try bench.configure(first.url))
    #expect(try task.ask(job: #"{"chart_id": 1}"#).isOK)
    let second = try SupersetServer(bench, ["--server-side"])
    _ = try bench.configure(
      second.url, "session_server_side = true\nweb_user = 'admin'\nweb_password = 'admin'")
    #expect(try task.ask(job: #"{"chart_id": 1}"#).isOK)
    #expect(try task.ask(job: #"{"chart_id": 1}"#).isOK)
    #expect(second.requests.map(\.method) == ["GET", "POST", "GET", "PUT", "PUT"])
  }
}

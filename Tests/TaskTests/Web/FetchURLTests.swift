// SPDX-License-Identifier: MIT
import JSONValues
import SpoolTesting
import TaskContract
import Testing

/// What becomes of a chart's warm-up over a running Superset.
struct FetchURLTests {
  private let bench: Workbench
  private let server: SupersetServer

  init() throws {
    bench = try Workbench()
    server = try SupersetServer(bench)
  }

  private func fetch(
    _ job: String, at url: String? = nil, _ more: String = ""
  ) throws -> Workbench.Outcome {
    try bench.run("fetch_url", input: job, try bench.configure(url ?? server.url, more))
  }

  private func fetch(chart: Int) throws -> Workbench.Outcome {
    try fetch(#"{"data": "{\"chart_id\": \#(chart)}"}"#)
  }

  @Test func `a chart is warmed up with the session, the token and its new cookie`() throws {
    let outcome = try fetch(#"{"data": "{\"chart_id\": 1, \"dashboard_id\": 2}"}"#)
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(outcome.json["success"] == #"{"chart_id": 1, "dashboard_id": 2}"#)
    let response = try JSONValue(parsing: outcome.json["response"]?.stringValue ?? "")
    #expect(
      response == ["result": [["chart_id": 1, "viz_error": nil, "viz_status": "success"]]])
    #expect(
      server.requests.map { "\($0.method) \($0.path) \($0.user)" } == [
        "GET /api/v1/security/csrf_token/ admin", "PUT /api/v1/chart/warm_up_cache admin",
      ])
    #expect(Set(server.requests.map(\.port)).count == 1)
  }

  @Test func `arguments may come by position, with headers, or as the payload alone`() throws {
    let token = try bench.run("fetch_csrf_token", input: "", try bench.configure(server.url))
    let cookie = try #require(token.json["Cookie"]?.stringValue)
    let jobs = [
      #"{"args": ["{\"chart_id\": 1}", {"Cookie": "\#(cookie)"}]}"#,
      #"{"data": {"chart_id": 1}}"#, #"{"payload": "{\"chart_id\": 1}"}"#, #"{"chart_id": 1}"#,
      #"{"data": "{\"chart_id\": 1}", "headers": null}"#,
      #"{"data": "{\"chart_id\": 1}", "username": "admin"}"#,
    ]
    for job in jobs {
      let outcome = try fetch(job)
      #expect(outcome.status == 0, "\(job): \(outcome.log)")
    }
    #expect(server.requests.allSatisfy { $0.user == "admin" })
  }

  @Test func `each rule of the executors has its own session`() throws {
    let outcome = try fetch(
      #"{"chart_id": 1}"#, "cache_warmup_executors = ['current_user', 'fixed_user:alice']")
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(server.requests.map(\.user) == ["alice", "alice"])
  }

  @Test(arguments: [
    (17, "chart: chart 17: Error: Columns missing in dataset: ['nope_column']"),
    (18, "chart: chart 18: it is broken"), (904, "status: the answer tells nothing of a chart"),
    (905, "status: the answer tells nothing of a chart"),
  ])
  func `a status of 200 alone is no success`(_ chart: Int, _ message: String) throws {
    let outcome = try fetch(chart: chart)
    #expect(outcome.status == Verdict.badInput.rawValue)
    #expect(outcome.message == message)
  }

  @Test(arguments: [
    (403, Verdict.noPermission, "status: status 403: Forbidden"),
    (404, .noInput, "status: status 404: Chart not found"),
    (422, .badInput, #"status: status 422: {"chart_id":["odd"]}"#),
    (302, .noPermission, "login: redirected to /login/?next=/api: not logged in"),
    (308, .badInput, "status: redirected to https://elsewhere.example/ with status 308"),
  ])
  func `a refusal is for good`(_ chart: Int, _ verdict: Verdict, _ message: String) throws {
    let outcome = try fetch(chart: chart)
    #expect(outcome.status == verdict.rawValue)
    #expect(outcome.message == message)
  }

  @Test(arguments: [
    (500, "status: status 500: Internal Server Error", nil),
    (502, "status: status 502", nil), (503, "status: status 503: later", nil),
    (429, "status: status 429: slow down", 120...120),
    (430, "status: status 503: at its time", 290...300),
  ])
  func `the server's trouble is temporary, and it may say for how long`(
    _ chart: Int, _ message: String, _ pause: ClosedRange<Int>?
  ) throws {
    let outcome = try fetch(chart: chart)
    #expect(outcome.status == Verdict.tryLater.rawValue)
    #expect(outcome.message == message)
    let told = outcome.json["retry_after"]?.integerValue
    if let pause { #expect(told.map(pause.contains) == true) } else { #expect(told == nil) }
  }

  @Test func `a broken connection is temporary, and tells how far it came`() throws {
    let broken = try fetch(chart: 901)
    #expect(broken.status == Verdict.tryLater.rawValue)
    #expect(broken.step == "transfer")
    let slow = try fetch(#"{"chart_id": 902}"#, "web_timeout = 1")
    #expect(slow.status == Verdict.tryLater.rawValue)
    #expect(slow.step == "transfer")
    let refused = try fetch(#"{"chart_id": 1}"#, at: "http://127.0.0.1:1/")
    #expect(refused.status == Verdict.tryLater.rawValue)
    #expect(refused.step == "connect")
    let unknown = try fetch(#"{"chart_id": 1}"#, at: "http://superset.invalid/")
    #expect(unknown.status == Verdict.tryLater.rawValue)
    #expect(unknown.step == "name resolution")
  }

  @Test func `an answer without end is not swallowed`() throws {
    let outcome = try fetch(#"{"chart_id": 903}"#, "web_body_limit = 1000000")
    #expect(outcome.status == Verdict.protocolError.rawValue)
    #expect(outcome.message?.hasSuffix("the answer has more than 1000000 bytes") == true)
  }

  @Test(arguments: [
    ("500", Verdict.tryLater, "CSRF: status 500: no token today"),
    ("404", .noPermission, "CSRF: status 404: no token today"),
    ("login", .noPermission, "login: redirected to /login/?next=x: not logged in"),
    ("odd", .noPermission, "CSRF: the answer of /api/v1/security/csrf_token/ holds no token"),
    ("newline", .noPermission, "CSRF: the answer of /api/v1/security/csrf_token/ holds no token"),
  ])
  func `without a token nothing is warmed up`(
    _ failure: String, _ verdict: Verdict, _ message: String
  ) throws {
    let server = try SupersetServer(bench, ["--csrf", failure])
    let outcome = try fetch(#"{"chart_id": 1}"#, at: server.url)
    #expect(outcome.status == verdict.rawValue)
    #expect(outcome.message == message)
    #expect(server.requests.allSatisfy { $0.method == "GET" })
  }

  @Test func `another SECRET_KEY opens nothing`() throws {
    let outcome = try bench.run(
      "fetch_url", input: #"{"chart_id": 1}"#, try bench.configure(server.url, secret: "another"))
    #expect(outcome.status == Verdict.noPermission.rawValue)
    #expect(
      outcome.message == "login: not logged in: status 401: Missing Authorization Header")
  }

  @Test(arguments: [
    ("{}", "the job is malformed: it names no chart_id"),
    (#"{"data": "no JSON"}"#, "the job is malformed: it names no chart_id"),
    (#"{"chart_id": 1, "headers": []}"#, "the job is malformed: its headers are no object"),
    (
      #"{"chart_id": 1, "headers": {"Cookie": 1}}"#,
      "the job is malformed: its header 'Cookie' is no text"
    ),
  ])
  func `a job that names no chart is none`(_ job: String, _ message: String) throws {
    let outcome = try fetch(job)
    #expect(outcome.status == Verdict.badInput.rawValue)
    #expect(outcome.message == message)
    #expect(server.requests.isEmpty)
  }

  @Test(arguments: [
    ("Cookie", #"session=x\r\nX-Forwarded-For: y"#), ("X-Y: z", "w"), ("Content-Length", "0"),
    ("transfer-encoding", "chunked"), ("Connection", "close"),
  ])
  func `headers are no way to smuggle others, nor the rest of a request`(
    _ name: String, _ value: String
  ) throws {
    let outcome = try fetch(
      #"{"chart_id": 1, "headers": {"Cookie": "session=x", "\#(name)": "\#(value)"}}"#)
    // Of this job alone: the queue goes on.
    #expect(outcome.status == Verdict.badInput.rawValue)
    #expect(outcome.message == "the job is malformed: its header '\(name)' cannot be sent")
    #expect(server.requests.isEmpty)
  }

  @Test func `of a job that is a payload itself nothing else is sent or told`() throws {
    let outcome = try fetch(
      #"{"chart_id": 1, "username": "alice", "headers": {"X": "y"}, "input": {"chart_id": 2}}"#)
    #expect(outcome.json["success"] == #"{"chart_id": 1}"#)
    let other = try fetch(#"{"chart_id": 1, "nonsense": true, "username": 5}"#)
    #expect(other.message == "the job is malformed: its username is no text")
  }

  @Test func `headers without end and answers that are none are not the settings' fault`() throws {
    let endless = try fetch(chart: 906)
    #expect(endless.status == Verdict.protocolError.rawValue)
    #expect(endless.message?.hasSuffix("the answer's headers have more than 262144 bytes") == true)
    let other = try fetch(chart: 907)
    #expect(other.status == Verdict.tryLater.rawValue)
    #expect(other.step == "transfer")
  }

  @Test(arguments: [908, 909, 910])
  func `what the request was trusted with is told nobody, whatever the server says`(
    _ chart: Int
  ) throws {
    let token = try bench.run("fetch_csrf_token", input: "", try bench.configure(server.url))
    let cookie = try #require(token.json["Cookie"]?.stringValue)
    let outcome = try fetch(
      #"{"data": "{\"chart_id\": \#(chart)}", "headers": {"Cookie": "\#(cookie); other=secrets"}}"#)
    let told = outcome.output + outcome.log
    #expect(told.contains("***"))
    #expect(!told.contains(cookie.suffix(20)))
    #expect(!told.contains("=secrets"))
    #expect(!told.contains("\u{1B}"))
    #expect(told.utf8.count < 4_000)
  }

  @Test func `a queue that is not configured is paused, not drained`() throws {
    let job = #"{"chart_id": 1}"#
    let without = try bench.run("fetch_url", input: job)
    #expect(without.status == Verdict.badConfiguration.rawValue)
    #expect(without.message?.contains("webdriver_baseurl is not set") == true)
    let keyless = try bench.run(
      "fetch_url", input: job, try bench.configure(server.url, secret: nil))
    #expect(keyless.status == Verdict.badConfiguration.rawValue)
    #expect(keyless.message?.contains("secret_key is not set") == true)
    for address in ["superset:8088", "http://me:secret@superset/"] {
      let odd = try fetch(job, at: address)
      #expect(odd.status == Verdict.badConfiguration.rawValue)
      #expect(odd.log.contains("webdriver_baseurl is no address") && !odd.log.contains("secret"))
    }
  }

  @Test func `a user who may not log in warms nothing up`() throws {
    try bench.changeMetadata("UPDATE ab_user SET active = 0 WHERE username = 'admin'")
    let outcome = try fetch(chart: 1)
    #expect(outcome.status == Verdict.noUser.rawValue)
    #expect(
      outcome.message
        == "Scheduled task executor not found; selenium: User 'admin' is not active")
  }

  @Test func `a pipe of payloads is warmed up one by one`() throws {
    let outcome = try fetch("{\"chart_id\": 1}\n{\"chart_id\": 404}\n\n{\"chart_id\": 2}\n")
    #expect(outcome.status == Verdict.noInput.rawValue)
    let lines = outcome.output.split(separator: "\n").compactMap {
      try? JSONValue(parsing: $0.utf8)
    }
    #expect(lines.count == 3)
    #expect(lines.map { $0["success"] != nil } == [true, false, true])
    let broken = try fetch("{\"chart_id\": 1\n{\"chart_id\": 1}\n{\"chart_id\": 2}\n")
    #expect(broken.status == Verdict.badInput.rawValue)
    #expect(
      broken.output.split(separator: "\n").map { $0.contains("success") } == [false, true, true])
    let long = try fetch("{\n\"data\":\n{\"chart_id\": 3}\n}\n")
    #expect(long.json["success"] == #"{"chart_id": 3}"#)
  }

  @Test func `a result that cannot be written is not a success`() throws {
    let file = try bench.makeDirectory("full")
    try bench.write("full/job", #"{"chart_id": 1}"#)
    let command = "'\(Workbench.products.path)/fetch_url' < job > /dev/full 2>/dev/null; echo $?"
    let variables = try bench.configure(server.url)
    let status = Shell(directory: file).run(
      "SPOOL_CONFIG='\(variables["SPOOL_CONFIG"] ?? "")' \(command)")
    #expect(status == "\(Verdict.ioError.rawValue)")
  }
}

extension Workbench.Outcome {
  var step: String? { json["errors"]?.arrayValue?.first?["step"]?.stringValue }
}

// SPDX-License-Identifier: MIT
import JSONValues
import TaskContract
import Testing

/// In whose name a task runs. Users are admin 1, alice 2 and bob 3, carol 4 may not log in.
struct GetExecutorTests {
  private let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.changeMetadata(
      """
      INSERT INTO ab_user (id, first_name, last_name, username, active, email)
        VALUES (4, 'c', 'c', 'carol', 0, 'carol@example.com');
      DELETE FROM slice_user; DELETE FROM dashboard_user;
      INSERT INTO report_schedule (id, type, name, crontab, timezone, extra_json,
        created_by_fk, changed_by_fk) VALUES (9, 'Report', 'r', '* * * * *', 'UTC', '{}', 3, 2);
      INSERT INTO report_schedule_user (id, user_id, report_schedule_id)
        VALUES (5, 2, 9), (4, 3, 9);
      """)
  }

  /// People behind the chart 1.
  private func set(creator: Int? = nil, modifier: Int? = nil, owners: [Int] = []) throws {
    func text(_ id: Int?) -> String { id.map(String.init) ?? "NULL" }
    try bench.changeMetadata(
      """
      UPDATE slices SET created_by_fk = \(text(creator)), changed_by_fk = \(text(modifier))
        WHERE id = 1;
      \(owners.map { "INSERT INTO slice_user (user_id, slice_id) VALUES (\($0), 1);" }.joined())
      """)
  }

  private func executor(
    _ rules: String, model: String = "Slice", id: Int = 1, user: String = ""
  ) throws -> Workbench.Outcome {
    let current = user.isEmpty ? "" : #","current_user":"\#(user)""#
    return try bench.run(
      "get_executor",
      input: #"{"executor_types":[\#(rules)],"model":"\#(model)","id":\#(id)\#(current)}"#)
  }

  private func expect(
    _ rules: String, _ rule: String, _ username: String, user: String = "",
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try executor(rules, user: user)
    #expect(
      outcome.json["executor_type"]?.stringValue == rule, "\(outcome.log)",
      sourceLocation: location)
    #expect(outcome.json["username"]?.stringValue == username, sourceLocation: location)
  }

  @Test func `the first rule that finds somebody counts`() throws {
    try set(creator: 2, modifier: 3)
    try expect(#""current_user","creator","modifier""#, "creator", "alice")
    try expect(#""current_user","creator""#, "current_user", "bob", user: "bob")
    try expect(#""creator_owner","modifier_owner","modifier""#, "modifier", "bob")
    try expect(#""owner","selenium""#, "selenium", "admin")
    try expect(#""fixed_user:alice""#, "fixed_user", "alice")
    try expect(#"{"fixed_user":"bob"}"#, "fixed_user", "bob")
    try expect(#"{"username":"bob"}"#, "fixed_user", "bob")
  }

  @Test func `among owners the one who changed it last, then its creator, then the first`() throws {
    try set(creator: 2, modifier: 3, owners: [1, 2, 3])
    try expect(#""owner""#, "owner", "bob")
    try expect(#""creator_owner""#, "creator_owner", "alice")
    try expect(#""modifier_owner""#, "modifier_owner", "bob")
    try set(creator: 2, modifier: nil)
    try expect(#""owner""#, "owner", "alice")
    try set()
    try expect(#""owner""#, "owner", "admin")
  }

  @Test func `the only owner is the owner, whoever else is about`() throws {
    try set(creator: 2, modifier: 1, owners: [3])
    try expect(#""owner""#, "owner", "bob")
    #expect(try executor(#""creator_owner","modifier_owner""#).status == Verdict.noUser.rawValue)
  }

  @Test(arguments: ["OWNER", "ExecutorType.OWNER", "Owner"])
  func `rules are known in every spelling`(_ name: String) throws {
    try set(modifier: 2, owners: [3])
    try expect("\"\(name)\"", "owner", "bob")
    try expect(#""MODIFIED_BY""#, "modifier", "alice")
    try expect(#""MODIFIER""#, "modifier", "alice")
  }

  @Test func `who may not log in is passed over, and the answer says so`() throws {
    try set(creator: 4, modifier: 99, owners: [4, 3])
    let outcome = try executor(#""modifier","creator","owner""#)
    #expect(outcome.json["username"] == "bob")
    #expect(
      outcome.json["passed_over"] == [
        ["executor_type": "modifier", "reason": "User with id 99 not found"],
        ["executor_type": "creator", "reason": "User 'carol' is not active"],
        ["executor_type": "owner", "reason": "User 'carol' is not active"],
      ])
    let none = try executor(#""creator","fixed_user:nobody""#)
    #expect(none.status == Verdict.noUser.rawValue)
    #expect(
      none.log == """
        get_executor: Scheduled task executor not found; \
        creator: User 'carol' is not active, fixed_user: User 'nobody' not found

        """)
  }

  @Test func `dashboards and reports have owners too`() throws {
    try bench.changeMetadata(
      "INSERT INTO dashboard_user (user_id, dashboard_id) VALUES (2, 1)")
    #expect(try executor(#""owner""#, model: "Dashboard").json["username"] == "alice")
    let report = try executor(#""owner""#, model: "ReportSchedule", id: 9)
    #expect(report.json["username"] == "alice")
    try bench.changeMetadata("UPDATE report_schedule SET changed_by_fk = 1, created_by_fk = 1")
    // By the order in which they became owners.
    #expect(
      try executor(#""owner""#, model: "ReportSchedule", id: 9).json["username"] == "bob")
  }

  @Test func `without rules Superset's defaults hold`() throws {
    func run(_ model: String, _ user: String) throws -> Workbench.Outcome {
      try bench.run(
        "get_executor", input: #"{"model":"\#(model)","id":9,"current_user":\#(user)}"#)
    }
    #expect(try run("Slice", #""alice""#).json["executor_type"] == "current_user")
    #expect(try run("Dashboard", "null").json["executor_type"] == "selenium")
    #expect(try run("ReportSchedule", #""alice""#).json["executor_type"] == "owner")
  }

  @Test(arguments: [
    (#"{"executor_types":["fixed_user"],"model":"Slice","id":1}"#, 65, "Invalid executor type"),
    (#"{"executor_types":["boss"],"model":"Slice","id":1}"#, 65, "Invalid executor type: \"boss\""),
    (#"{"executor_types":[1],"model":"Slice","id":1}"#, 65, "Invalid executor type: 1"),
    (#"{"executor_types":["owner"],"model":"Table","id":1}"#, 65, "the model 'Table' is none of"),
    (#"{"executor_types":["owner"],"id":1}"#, 65, "the request has no model"),
    (#"{"executor_types":["owner"],"model":"Slice"}"#, 65, "the request has no id"),
    (#"{"executor_types":["owner"],"model":"Slice","id":77}"#, 66, "no chart with id 77"),
    (#"{"executor_types":[],"model":"Slice","id":1}"#, 67, "Scheduled task executor not found"),
    ("[]", 65, "the job is not one JSON object"),
  ])
  func `a bad request says what is bad`(_ request: String, _ status: Int32, _ part: String) throws {
    let outcome = try bench.run("get_executor", input: request)
    #expect(outcome.status == status)
    #expect(outcome.log.contains(part), "\(outcome.log)")
    #expect(outcome.output.isEmpty)
  }
}

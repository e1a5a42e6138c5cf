// SPDX-License-Identifier: MIT
import JSONValues
import TaskContract
import Testing

/// Who looks at embedded dashboards, and who comes to data by the roles of a dashboard.
struct GuestTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  private static let chart = #""slice_id":1,"dashboardId":1"#
  private static let refused =
    "This endpoint requires the datasource 1, database or `all_datasource_access` permission"

  /// A job on births, asked by a guest of the first dashboard.
  ///
  /// - Parameters:
  ///   - shown: members of the form: where on a dashboard the data stand.
  ///   - token: members of the token, after its user.
  private func load(
    _ shown: String = chart, columns: String = #"["name"]"#, metrics: String = #"["sum__num"]"#,
    token: String = #","resources":[{"type":"dashboard","id":"1"}],"rls_rules":[]"#,
    _ variables: [String: String] = [:]
  ) throws -> Workbench.Outcome {
    let form =
      #"{"datasource":{"id":1,"type":"table"},"form_data":{\#(shown)},"queries":[{"columns":\#(columns),"metrics":\#(metrics),"row_limit":5}]}"#
    let guest = #"{"user":{"username":"visitor"}\#(token)}"#
    return try bench.run(
      "load_chart_data_into_cache",
      input:
        #"{"job_metadata":{"channel_id":"c","job_id":"j","user_id":null,"guest_token":\#(guest)},"form_data":\#(form)}"#,
      variables)
  }

  @Test func `a guest sees the charts of his dashboards alone, and only what they show`() throws {
    let outcome = try load()
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(outcome.rows?.arrayValue?.count == 5)
    // The token is for the task alone.
    #expect(!outcome.output.contains("visitor") && !outcome.output.contains("guest_token"))

    for shown in [
      #""slice_id":1"#, #""slice_id":6,"dashboardId":1"#, #""dashboardId":2,"slice_id":1"#,
    ] {
      let outcome = try load(shown, columns: "[]", metrics: #"["count"]"#)
      #expect(outcome.status == Verdict.noPermission.rawValue, "\(shown): \(outcome.log)")
    }
    // Also where the number of the chart is a text, by which databases find it all the same.
    for shown in [
      Self.chart, #""slice_id":"1","dashboardId":"1""#, #""slice_id":1.0,"dashboardId":1"#,
    ] {
      #expect(try load(shown).status == 0)
      let changed = try load(shown, metrics: #"["sum_boys"]"#)
      #expect(changed.message == "Guest user cannot modify chart payload")
      #expect(changed.status == Verdict.noPermission.rawValue)
    }
  }

  @Test(arguments: ["samples", "drill_detail"])
  func `a guest sees no rows of the dataset itself`(_ type: String) throws {
    let outcome = try load(columns: "[]", metrics: #"[],"result_type":"\#(type)""#)
    #expect(outcome.message == "Guest user cannot modify chart payload")
  }

  @Test func `a dashboard may be named by the UUID of its embedding`() throws {
    let uuid = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"
    let token = #","resources":[{"type":"dashboard","id":"\#(uuid)"}]"#
    #expect(try load(token: token).message == Self.refused)
    let digits = uuid.filter { $0 != "-" }
    try bench.changeMetadata(
      "INSERT INTO embedded_dashboards (uuid, dashboard_id) VALUES (x'\(digits)', 1)")
    #expect(try load(token: token).status == 0)
  }

  @Test func `a guest's rules hold beside those of his role, each for its dataset`() throws {
    let resources = #","resources":[{"type":"dashboard","id":1}]"#
    let rules = #","rls_rules":[{"clause":"name = 'Ada'"},{"dataset":2,"clause":"1 = 0"}]"#
    let outcome = try load(token: resources + rules)
    #expect(outcome.status == 0, "\(outcome.output)")
    let rows = outcome.rows?.arrayValue ?? []
    #expect(rows.compactMap { $0["name"]?.stringValue } == ["Ada"])
    let text = outcome.json["result"]?["result"]?.arrayValue?.first?["query"]?.stringValue ?? ""
    #expect(text.contains("(name = 'Ada')") && !text.contains("1 = 0"))
    let pointed = try load(token: resources + #","rls_rules":[{"dataset":1.0,"clause":"1 = 0"}]"#)
    #expect(pointed.rows == [])
    // Who has other rules must not find this answer.
    #expect(outcome.json["result_url"] != (try load()).json["result_url"])
  }

  @Test(arguments: [
    (#","resources":[],"exp":1"#, Verdict.noPermission, "the guest token of 'visitor' has expired"),
    ("", .badInput, "the guest token is none: it has no resources"),
    (#","resources":[],"exp":"1""#, .badInput, "the guest token is none: its exp is no number"),
    (
      #","resources":[],"rls_rules":[{}]"#, .badInput,
      "the guest token is none: a rule has no clause"
    ),
    (
      #","resources":[],"rls_rules":[{"dataset":true,"clause":"1 = 0"}]"#, .badInput,
      "the guest token is none: the dataset of a rule is no number"
    ),
    (
      #","resources":[],"rls_rules":"x""#, .badInput,
      "the guest token is none: its rls_rules are no list"
    ),
    (#","resources":[]"#, .noPermission, refused),
  ])
  func `a token that is none is refused`(
    _ token: String, _ verdict: Verdict, _ message: String
  ) throws {
    let outcome = try load(token: token)
    #expect(outcome.status == verdict.rawValue)
    #expect(outcome.message == message)
  }

  @Test func `a native filter opens the dataset that it lists values of`() throws {
    let shown = #""type":"NATIVE_FILTER","native_filter_id":"f1","dashboardId":1"#
    #expect(try load(shown).message == Self.refused)
    try bench.changeMetadata(
      """
      UPDATE dashboards SET json_metadata =
        '{"native_filter_configuration":[{"id":"f1","targets":[{"datasetId":1}]}]}' WHERE id = 1
      """)
    #expect(try load(shown).status == 0)
    #expect(try load(shown.replacing("f1", with: "f2")).message == Self.refused)
  }

  @Test func `a clause may ask for the guest's name`() throws {
    func rules(_ name: String) -> String {
      #","resources":[{"type":"dashboard","id":"1"}],"rls_rules":[{"clause":"'{{ current_username() }}' = '\#(name)'"}]"#
    }
    try bench.write("spool.toml", "[superset]\nenable_template_processing = true\n")
    let variables = ["SPOOL_CONFIG": "\(bench.path)/spool.toml"]
    #expect(try load(token: rules("visitor"), variables).rows?.arrayValue?.count == 5)
    #expect(try load(token: rules("somebody"), variables).rows?.arrayValue?.count == 0)
  }

  @Test func `the roles of a published dashboard open its charts, where that is switched on`()
    throws
  {
    let form =
      #"{"datasource":{"id":1,"type":"table"},"form_data":{\#(Self.chart)},"queries":[{"columns":["name"],"metrics":["sum__num"],"row_limit":5}]}"#
    // Bob has the role Gamma, and no permission on births.
    try bench.changeMetadata(
      """
      INSERT INTO dashboard_roles (dashboard_id, role_id)
        SELECT 1, role_id FROM ab_user_role WHERE user_id = 3;
      UPDATE dashboards SET published = 1 WHERE id = 1;
      """)
    let off = try bench.load(form, user: "3")
    #expect(off.message == Self.refused)
    try bench.write("spool.toml", "[superset]\ndashboard_rbac = true\n")
    let variables = ["SPOOL_CONFIG": "\(bench.path)/spool.toml"]
    let on = try bench.load(form, user: "3", variables)
    #expect(on.status == 0, "\(on.log)")
    try bench.changeMetadata("UPDATE dashboards SET published = 0 WHERE id = 1")
    #expect(try bench.load(form, user: "3", variables).message == Self.refused)
  }
}

// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import ChartQueries
@testable import SupersetMetadata

/// Templates in the SQL of a query; Superset's own answers to the like are among the recorded cases.
struct TemplateRendererTests {
  private static let user = User(id: 7, username: "ohara", email: "o@example.com", roles: [])
  private static let query: JSONValue = [
    "columns": ["region"], "metrics": ["count"], "url_params": ["city": "l'Aquila"],
    "filters": [
      ["col": "region", "op": "in", "val": ["north", "o'er"]], ["col": "qty", "op": ">", "val": 3],
      ["col": "nowhere", "op": "==", "val": "x"],
    ],
  ]

  private func builder(
    where clause: String, _ rowFilters: [RowFilter] = [], over dataset: Dataset = .sample,
    isEnabled: Bool = true
  ) throws(ChartQueryError) -> SelectBuilder {
    var members = Self.query.objectValue ?? [:]
    members["extras"] = ["where": .string(clause)]
    return try SelectBuilder(
      try QueryObject(.object(members), now: .test), over: dataset, rowFilters: rowFilters,
      limits: RowLimits(standard: 50, samples: 10, maximum: 100),
      templates: TemplateSource(isEnabled: isEnabled, user: Self.user, query: Self.query),
      in: .sqlite
    ) { _ in true }
  }

  @Test(arguments: [
    ("region IN {{ filter_values('region')|where_in }}", "region IN ('north', 'o''er')"),
    ("x IN {{ filter_values('active', 'on')|where_in }}", "x IN ('on')"),
    ("{{ [1, 2.5, none, true]|where_in }}", "(1, 2.5, NULL, 1)"),
    ("'{{ current_username() }}'", "'ohara'"), ("{{ current_user_id() }}", "7"),
    ("'{{ url_param('city') }}'", "'l''Aquila'"), ("'{{ url_param('no', 'd') }}'", "'d'"),
    ("{% for f in get_filters('qty') %}qty {{ f.op }} {{ f.val }}{% endfor %}", "qty > 3"),
    ("{{ row_limit }} {{ columns[0] }} {{ table_columns|length }}", "50 region 5"),
    ("'{{ metric('revenue') }}'", "'SUM(qty*price)'"),
  ])
  func `templates know the user, the filters and the query`(_ clause: String, _ sql: String) throws
  {
    let text = try builder(where: clause).statement().text
    #expect(text.contains("AND (\(sql))"))
  }

  @Test func `what an answer depends on is noted for its key, once`() throws {
    let builder = try builder(
      where: "{{ current_user_id() }} = {{ current_user_id() }} OR '{{ url_param('city') }}' = ''",
      [RowFilter(clause: "owner = {{ current_user_email() }}", groupKey: nil)])
    _ = try builder.statement()
    #expect(builder.templates.cacheKeys == ["o@example.com", 7, "l''Aquila"])
  }

  @Test func `a template can take over a filter`() throws {
    let clause = "{{ filter_values('region', remove_filter=true)|length }} = 2"
    let statement = try builder(where: clause).statement()
    // By the time the clause is rendered the filter is there already, as in Superset.
    #expect(statement.text.contains("region IN ('north', 'o''er')"))
    #expect(statement.templateFilters == ["region"])
    let virtual = Dataset.virtual(
      "SELECT * FROM t WHERE r IN {{ filter_values('region', remove_filter=true)|where_in }}")
    let taken = try builder(where: "1 = 1", over: virtual).statement()
    #expect(!taken.text.contains("AND region IN"))
    #expect(taken.appliedFilters == ["region", "qty"])
    #expect(taken.rejectedFilters == ["nowhere"])
  }

  @Test func `a row filter is rendered with the rest`() throws {
    let filter = RowFilter(clause: "id = {{ current_user_id() }}", groupKey: nil)
    let text = try builder(where: "1 = 1", [filter]).statement().text
    #expect(text.contains("(id = 7)"))
  }

  @Test(arguments: [
    (
      "{{ 1 + }}",
      "Error: Error in jinja expression in WHERE clause: unexpected 'end of print statement'"
    ),
    ("{{ a.b }}", "Error: Error in jinja expression in WHERE clause: 'a' is undefined"),
    (
      "{% include 'x' %}",
      "Error: Error in jinja expression in WHERE clause: the tag 'include' is not supported (line 1)"
    ),
    ("{{ '(' }} 1", "Unclosed parenthesis in filter clause"),
    ("x = '{{ \"'\" }}'", "Unclosed quote in filter clause"),
    ("x = ({{ 'select' }} 1)", "Error: Custom SQL fields cannot contain sub-queries."),
  ])
  func `what is wrong with a template is told`(_ clause: String, _ sentence: String) throws {
    #expect {
      try builder(where: clause).statement()
    } throws: {
      "\($0)" == sentence
    }
  }

  @Test(arguments: ["x = {{ 1 }}", "{% if x %}1{% endif %}", "1 = 1 {# all #}"])
  func `a template is refused where templates are switched off`(_ clause: String) {
    #expect(throws: ChartQueryError.templatesOff("(\(clause))")) {
      try builder(where: clause, isEnabled: false).statement()
    }
  }

  @Test func `a virtual dataset is asked in parentheses`() throws {
    let text = try builder(where: "1 = 1", over: .virtual(" \nSELECT 1 AS region;\n")).statement()
      .text
    #expect(text.contains("FROM (SELECT 1 AS region\n) AS virtual_table \nWHERE"))
  }

  @Test(arguments: [
    (" ; ", "cannot be empty"), ("DELETE FROM t", "must be read-only"),
    ("SELECT 1; SELECT 2", "cannot consist of multiple statements"),
  ])
  func `a virtual dataset only reads`(_ sql: String, _ fault: String) {
    #expect(throws: ChartQueryError.virtualDataset(fault)) {
      try builder(where: "1 = 1", over: .virtual(sql))
    }
  }
}

extension Dataset {
  /// The sample with a query in the place of its table.
  fileprivate static func virtual(_ sql: String) -> Dataset {
    let sample = Dataset.sample
    return Dataset(
      id: 3, name: "virtual", schema: nil, catalog: nil, sql: sql, mainTemporalColumn: nil,
      hourOffset: 0, cacheTimeout: nil, fetchValuesPredicate: nil, templateParameters: nil,
      alwaysFiltersMainTemporalColumn: false, perm: nil, schemaPerm: nil, catalogPerm: nil,
      changedOn: nil, database: sample.database, columns: sample.columns, metrics: sample.metrics)
  }
}

// SPDX-License-Identifier: MIT
import SQLDatabases

extension SampleMetadata {
  /// One database, beside this one, with the datasets `birth_names` (1) and `sales` (2).
  func fillDatasets() throws(SQLError) {
    var random = SampleRandom(seed: 41)
    try insertMade(
      "dbs", ["id", "database_name", "sqlalchemy_uri", "expose_in_sqllab", "uuid"],
      [
        [
          .integer(1), .text("examples"), .text("sqlite:///\(SampleData.examplesName)"),
          .flag(true), .blob(random.uuid()),
        ]
      ])
    try insertMade(
      "tables",
      [
        "id", "table_name", "database_id", "schema", "main_dttm_col", "perm", "schema_perm",
        "offset", "filter_select_enabled", "description", "uuid",
      ],
      [(1, "birth_names", "Births by name"), (2, "sales", "Orders")].map { id, name, text in
        [
          .integer(id), .text(name), .integer(1), .text("main"), .text("ds"),
          .text("[examples].[\(name)](id:\(id))"), .text("[examples].[main]"), .integer(0),
          .flag(true), .text(text), .blob(random.uuid()),
        ]
      })
    try insert("sqlatable_user", ["user_id", "table_id"], [(1, 1), (1, 2)].map(pair))
    try fillColumns(&random)
    try fillMetrics(&random)
  }

  private func fillColumns(_ random: inout SampleRandom) throws(SQLError) {
    let columns = Self.birthColumns.map { (1, $0) } + Self.salesColumns.map { (2, $0) }
    var rows: [[SQLValue]] = []
    for (table, (name, type, expression)) in columns {
      rows.append([
        .integer(table), .text(name), .text(type), expression.map(SQLValue.text) ?? .null,
        .flag(type == "DATETIME"), .flag(true), .flag(true), .flag(true), .blob(random.uuid()),
      ])
    }
    try insertMade(
      "table_columns",
      [
        "table_id", "column_name", "type", "expression", "is_dttm", "is_active", "groupby",
        "filterable", "uuid",
      ], rows)
  }

  private func fillMetrics(_ random: inout SampleRandom) throws(SQLError) {
    let metrics = Self.birthMetrics.map { (1, $0) } + Self.salesMetrics.map { (2, $0) }
    var rows: [[SQLValue]] = []
    for (table, (name, expression)) in metrics {
      rows.append([.integer(table), .text(name), .text(expression), .blob(random.uuid())])
    }
    try insertMade("sql_metrics", ["table_id", "metric_name", "expression", "uuid"], rows)
  }

  private typealias Column = (name: String, type: String, expression: String?)

  private static let birthColumns: [Column] = [
    ("ds", "DATETIME", nil), ("gender", "VARCHAR(16)", nil), ("name", "VARCHAR(255)", nil),
    ("num", "BIGINT", nil), ("state", "VARCHAR(10)", nil), ("sum_boys", "BIGINT", nil),
    ("sum_girls", "BIGINT", nil),
    ("num_california", "BIGINT", "CASE WHEN state = 'CA' THEN num ELSE 0 END"),
    ("initial", "VARCHAR(1)", "SUBSTR(name, 1, 1)"),
  ]

  private static let salesColumns: [Column] = [
    ("ds", "DATETIME", nil), ("region", "VARCHAR(64)", nil), ("product", "VARCHAR(64)", nil),
    ("sales", "FLOAT", nil), ("orders", "INTEGER", nil), ("unit_price", "REAL", nil),
    ("is_delivery", "BOOLEAN", nil), ("note", "TEXT", nil),
    ("hour", "INTEGER", "CAST(STRFTIME('%H', ds) AS INTEGER)"),
    ("is_big", "BOOLEAN", "orders >= 20"),
  ]

  private static let birthMetrics = [
    ("count", "COUNT(*)"), ("sum__num", "SUM(num)"), ("avg__num", "AVG(num)"),
    ("max__num", "MAX(num)"), ("min__num", "MIN(num)"), ("sum_boys", "SUM(sum_boys)"),
    ("sum_girls", "SUM(sum_girls)"), ("names", "COUNT(DISTINCT name)"),
  ]

  private static let salesMetrics = [
    ("count", "COUNT(*)"), ("sum__sales", "SUM(sales)"), ("sum__orders", "SUM(orders)"),
    ("avg_price", "AVG(unit_price)"), ("avg_check", "SUM(sales) / NULLIF(SUM(orders), 0)"),
    ("regions", "COUNT(DISTINCT region)"),
  ]
}

// SPDX-License-Identifier: MIT
import SQLDatabases

extension MetadataStore {
  package func dataset(id: Int) throws(MetadataError) -> Dataset {
    let columns = try columns(ofDataset: id)
    let metrics = try metrics(ofDataset: id)
    let statement = SQLStatement(
      """
      SELECT tables.id, table_name, schema, catalog, sql, main_dttm_col, "offset",
        tables.cache_timeout, fetch_values_predicate, always_filter_main_dttm, perm, schema_perm,
        catalog_perm, tables.changed_on, dbs.id, database_name, sqlalchemy_uri, dbs.cache_timeout,
        dbs.password, template_params
      FROM tables JOIN dbs ON dbs.id = tables.database_id WHERE tables.id = ?
      """, .integer(id))
    let found = try rows(statement) { row in dataset(row, columns, metrics) }
    guard let dataset = found.first else { throw .noDataset(id: id) }
    return dataset
  }

  private func dataset(
    _ row: any SQLRow, _ columns: [DatasetColumn], _ metrics: [DatasetMetric]
  ) -> Dataset {
    Dataset(
      id: row[0].integerValue ?? 0, name: row[1].textValue ?? "", schema: row[2].filledText,
      catalog: row[3].filledText, sql: row[4].filledText, mainTemporalColumn: row[5].filledText,
      hourOffset: row[6].integerValue ?? 0, cacheTimeout: row[7].integerValue,
      fetchValuesPredicate: row[8].filledText, templateParameters: row[19].filledText,
      alwaysFiltersMainTemporalColumn: row[9].isTrue,
      perm: row[10].filledText, schemaPerm: row[11].filledText, catalogPerm: row[12].filledText,
      changedOn: row[13].filledText,
      database: DatasetDatabase(
        id: row[14].integerValue ?? 0, name: row[15].textValue ?? "", uri: row[16].textValue ?? "",
        cacheTimeout: row[17].integerValue, encryptedPassword: row[18].bytesAsText),
      columns: columns, metrics: metrics)
  }

  private func columns(ofDataset id: Int) throws(MetadataError) -> [DatasetColumn] {
    let statement = SQLStatement(
      """
      SELECT column_name, verbose_name, type, expression, is_dttm, python_date_format
      FROM table_columns WHERE table_id = ? ORDER BY id
      """, .integer(id))
    return try rows(statement) { row in
      DatasetColumn(
        name: row[0].textValue ?? "", verboseName: row[1].filledText, type: row[2].filledText,
        expression: row[3].filledText, isTemporal: row[4].isTrue,
        pythonDateFormat: row[5].filledText)
    }
  }

  /// What DODO's fork calls columns and metrics in Russian, by their names.
  package func russianTitles(ofDataset id: Int) throws(MetadataError) -> [String: String] {
    var titles: [String: String] = [:]
    for (table, name) in [("table_columns", "column_name"), ("sql_metrics", "metric_name")] {
      let statement = SQLStatement(
        "SELECT \(name), verbose_name_ru FROM \(table) WHERE table_id = ?", .integer(id))
      for (name, title) in try rows(statement, { ($0[0].textValue ?? "", $0[1].filledText) }) {
        if let title { titles[name] = title }
      }
    }
    return titles
  }

  private func metrics(ofDataset id: Int) throws(MetadataError) -> [DatasetMetric] {
    let statement = SQLStatement(
      """
      SELECT metric_name, verbose_name, expression FROM sql_metrics
      WHERE table_id = ? ORDER BY id
      """, .integer(id))
    return try rows(statement) { row in
      DatasetMetric(
        name: row[0].textValue ?? "", verboseName: row[1].filledText,
        expression: row[2].textValue ?? "")
    }
  }
}

extension SQLValue {
  /// The base64 of an encrypted column, which is a blob in some databases.
  var bytesAsText: String? {
    if case .blob(let bytes) = self { return String(decoding: bytes, as: UTF8.self) }
    return filledText
  }

  /// Superset's forms store an empty text where they mean nothing at all.
  var filledText: String? { textValue.flatMap { $0.isEmpty ? nil : $0 } }
}

// SPDX-License-Identifier: MIT
import JSONValues
import SQLDatabases
import SupersetMetadata

/// Writes the documents of `explore_json`.
struct ExploreWriter {
  let key: String
  let timeout: Int
  let freshness: AnswerFreshness
  let dataset: Dataset
  let range: TimeRange
  let form: ExploreForm

  func sql(_ text: String) -> ExploreAnswer {
    ExploreAnswer(
      JSONValue.object(["query": .string(text + ";"), "language": "sql"]).bytes, rowCount: 0)
  }

  /// The rows as they came.
  func records(_ rows: LegacyRows) -> ExploreAnswer {
    let members: JSONObject = [
      "data": rows.table.legacyRecords, "colnames": names(rows), "coltypes": types(rows),
      "rowcount": .integer(rows.table.rowCount), "sql_rowcount": nil,
    ]
    return ExploreAnswer(JSONValue.object(members).bytes, rowCount: rows.table.rowCount)
  }

  func document(_ rows: LegacyRows, _ data: LegacyData) -> ExploreAnswer {
    var members = head(errors: [], query: rows.statement.text)
    members["status"] = "success"
    members["stacktrace"] = nil as JSONValue
    members["rowcount"] = .integer(rows.table.rowCount)
    members["colnames"] =
      data.columnNames.map { .array($0.map { .string($0) }) } ?? names(rows)
    members["coltypes"] = types(rows)
    members["data"] = data.json
    append(rows.statement, to: &members)
    return ExploreAnswer(JSONValue.object(members).bytes, rowCount: rows.table.rowCount)
  }

  /// A query that could not be made.
  ///
  /// - Parameter hasTable: whether the document has a place for the frame that there is not.
  ///
  /// - Parameter times: how often: once for each time that the chart compares with as well.
  func failure(_ error: ChartQueryError, hasTable: Bool, times: Int = 1) -> ExploreAnswer {
    let shown = ErrorDocument.error(error.sentence ?? "\(error)", "VIZ_GET_DF_ERROR")
    return failure(
      error, Array(repeating: shown, count: times), query: "", columns: nil,
      hasTable ? ["df": nil] : [:])
  }

  /// A query that the database refuses.
  func failure(_ error: ChartQueryError, of statement: SelectStatement) -> ExploreAnswer {
    failure(error, [Self.databaseError(error)], query: statement.text, columns: [], [:], statement)
  }

  private func failure(
    _ error: ChartQueryError, _ errors: [JSONValue], query: String, columns: JSONValue,
    _ rest: JSONObject, _ statement: SelectStatement? = nil
  ) -> ExploreAnswer {
    var members = head(errors: errors, query: query).merging(rest) { $1 }
    if !rest.isEmpty {
      // This way of Superset's writes times in another form.
      for (name, time) in [("from_dttm", range.from), ("to_dttm", range.to)] {
        members[name] = time.map { .string($0.text.replacing(" ", with: "T")) } ?? .null
      }
    }
    members["status"] = "failed"
    members["stacktrace"] = nil as JSONValue
    members["rowcount"] = 0
    members["colnames"] = columns
    members["coltypes"] = columns
    if rest.isEmpty { append(statement, to: &members) }
    return ExploreAnswer(JSONValue.object(members).bytes, error, errors)
  }

  /// The key comes first: it shows a reader of the cache what the rest was made from.
  private func head(errors: [JSONValue], query: String) -> JSONObject {
    let cachedAt = freshness.cachedAt
    return [
      "cache_key": .string(key), "cached_dttm": cachedAt, "cache_timeout": .integer(timeout),
      "errors": .array(errors), "form_data": .object(form.members),
      "is_cached": .bool(!cachedAt.isNull), "query": .string(query),
      "from_dttm": range.from.map { .double($0.epochMilliseconds) } ?? nil,
      "to_dttm": range.to.map { .double($0.epochMilliseconds) } ?? nil,
    ]
  }

  private func names(_ rows: LegacyRows) -> JSONValue {
    .array(rows.table.columns.map { $0.label[0].json })
  }

  private func types(_ rows: LegacyRows) -> JSONValue {
    .array(rows.types.map { .integer($0.rawValue) })
  }

  private func append(_ statement: SelectStatement?, to members: inout JSONObject) {
    let time = timeExtras
    members["applied_filters"] = .array(
      (statement?.appliedFilters ?? []).map { ["column": .string($0)] } + time.applied)
    members["rejected_filters"] = .array(
      (statement?.rejectedFilters ?? []).map(SelectStatement.rejection) + time.rejected)
  }

  /// What a dashboard's settings of time have come to.
  private var timeExtras: (applied: [JSONValue], rejected: [JSONValue]) {
    let extras = form["applied_time_extras"]
    let temporal = Set(dataset.columns.filter(\.isTemporal).map(\.name))
    var (applied, rejected): ([JSONValue], [JSONValue]) = ([], [])
    if let column = extras?["__time_col"]?.filledText {
      if temporal.contains(column) {
        applied.append(["column": "__time_col"])
      } else {
        rejected.append(SelectStatement.rejection(of: "__time_col"))
      }
    }
    for name in ["__time_grain", "__time_range"] where extras?[name]?.saysAnything == true {
      if temporal.isEmpty {
        rejected.append(["reason": "no_temporal_column", "column": .string(name)])
      } else {
        applied.append(["column": .string(name)])
      }
    }
    return (applied, rejected)
  }

  /// In Superset's words, which know a missing column of SQLite from everything else.
  private static func databaseError(_ error: ChartQueryError) -> JSONValue {
    guard case .database(let cause) = error else { return .null }
    let text = "\(cause)"
    let mark = "no such column: "
    func extra(_ codes: [(Int, String)]) -> JSONValue {
      [
        "engine_name": "SQLite",
        "issue_codes": .array(
          codes.map { ["code": .integer($0.0), "message": .string("Issue \($0.0) - \($0.1)")] }),
      ]
    }
    guard text.hasPrefix(mark) else {
      return ErrorDocument.error(
        text, "GENERIC_DB_ENGINE_ERROR",
        extra: extra([(1_002, "The database returned an unexpected error.")]))
    }
    return ErrorDocument.error(
      "We can't seem to resolve the column \"\(text.dropFirst(mark.count))\"",
      "COLUMN_DOES_NOT_EXIST_ERROR",
      extra: extra([
        (
          1_003,
          "There is a syntax error in the SQL query. Perhaps there was a misspelling or a typo."
        ), (1_004, "The column was deleted or renamed in the database."),
      ]))
  }
}

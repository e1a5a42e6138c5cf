// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts
import SQLDatabases
import SupersetMetadata

/// The form of a legacy chart joined with its dataset and its user.
package struct ExploreRequest: Sendable {
  /// Dataset, access and row filters are those of any request.
  private let access: ChartRequest
  private let form: ExploreForm
  private let given: JSONValue
  private let chart: any LegacyChart
  private let response: ExploreResponse
  private let rules: ChartRules
  private let now: CivilTime

  /// - Throws: an error where the user may not read the dataset, and for a type that we do not draw.
  package init(
    _ form: JSONValue, for response: ExploreResponse = .json, at now: CivilTime, as user: User,
    rules: ChartRules, from metadata: MetadataStore
  ) throws(ChartQueryError) {
    given = form
    self.form = try ExploreForm(form) { id throws(ChartQueryError) in
      try Self.savedForm(ofChart: id, in: metadata)
    }
    self.response = response
    self.rules = rules
    self.now = now
    let context = QueryContext(
      ofDataset: try Self.dataset(of: self.form), as: response == .csv ? .csv : .json,
      asking: [
        "filters": self.form["filters"] ?? [], "url_params": self.form["url_params"] ?? nil,
      ], of: .object(self.form.members))
    access = try ChartRequest(
      context, as: user, rules: rules, from: metadata)
    chart = try LegacyCharts.chart(named: self.form.text("viz_type") ?? "table")
    _ = try self.form.metrics
  }

  private static func savedForm(
    ofChart id: Int, in metadata: MetadataStore
  ) throws(ChartQueryError) -> JSONObject? {
    let saved: Chart
    do { saved = try metadata.chart(id: id) } catch {
      if case .noChart = error { return nil }
      throw .metadata(error)
    }
    var form = (try? JSONValue(parsing: saved.form ?? ""))?.objectValue ?? [:]
    form["slice_id"] = .integer(id)
    form["viz_type"] = .string(saved.vizType)
    form["datasource"] = .string(saved.datasource)
    if let timeout = saved.cacheTimeout, timeout != 0 { form["cache_timeout"] = .integer(timeout) }
    return form
  }

  /// `"1__table"`
  private static func dataset(of form: ExploreForm) throws(ChartQueryError) -> Int {
    let name = form.text("datasource") ?? ""
    guard let middle = name.firstRange(of: "__"), name[..<middle.lowerBound] != "None" else {
      throw .noDataset
    }
    let type = name[middle.upperBound...]
    guard type == "table" else { throw .unsupported("the datasource type '\(type)'") }
    guard let id = Int(name[..<middle.lowerBound]) else {
      throw .breaksOff(
        reason: "invalid literal for int() with base 10: "
          + PythonText.quoted(String(name[..<middle.lowerBound])))
    }
    return id
  }

  package var dataset: Dataset { access.dataset }

  /// `ejr-…`, the last part of a result's URL.
  package var key: String {
    access.identity.exploreKey(
      of: ["form_data": given, "response_type": .string(response.rawValue)],
      extras: (try? query()).map { templateKeys(of: response == .samples ? samples($0.0) : $0.0) }
        ?? [])
  }

  private func samples(_ query: LegacyQuery) -> LegacyQuery {
    query.sampled(dataset.columns.map(\.name), limit: rules.limits.samples)
  }

  private func templateKeys(of query: LegacyQuery) -> [JSONValue] {
    (try? query.object()).map(access.templateKeys) ?? []
  }

  private func key(of query: LegacyQuery, _ form: ExploreForm) -> String {
    access.identity.legacyKey(of: query, form, extras: templateKeys(of: query))
  }

  package var contentType: String { response.contentType }

  /// How an answer begins that was made from the dataset as it is now; nil where an answer tells nothing of that.
  package var answerBeginning: [UInt8]? {
    guard response == .json, let (query, form) = try? query() else { return nil }
    return Array(#"{"cache_key":"\#(key(of: query, form))""#.utf8)
  }

  /// Seconds: the form's, the dataset's, the database's, else the standard; -1 is never read.
  package func timeout(standard: Int) -> Int {
    if let own = form["cache_timeout"] {
      return own.integerValue ?? own.stringValue.flatMap { Int($0) } ?? standard
    }
    return dataset.cacheTimeout ?? dataset.database.cacheTimeout ?? standard
  }

  /// - Throws: only what lies outside the form: a database that cannot be read now.
  package func answer(
    from database: any SQLDatabase, timeout: Int, _ freshness: AnswerFreshness
  ) throws(ChartQueryError) -> ExploreAnswer {
    do {
      let (query, form) = try query()
      let writer = ExploreWriter(
        key: key(of: query, form), timeout: timeout, freshness: freshness,
        dataset: dataset, range: query.range, form: form)
      switch response {
      case .query:
        return writer.sql(try access.statement(for: try query.object(), in: database).text)
      case .samples:
        return writer.records(try rows(of: samples(query), form, database))
      case .json, .csv, .results: return try answer(query, form, database, writer)
      }
    } catch {
      guard error.isOfTheForm else { throw error }
      // Where only SQL is asked for Superset breaks off over whatever is wrong.
      let isAsked = response == .query
      return ExploreAnswer(
        failure: isAsked ? .breaksOff(reason: error.sentence ?? "\(error)") : error)
    }
  }

  private func answer(
    _ query: LegacyQuery, _ form: ExploreForm, _ database: any SQLDatabase,
    _ writer: ExploreWriter
  ) throws(ChartQueryError) -> ExploreAnswer {
    let times = response == .json ? comparedTimes(form) : []
    let statement: SelectStatement
    do { statement = try self.statement(for: query, database) } catch {
      guard error.isOfTheForm else { throw error }
      return writer.failure(error, hasTable: response == .results, times: 1 + times.count)
    }
    let shifted = try shiftedRows(of: query, times, form, database)
    let rows: LegacyRows
    do { rows = try LegacyRows(statement, query, form, dataset, database) } catch {
      guard case .database(.statement) = error else { throw error }
      return writer.failure(error, of: statement)
    }
    switch response {
    case .csv: return ExploreAnswer(csv: rows.table)
    case .results: return writer.records(rows)
    case .json, .query, .samples: break
    }
    let result = LegacyResult(form: form, table: rows.table, shifted: shifted, now: now)
    return writer.document(rows, try chart.data(result))
  }

  private func query() throws(ChartQueryError) -> (LegacyQuery, ExploreForm) {
    var form = form
    try form.settleFilters()
    var query = try LegacyQuery(
      form, isTimeseries: type(of: chart).isTimeseries, rules: rules, now: now)
    try chart.edit(&query, form)
    return (query, form)
  }

  private func statement(
    for query: LegacyQuery, _ database: any SQLDatabase
  ) throws(ChartQueryError) -> SelectStatement {
    let missing = query.missingColumns { dataset.column(named: $0) != nil }
    guard missing.isEmpty else {
      throw .chart(reason: "Columns missing in datasource: \(PythonText.list(missing))")
    }
    do { return try access.statement(for: try query.object(), in: database) } catch {
      // What breaks off in the making of a query is told like its other faults.
      if case .breaksOff(let reason) = error { throw .chart(reason: reason) }
      throw error
    }
  }

  private func rows(
    of query: LegacyQuery, _ form: ExploreForm, _ database: any SQLDatabase
  ) throws(ChartQueryError) -> LegacyRows {
    try LegacyRows(try statement(for: query, database), query, form, dataset, database)
  }

  private func comparedTimes(_ form: ExploreForm) -> [JSONValue] {
    guard chart is any TimeSeriesChart, let times = form["time_compare"], times.saysAnything else {
      return []
    }
    return times.arrayValue ?? [times]
  }

  /// The rows of the times that the form compares with, moved to its own time.
  private func shiftedRows(
    of query: LegacyQuery, _ times: [JSONValue], _ form: ExploreForm,
    _ database: any SQLDatabase
  ) throws(ChartQueryError) -> [(shift: LookBack, table: DataTable)] {
    var shifted: [(LookBack, DataTable)] = []
    for time in times {
      let shift = try LookBack(time.stringValue ?? "", now: now)
      let rows = try rows(of: try query.shifted(back: shift), form, database)
      shifted.append((shift, rows.table.moved(by: shift.microseconds)))
    }
    return shifted
  }
}

// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts
import SQLTemplates
import SupersetMetadata

/// Renders the templates in the SQL of one query, and notes what of the request they have used.
final class TemplateRenderer {
  private let source: TemplateSource
  /// Nil for SQL that belongs to none.
  private let dataset: Dataset?
  private let dialect: any SQLText
  private let variables: [String: JSONValue]
  /// Values that the templates have used and that the answer depends on, each once.
  private(set) var cacheKeys: [JSONValue] = []
  /// Columns whose filters templates have looked at.
  private(set) var appliedFilters: [String] = []
  /// Those among them that templates apply themselves: the query has them no more.
  private(set) var removedFilters: Set<String> = []

  /// - Parameter query: what `columns`, `from_dttm`, `metrics` and so on stand for.
  init(
    _ source: TemplateSource, _ dataset: Dataset, _ query: QueryObject, limits: RowLimits,
    _ dialect: any SQLText
  ) {
    self.source = source
    self.dataset = dataset
    self.dialect = dialect
    variables = Self.variables(dataset, query, limits)
  }

  /// For SQL that belongs to no query of a chart.
  init(_ source: TemplateSource, _ dialect: any SQLText) {
    self.source = source
    self.dialect = dialect
    dataset = nil
    variables = [:]
  }

  /// - Throws: an error also for a template where templates are switched off: left in, it would be wrong SQL at best, and a
  ///   row filter that filters nothing at worst.
  func rendered(_ sql: String, in place: TemplatePlace) throws(ChartQueryError) -> String {
    guard Self.isTemplate(sql) else { return sql }
    guard source.isEnabled else { throw .templatesOff(sql) }
    do {
      return try Template(sql).rendered(with: context)
    } catch { throw .template(place, error) }
  }

  static func isTemplate(_ sql: String) -> Bool {
    let bytes = sql.utf8
    return zip(bytes, bytes.dropFirst()).contains { first, second in
      first == UInt8(ascii: "{") && "{%#".utf8.contains(second)
    }
  }

  private static func variables(
    _ dataset: Dataset, _ query: QueryObject, _ limits: RowLimits
  ) -> [String: JSONValue] {
    func time(_ time: CivilTime?) -> JSONValue {
      time.map { .string($0.text.replacing(" ", with: "T")) } ?? nil
    }
    let members = query.members
    var variables: [String: JSONValue] = [
      "columns": members["columns"] ?? [], "from_dttm": time(query.timeRange.from),
      "groupby": nil, "metrics": members["metrics"] ?? nil,
      "row_limit": .integer(limits.limit(of: query)), "row_offset": .integer(query.rowOffset),
      "time_column": query.granularity.map { .string($0) } ?? nil,
      "time_grain": query.timeGrain.map { .string($0) } ?? nil,
      "to_dttm": time(query.timeRange.to),
      "table_columns": .array(dataset.columns.map { .string($0.name) }),
      "filter": members["filters"] ?? [],
    ]
    let parameters = dataset.templateParameters.flatMap { try? JSONValue(parsing: $0) }
    for (name, value) in (parameters?.objectValue ?? [:]).elements { variables[name] = value }
    return variables
  }

  private var context: TemplateContext {
    var values = variables.mapValues { TemplateValue($0) }
    for function in functions { values[function.name] = .callable(function) }
    let list = TemplateCallable("where_in", ["values", Parameter("mark", .none)]) {
      [dialect] bound throws(TemplateError) in
      let items = try bound[0].elements().map { item throws(TemplateError) in
        try Self.literal(item, dialect)
      }
      return .text("(\(items.joined(separator: ", ")))")
    }
    return TemplateContext(values, filters: ["where_in": list])
  }

  private static func literal(
    _ value: TemplateValue, _ dialect: any SQLText
  ) throws(TemplateError) -> String {
    switch value {
    case .none: "NULL"
    case .boolean(let flag): dialect.truth(flag)
    case .integer(let number): String(number)
    case .real(let number): PythonText.of(number)
    default: dialect.text(try value.pythonText())
    }
  }

  // MARK: functions

  private var functions: [TemplateCallable] {
    let adding = Parameter("add_to_cache_keys", .boolean(true))
    let removing = Parameter("remove_filter", .boolean(false))
    return [
      TemplateCallable("current_user_id", [adding]) { [self] bound in
        userValue(source.user.id.map { .integer($0) }, bound[0])
      },
      TemplateCallable("current_username", [adding]) { [self] bound in
        // A guest has the name that his token gives him; only who is nobody has none.
        let name = source.user.username
        return userValue(name.isEmpty ? nil : .string(name), bound[0])
      },
      TemplateCallable("current_user_email", [adding]) { [self] bound in
        userValue(source.user.email.map { .string($0) }, bound[0])
      },
      TemplateCallable("cache_key_wrapper", ["key"]) { [self] bound throws(TemplateError) in
        note(try bound[0].json())
        return bound[0]
      },
      TemplateCallable(
        "url_param",
        ["param", Parameter("default", .none), adding, Parameter("escape_result", .boolean(true))]
      ) { [self] bound throws(TemplateError) in try urlParameter(bound) },
      TemplateCallable("filter_values", ["column", Parameter("default", .none), removing]) {
        [self] bound throws(TemplateError) in try filterValues(bound)
      },
      TemplateCallable("get_filters", ["column", removing]) { [self] bound in
        .list(filters(on: bound[0], isRemoved: bound[1].isTrue).map { TemplateValue($0.json) })
      },
      TemplateCallable("metric", ["metric_key", Parameter("dataset_id", .none)]) {
        [self] bound throws(TemplateError) in try metric(bound)
      },
      TemplateCallable("dataset") { _ throws(TemplateError) in
        throw TemplateError(.unsupported, "the macro 'dataset' is not supported")
      },
    ]
  }

  private func note(_ key: JSONValue) {
    if !cacheKeys.contains(key) { cacheKeys.append(key) }
  }

  private func userValue(_ value: JSONValue?, _ isNoted: TemplateValue) -> TemplateValue {
    guard let value, value.saysAnything else { return .none }
    if isNoted.isTrue { note(value) }
    return TemplateValue(value)
  }

  private func urlParameter(_ bound: [TemplateValue]) throws(TemplateError) -> TemplateValue {
    let given = bound[0].textValue.flatMap { source.urlParameters[$0] }
    var value = given.map { TemplateValue($0) } ?? bound[1]
    // As inside the quotes that stand around it.
    if bound[3].isTrue, let text = value.textValue {
      value = .text(String(dialect.text(text).unicodeScalars.dropFirst().dropLast()))
    }
    if bound[2].isTrue { note(try value.json()) }
    return value
  }

  private func filters(on column: TemplateValue, isRemoved: Bool) -> [TemplateSource.Filter] {
    guard let column = column.textValue else { return [] }
    let found = source.filters.filter { $0.column == column }
    guard !found.isEmpty else { return [] }
    if isRemoved { removedFilters.insert(column) }
    if !appliedFilters.contains(column) { appliedFilters.append(column) }
    return found
  }

  private func filterValues(_ bound: [TemplateValue]) throws(TemplateError) -> TemplateValue {
    let values = filters(on: bound[0], isRemoved: bound[2].isTrue).flatMap { filter in
      filter.value.arrayValue ?? [filter.value]
    }
    guard values.isEmpty, bound[1].isTrue else { return TemplateValue(.array(values)) }
    return .list([bound[1]])
  }

  /// - Throws: an error for a metric of another dataset, which is not loaded here.
  private func metric(_ bound: [TemplateValue]) throws(TemplateError) -> TemplateValue {
    guard let dataset, bound[1].integerValue ?? dataset.id == dataset.id else {
      throw TemplateError(.unsupported, "the macro 'metric' of another dataset is not supported")
    }
    let name = bound[0].textValue ?? ""
    guard let metric = dataset.metric(named: name) else {
      throw TemplateError(.runtime, "Metric ``\(name)`` not found in \(dataset.name).")
    }
    return .text(metric.expression)
  }
}

extension TemplateSource.Filter {
  fileprivate var json: JSONValue { ["op": condition, "col": .string(column), "val": value] }
}

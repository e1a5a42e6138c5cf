// SPDX-License-Identifier: MIT
import JSONValues
import SupersetMetadata

/// Puts the document that Superset's web server sends around rows that are written meanwhile.
struct AnswerWriter {
  let dataset: Dataset
  /// `cache_key` of each query.
  let key: (QueryObject) -> String
  /// Of the layers that are there.
  let annotations: [Int: [Annotation]]
  let timeout: Int
  let freshness: AnswerFreshness
  let rows: RowsWriter

  static let beginning = Array(#"{"result":["#.utf8)

  /// - Parameter result: asks a query: each one only when those before it are written, so that the first error is told.
  /// - Returns: the number of rows.
  func write(
    _ queries: [QueryObject], to output: inout some AnswerOutput,
    _ result: (QueryObject) throws(ChartQueryError) -> QueryResult
  ) throws(ChartQueryError) -> Int {
    var count = 0
    try output.append(Self.beginning)
    for (index, query) in queries.enumerated() {
      if index > 0 { try output.append([UInt8(ascii: ",")]) }
      switch try result(query) {
      case .members(let members): try output.append(JSONValue.object(members).bytes)
      case .rows(let query, let rows):
        let isWhole = query.resultType != .results
        let written = try write(rows, isWhole ? try head(query, rows) : [:], to: &output)
        count += written.rowCount
        try output.append(rest(isWhole ? tail(written) : [:], written))
        if isWhole, written.rowNames == nil { try number(written.rowCount, &output) }
        try output.append([UInt8(ascii: "}")])
      }
    }
    try output.append(Array("]}".utf8))
    return count
  }

  /// The members that are known before the rows are, and the rows.
  private func write(
    _ rows: QueryRows, _ head: JSONObject, to output: inout some AnswerOutput
  ) throws(ChartQueryError) -> WrittenRows {
    var bytes = JSONValue.object(head).bytes
    bytes.removeLast()
    if !head.isEmpty { bytes.append(UInt8(ascii: ",")) }
    try output.append(bytes + Array(#""data":"#.utf8))
    return try self.rows.write(rows, to: &output)
  }

  private func rest(_ tail: JSONObject, _ written: WrittenRows) -> [UInt8] {
    var members = tail
    members["colnames"] =
      written.columnNames ?? .array(written.names.map { .string($0) })
    members["coltypes"] = .array(written.types.map { .integer($0.rawValue) })
    members["rowcount"] = .integer(written.rowCount)
    members["sql_rowcount"] = .integer(written.sqlRowCount)
    return [UInt8(ascii: ",")] + JSONValue.object(members).bytes.dropFirst().dropLast()
  }

  /// What rows are called that are only numbered, in pieces: there may be millions.
  private func number(
    _ count: Int, _ output: inout some AnswerOutput
  ) throws(ChartQueryError) {
    var bytes = Array(#","indexnames":["#.utf8)
    for number in 0..<count {
      if number > 0 { bytes.append(UInt8(ascii: ",")) }
      JSONWriter.append(number, to: &bytes)
      guard bytes.count >= 65_536 else { continue }
      try output.append(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    try output.append(bytes + [UInt8(ascii: "]")])
  }

  private func head(
    _ query: QueryObject, _ rows: QueryRows
  ) throws(ChartQueryError) -> JSONObject {
    let times = AppliedTimes(query.members["applied_time_extras"], in: dataset)
    return [
      "cache_key": .string(key(query)), "cached_dttm": freshness.cachedAt,
      "cache_timeout": .integer(timeout),
      "applied_template_filters": .array(
        rows.statement.templateFilters.map { .string($0) }),
      "annotation_data": try AnnotationData.document(of: query.annotationLayers, annotations),
      "error": nil, "is_cached": freshness == .computed ? nil : true,
      "query": .string(rows.texts.map { $0 + ";\n\n" }.joined()), "status": "success",
      "stacktrace": nil, "from_dttm": time(query.timeRange.from),
      "to_dttm": time(query.timeRange.to),
      "applied_filters": .array(
        rows.statement.appliedFilters.map { ["column": .string($0)] } + times.applied),
      "rejected_filters": .array(
        rows.statement.rejectedFilters.map(SelectStatement.rejection) + times.rejected),
      "result_format": "json",
    ]
  }

  private func tail(_ written: WrittenRows) -> JSONObject {
    var tail: JSONObject = [
      "label_map": .object(
        JSONObject(
          zip(written.names, written.labels).map { name, label in
            (name, .array(AnswerLabel.parts(of: label).map { .string($0) }))
          }, uniquingKeysWith: { $1 }))
    ]
    if let names = written.rowNames { tail["indexnames"] = names }
    return tail
  }

  private func time(_ time: CivilTime?) -> JSONValue {
    time.map { .double($0.epochMilliseconds) } ?? nil
  }
}

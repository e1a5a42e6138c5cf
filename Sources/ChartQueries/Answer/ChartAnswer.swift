// SPDX-License-Identifier: MIT
import JSONValues
import SupersetMetadata

/// The document that Superset's web server sends for a query context.
package struct ChartAnswer: Sendable {
  /// Where the answer stands towards the cache, which its own text tells.
  package enum Freshness: Hashable, Sendable {
    /// Computed for this answer.
    case computed
    /// As it is read later, under its key; the time is UTC, in ISO 8601 seconds.
    case cached(at: String)
  }

  /// The results of one query after the other.
  package let data: [ChartData]
  /// `{"result": [...]}`
  package let document: [UInt8]

  package var rowCount: Int { data.reduce(0) { $0 + $1.rowCount } }
}

/// Puts an answer together around rows that are JSON already.
struct AnswerWriter {
  let dataset: Dataset
  let identity: CacheIdentity
  let timeout: Int
  let freshness: ChartAnswer.Freshness

  static let beginning = Array(#"{"result":["#.utf8)

  func document(_ results: [QueryResult]) -> [UInt8] {
    var bytes = Self.beginning
    for (index, result) in results.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      switch result {
      case .members(let members): JSONWriter.append(.object(members), to: &bytes)
      case .data(let query, let data) where query.resultType == .results:
        append(data, to: &bytes)
      case .data(let query, let data): append(query, data, to: &bytes)
      }
    }
    bytes.append(contentsOf: "]}".utf8)
    return bytes
  }

  private func append(_ data: ChartData, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: #"{"data":"#.utf8)
    bytes.append(contentsOf: data.rows)
    bytes.append(UInt8(ascii: ","))
    let members: JSONObject = [
      "colnames": names(data), "coltypes": types(data), "rowcount": .integer(data.rowCount),
      "sql_rowcount": .integer(data.sqlRowCount),
    ]
    bytes.append(contentsOf: JSONValue.object(members).bytes.dropFirst())
  }

  private func names(_ data: ChartData) -> JSONValue {
    .array((data.made?.names ?? data.columns.names).map { .string($0) })
  }

  private func types(_ data: ChartData) -> JSONValue {
    let types =
      data.made?.types ?? data.columns.types(in: dataset, times: data.statement.timeColumns)
    return .array(types.map { .integer($0.rawValue) })
  }

  private func append(_ query: QueryObject, _ data: ChartData, to bytes: inout [UInt8]) {
    bytes.reserveCapacity(bytes.count + data.rows.count + 4_096)
    JSONWriter.append(.object(head(query, data)), to: &bytes)
    bytes.removeLast()
    bytes.append(contentsOf: #","data":"#.utf8)
    bytes.append(contentsOf: data.rows)
    bytes.append(UInt8(ascii: ","))
    bytes.append(contentsOf: JSONValue.object(tail(data)).bytes.dropFirst())
  }

  private func head(_ query: QueryObject, _ data: ChartData) -> JSONObject {
    let names = data.made?.names ?? data.columns.names
    return [
      "cache_key": .string(identity.queryKey(of: query)), "cached_dttm": cachedAt,
      "cache_timeout": .integer(timeout), "applied_template_filters": [],
      "annotation_data": [:], "error": nil, "is_cached": cachedAt == nil ? nil : true,
      "query": .string(data.texts.map { $0 + ";\n\n" }.joined()), "status": "success",
      "stacktrace": nil,
      "rowcount": .integer(data.rowCount), "sql_rowcount": .integer(data.sqlRowCount),
      "from_dttm": time(query.timeRange.from), "to_dttm": time(query.timeRange.to),
      "label_map": .object(
        JSONObject(names.map { ($0, Self.parts(of: $0)) }, uniquingKeysWith: { $1 })),
      "colnames": self.names(data),
      "indexnames": data.made?.rowNames ?? .array((0..<data.rowCount).map { .integer($0) }),
      "coltypes": types(data),
    ]
  }

  private func tail(_ data: ChartData) -> JSONObject {
    [
      "result_format": "json",
      "applied_filters": .array(
        data.statement.appliedFilters.map { ["column": .string($0)] }),
      "rejected_filters": .array(
        data.statement.rejectedFilters.map {
          ["reason": "not_in_datasource", "column": .string($0)]
        }),
    ]
  }

  private var cachedAt: JSONValue {
    switch freshness {
    case .computed: nil
    case .cached(let time): .string(time)
    }
  }

  private func time(_ time: CivilTime?) -> JSONValue {
    time.map { .double($0.epochMilliseconds) } ?? nil
  }

  /// Superset splits labels at commas, as if every one came from a pivot.
  private static func parts(of label: String) -> JSONValue {
    var parts = [""]
    var rest = label[...]
    while let character = rest.popFirst() {
      if character == ",", parts.last?.last != "\\" {
        if rest.first == " " { rest.removeFirst() }
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return .array(parts.map { .string($0) })
  }
}

// SPDX-License-Identifier: MIT
import ChartQueries
import JSONValues
import SQLDatabases
import SupersetMetadata

/// Runs one recorded request and tells where our answer differs.
struct GoldenComparison {
  let golden: GoldenCase
  /// A recorded database, by its name.
  private let open: (String) throws -> any SQLDatabase

  init(_ golden: GoldenCase, _ recording: Recording) {
    self.init(golden) {
      try SQLiteDatabase(readingFrom: "\(recording.directory)/\($0).db")
    }
  }

  init(
    _ golden: GoldenCase, in open: @escaping (String) throws -> any SQLDatabase
  ) {
    self.golden = golden
    self.open = open
  }

  func differences() throws -> [String] {
    guard golden.request["path"] == "/api/v1/chart/data", golden.request["method"] == "POST" else {
      return ["not a POST of a query context"]
    }
    let answer: JSONValue
    let key: String
    do {
      let request = try request()
      key = request.contextKey
      answer = try self.answer(request)
    } catch {
      return differences(from: "\(error)")
    }
    if let text = golden.response["text"]?.stringValue, golden.status == 200 {
      return answer.stringValue == text ? [] : ["text: \(answer.text.prefix(600))"]
    }
    guard let expected = golden.results else { return ["answered instead of \(golden.status)"] }
    let results = answer["result"]?.arrayValue ?? []
    guard results.count == expected.count else { return ["\(results.count) results"] }
    var differences = zip(results, expected).flatMap { self.differences($0, $1) }
    if let expected = golden.contextKey, expected != key {
      differences.append("key: \(key) for \(expected)")
    }
    return differences
  }

  func request() throws -> ChartRequest {
    let metadata = MetadataStore(try open("metadata"))
    let user = try golden.user.map { try metadata.user(named: $0) } ?? metadata.anonymousUser()
    return try ChartRequest(
      try QueryContext(golden.request["body"] ?? .null, now: golden.moment), as: user,
      limits: RowLimits(standard: 50_000, maximum: 100_000), from: metadata)
  }

  func answer(_ request: ChartRequest) throws -> JSONValue {
    let isAsynchronous = golden.request["server"] == "async"
    let answer = try request.answer(
      from: try open("examples"), timeout: request.timeout(standard: 86_400),
      isAsynchronous ? .cached(at: "2026-11-24T00:00:00") : .computed)
    guard request.context.format == .json else {
      return .string(String(decoding: answer.document, as: UTF8.self))
    }
    return try JSONValue(parsing: answer.document)
  }

  /// Where Superset failed with a page of HTML, or asked for a login, only that it failed is compared.
  func differences(from message: String) -> [String] {
    guard golden.results == nil, !message.hasPrefix("not supported yet") else {
      return ["error: \(message)"]
    }
    guard let expected = golden.message else { return [] }
    return message == expected ? [] : ["message: \(message) for \(expected)"]
  }

  private func differences(_ ours: JSONValue, _ theirs: JSONValue) -> [String] {
    // Whether Superset had the answer in its cache depended on the requests before.
    let ignored = golden.contextKey == nil ? ["cached_dttm", "is_cached"] : ["cached_dttm"]
    let names = theirs.objectValue?.keys.filter { !ignored.contains($0) } ?? []
    return names.filter { !Self.isEqual(ours[$0], theirs[$0]) }.map {
      "\($0): \(ours[$0]?.text.prefix(300) ?? "nothing") for \(theirs[$0]?.text.prefix(300) ?? "")"
    }
  }

  /// 237 and 237.0 are one number in JSON.
  static func isEqual(_ ours: JSONValue?, _ theirs: JSONValue?) -> Bool {
    switch (ours, theirs) {
    case (.array(let ours), .array(let theirs)):
      ours.count == theirs.count && zip(ours, theirs).allSatisfy { isEqual($0, $1) }
    case (.object(let ours), .object(let theirs)):
      ours.keys.elementsEqual(theirs.keys) && ours.allSatisfy { isEqual($1, theirs[$0]) }
    default:
      ours == theirs || (ours?.doubleValue != nil && ours?.doubleValue == theirs?.doubleValue)
    }
  }
}

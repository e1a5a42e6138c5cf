// SPDX-License-Identifier: MIT
import JSONValues
import SQLDatabases

/// Runs one recorded request and tells where our answer differs.
struct GoldenComparison {
  let golden: GoldenCase
  /// A recorded database, by its name.
  private let open: (String) throws -> any SQLDatabase

  init(_ golden: GoldenCase, _ recording: Recording) {
    self.init(golden) { try recording.open($0) }
  }

  init(
    _ golden: GoldenCase, in open: @escaping (String) throws -> any SQLDatabase
  ) {
    self.golden = golden
    self.open = open
  }

  func differences() throws -> [String] {
    if golden.path.hasPrefix(ExploreComparison.path) {
      return try ExploreComparison(
        golden, metadata: open("metadata"), examples: open("examples")
      ).differences()
    }
    guard let answer = try answer() else {
      return ["no program of ours answers \(golden.method) \(golden.path)"]
    }
    let expected = golden.isAccepted ? 200 : golden.status
    let hasStatus = expected == 500 ? answer.status >= 400 : answer.status == expected
    guard hasStatus, !answer.isUnsupported else {
      return ["status: \(answer.status) for \(expected): \(shown(answer))"]
    }
    // Where Superset failed with a page of HTML, only that it failed is compared.
    guard expected != 500 else { return [] }
    return try contentDifferences(answer)
  }

  /// What our programs answer; nil for a kind of request that none of them takes.
  func answer() throws -> GoldenAnswer? { try GoldenRun(golden, in: open).answer() }

  private func shown(_ answer: GoldenAnswer) -> String {
    guard case .json(let json) = answer.content else { return "bytes" }
    return String(json.text.prefix(300))
  }

  private func contentDifferences(_ answer: GoldenAnswer) throws -> [String] {
    switch answer.content {
    case .bytes(let bytes):
      if let theirs = golden.response["base64"]?.stringValue {
        return try WorkbookComparison.differences(bytes, theirs)
      }
      let text = String(decoding: bytes, as: UTF8.self)
      return Self.lineDifference(text, golden.response["text"]?.stringValue ?? "")
    case .json(let json):
      guard let expected = golden.results else {
        let document = golden.response["json"]
        return Self.isEqual(json, document) ? [] : ["document: \(json.text.prefix(600))"]
      }
      let results = json["result"]?.arrayValue ?? []
      guard results.count == expected.count else { return ["\(results.count) results"] }
      var differences = zip(results, expected).flatMap { self.differences($0, $1) }
      if let expected = golden.contextKey, let key = answer.contextKey, expected != key {
        differences.append("key: \(key) for \(expected)")
      }
      return differences
    }
  }

  private func differences(_ ours: JSONValue, _ theirs: JSONValue) -> [String] {
    // Whether Superset had the answer in its cache depended on the requests before.
    let ignored = golden.contextKey == nil ? ["cached_dttm", "is_cached"] : ["cached_dttm"]
    let names = theirs.objectValue?.keys.filter { !ignored.contains($0) } ?? []
    return names.filter { !Self.isEqual(ours[$0], theirs[$0]) }.map {
      "\($0): \(ours[$0]?.text.prefix(300) ?? "nothing") for \(theirs[$0]?.text.prefix(300) ?? "")"
    }
  }

  /// The first line that differs; none where the texts are equal.
  static func lineDifference(_ ours: String, _ theirs: String) -> [String] {
    guard ours != theirs else { return [] }
    let (lines, others) = (ours.split(separator: "\n"), theirs.split(separator: "\n"))
    let pair = zip(lines, others).first { $0 != $1 }
    return [
      pair.map { "\($0.debugDescription) for \($1.debugDescription)" }
        ?? "\(lines.count) lines for \(others.count)"
    ]
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

// SPDX-License-Identifier: MIT
import ChartQueries
import JSONValues
import SQLDatabases
import SupersetMetadata

/// Answers a recorded form of a legacy chart and tells where our document differs.
struct ExploreComparison {
  static let path = "/superset/explore_json/"

  private let golden: GoldenCase
  private let metadata: any SQLDatabase
  private let examples: any SQLDatabase

  init(_ golden: GoldenCase, metadata: any SQLDatabase, examples: any SQLDatabase) {
    self.golden = golden
    self.metadata = metadata
    self.examples = examples
  }

  func differences() throws -> [String] {
    let answer = try answer()
    if let failure = answer.failure, "\(failure)".hasPrefix("not supported yet") {
      return ["error: \(failure)"]
    }
    let text = String(decoding: answer.document, as: UTF8.self)
    var differences: [String] = []
    if answer.status != golden.status {
      differences.append("status: \(answer.status) for \(golden.status)")
    }
    guard let expected = golden.response["json"]?.objectValue else {
      let isSame = text == golden.response["text"]?.stringValue
      return differences + (isSame ? [] : ["text: \(text.prefix(600))"])
    }
    let members = try JSONValue(parsing: text).objectValue ?? [:]
    if Set(members.keys) != Set(expected.keys) { differences.append("members: \(members.keys)") }
    // Whether Superset had the rows in its cache depended on the requests before.
    let names = expected.keys.filter { !["cached_dttm", "is_cached"].contains($0) }
    return differences
      + names.filter { !GoldenComparison.isEqual(members[$0], expected[$0]) }.map {
        "\($0): \(members[$0]?.text.prefix(600) ?? "") for \(expected[$0]?.text.prefix(600) ?? "")"
      }
  }

  private func answer() throws -> ExploreAnswer {
    let store = MetadataStore(metadata)
    let user = try golden.user.map { try store.user(named: $0) } ?? store.anonymousUser()
    do {
      let request = try ExploreRequest(
        golden.request["body"]?["form_data"] ?? .null, for: response, at: golden.moment, as: user,
        rules: GoldenRun.rules, from: store)
      return try request.answer(
        from: examples, timeout: request.timeout(standard: 86_400), .computed)
    } catch {
      return ExploreAnswer(failure: error)
    }
  }

  /// `/superset/explore_json/?csv=true`
  private var response: ExploreResponse {
    let path = golden.request["path"]?.stringValue ?? ""
    let types: [ExploreResponse] = [.csv, .query, .results, .samples]
    return types.first { path.contains("\($0.rawValue)=true") } ?? .json
  }
}

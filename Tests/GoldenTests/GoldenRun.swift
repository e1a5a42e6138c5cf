// SPDX-License-Identifier: MIT
import ChartQueries
import JSONValues
import SQLDatabases
import SupersetMetadata

/// Answers a recorded request as our own programs would.
struct GoldenRun {
  private let golden: GoldenCase
  /// A recorded database, by its name.
  private let open: (String) throws -> any SQLDatabase
  private let metadata: MetadataStore
  private let user: User
  static let rules = ChartRules(
    RowLimits(standard: 50_000, samples: 1_000, maximum: 100_000), rendersTemplates: true)

  init(
    _ golden: GoldenCase, in open: @escaping (String) throws -> any SQLDatabase
  ) throws {
    self.golden = golden
    self.open = open
    let metadata = MetadataStore(try open("metadata"))
    self.metadata = metadata
    user = try golden.user.map { try metadata.user(named: $0) } ?? metadata.anonymousUser()
  }

  /// Nil for a kind of request that none of our programs answers.
  func answer() throws -> GoldenAnswer? {
    do {
      switch (golden.method, golden.path) {
      case ("POST", "/api/v1/chart/data"):
        guard let body = golden.request["body"], !body.isNull else {
          return GoldenAnswer(.malformed)
        }
        return try answer(request(body))
      case ("POST-RAW", "/api/v1/chart/data"):
        let text = golden.request["body"]?.stringValue ?? ""
        guard let body = try? JSONValue(parsing: text) else { return GoldenAnswer(.malformed) }
        return try answer(request(body))
      case ("PUT", "/api/v1/chart/warm_up_cache"): return try warmedUp()
      case ("GET", let path):
        return try chart(inPath: path).map { try answer(savedRequest($0)) }
      default: return nil
      }
    } catch let error as ChartQueryError {
      return GoldenAnswer(ErrorDocument(error, for: user))
    }
  }

  private func request(_ body: JSONValue?) throws(ChartQueryError) -> ChartRequest {
    try ChartRequest(
      try QueryContext(body ?? .null, now: golden.moment), as: user, rules: Self.rules,
      from: metadata)
  }

  /// `/api/v1/chart/7/data/`
  private func chart(inPath path: String) -> Int? {
    let parts = path.split(separator: "/")
    guard parts.count == 5, parts[2] == "chart", parts[4] == "data" else { return nil }
    return Int(parts[3])
  }

  private func savedRequest(_ chart: Int) throws(ChartQueryError) -> ChartRequest {
    try SavedChart(id: chart, from: metadata).request(
      type: golden.parameter("type") ?? "full", format: golden.parameter("format") ?? "json",
      isForced: golden.parameter("force") != nil, now: golden.moment, as: user,
      rules: Self.rules, from: metadata)
  }

  private func warmedUp() throws -> GoldenAnswer {
    let chart = golden.request["body"]?["chart_id"]?.integerValue ?? 0
    let warmUp = try ChartWarmUp(
      ofChart: chart, as: user, rules: Self.rules, now: golden.moment,
      from: metadata)
    var output = CollectedAnswer()
    return GoldenAnswer(try warmUp.report(from: try open("examples"), to: &output))
  }

  private func answer(_ request: ChartRequest) throws -> GoldenAnswer {
    let isAsynchronous = golden.request["server"] == "async"
    var document = CollectedAnswer()
    _ = try request.answer(
      from: try open("examples"), timeout: request.timeout(standard: 86_400),
      isAsynchronous ? .cached(at: "2026-11-24T00:00:00") : .computed, to: &document)
    return try GoldenAnswer(document.bytes, request)
  }
}

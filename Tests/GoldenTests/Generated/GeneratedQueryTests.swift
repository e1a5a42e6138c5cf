// SPDX-License-Identifier: MIT
import ChartQueries
import Foundation
import JSONValues
import Testing

/// Whatever is asked is answered, or refused by an error that Superset's users know.
struct GeneratedQueryTests {
  private static let environment = ProcessInfo.processInfo.environment
  /// `QUERIES=100000` takes minutes.
  private static let count = environment["QUERIES"].flatMap { Int($0) } ?? 2_000
  private static let seed = environment["SEED"].flatMap { UInt64($0) } ?? 1

  @Test func `a generated query runs, or gives a defined error`() throws {
    let recording = try Recording.shared.get()
    var generator = QueryGenerator(seed: Self.seed)
    var answered = 0
    for number in 0..<Self.count {
      let body = generator.context()
      let golden = try GoldenCase(asking: body, number: number)
      let answer = try #require(try GoldenRun(golden, in: recording.open).answer())
      if answer.status == 200 { answered += 1 }
      guard case .json(let json) = answer.content else { continue }
      let message = json["message"]?.stringValue ?? json["errors"]?.text ?? ""
      // What is put together of good parts is good SQL.
      #expect(
        !message.contains("syntax error") || body.text.contains("DROP TABLE"),
        "\(message): \(body.text)")
    }
    print("\(answered) of \(Self.count) generated queries are answered")
    #expect(answered > Self.count / 3)
  }

  /// `DUMP=FILE` writes the requests, one a line, for another server to be asked.
  @Test(.enabled(if: environment["DUMP"] != nil))
  func `generated queries are written down`() throws {
    var generator = QueryGenerator(seed: Self.seed)
    let lines = (0..<Self.count).map { _ in generator.context().text + "\n" }
    try lines.joined().write(
      toFile: Self.environment["DUMP"] ?? "", atomically: true, encoding: .utf8)
  }
}

extension GoldenCase {
  /// A case without an answer.
  fileprivate init(asking body: JSONValue, number: Int) throws {
    try self.init(
      [
        "case": .string("generated-\(number)"),
        "request": [
          "user": "admin", "server": "sync", "method": "POST", "path": "/api/v1/chart/data",
          "body": body,
        ],
      ], group: "generated")
  }
}

// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import SpoolTesting
import Testing

/// Messages that a real Superset has sent over Celery's file transport, run to their end.
struct SupersetMessagesTests {
  private static let recorded = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("CeleryMessagesTests/recorded/messages").path

  private let bench: Workbench
  private let server: SupersetServer
  private let spool: TestSpool

  init() throws {
    bench = try Workbench()
    server = try SupersetServer(bench)
    _ = try bench.configure(server.url)
    let settings = try String(contentsOfFile: "\(bench.path)/spool.toml", encoding: .utf8)
    let tasks = ["load_chart_data_into_cache", "cache-warmup", "fetch_url"].map { name in
      (name, "exec '\(Workbench.products.appendingPathComponent(name).path)' \"$@\"")
    }
    spool = try TestSpool(
      Dictionary(uniqueKeysWithValues: tasks),
      configuration: settings + "[celery]\nmessages = 'messages'\nresults = 'told'\n")
    spool.run("mkdir messages told")
  }

  private func told(_ id: String) throws -> JSONValue {
    let name = "told/celery-task-meta-\(id)"
    #expect(spool.waits(for: name), "\(id)")
    return try JSONValue(parsing: spool.read(name) ?? "null")
  }

  @Test func `charts are computed and told of, and warm-ups warm up`() throws {
    try spool.start()
    let cache = try spool.start(program: "spool-cache")
    let bridge = try spool.start(program: "spool-celery")
    defer {
      cache.send(.terminate)
      bridge.send(.terminate)
    }
    for name in try FileManager.default.contentsOfDirectory(atPath: Self.recorded)
    where name.hasPrefix("superset-") {
      spool.run(
        "cp '\(Self.recorded)/\(name)' messages/\(name.dropFirst(9).prefix(2))_x.celery.msg")
    }
    for (id, channel) in [
      ("922d15de-2cfd-420a-b9c6-58aa77253f65", "chan-1"),
      ("53c82ed5-18dc-458c-9ea6-3f0ee966b948", "c801e36f-d42c-4887-b553-a126206fd127"),
    ] {
      let result = try told(id)
      #expect(result["status"] == "SUCCESS", "\(result.text)")
      let url = try #require(result["result"]?["result_url"]?.stringValue)
      #expect(spool.waits { (spool.read("events/\(channel).jsonl") ?? "").contains(url) })
    }
    let warm = try told("8d1cdf68-84d1-43bc-9756-4ad64b55a4a1")
    #expect(warm["result"]?["scheduled"]?.arrayValue?.count == 8, "\(warm.text)")
    #expect(try told("f4d3174b-5593-4948-9eb8-9ac3f910da0d")["status"] == "SUCCESS")
    // The recorded cookie has been made unreadable.
    let fetched = try told("acd6cc79-e5a8-4f05-b823-dd63b48f4164")
    #expect(fetched["status"] == "FAILURE")
    #expect(fetched["result"]?["exc_message"]?.text.contains("login: not logged in") == true)
    #expect(spool.waitsUntilEmpty())
    #expect(server.requests.filter { $0.method == "PUT" && $0.user == "admin" }.count >= 8)
    #expect(
      spool.waits { spool.names(in: ".celery").isEmpty && spool.names(in: "messages").isEmpty })
  }
}

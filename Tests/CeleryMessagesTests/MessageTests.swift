// SPDX-License-Identifier: MIT
import CeleryMessages
import JSONValues
import Testing

@Suite struct MessageTests {
  private func read(_ name: String) throws -> CeleryMessage {
    try CeleryMessage(parsing: Recorded.message(name))
  }

  /// Headers, properties and body are the recorded ones once more, so that nothing was lost or misread.
  @Test func `each recorded message is read whole`() throws {
    var count = 0
    for recorded in try Recorded.messages() where recorded.body.arrayValue != nil {
      let original = try JSONValue(parsing: Recorded.message(recorded.name))
      let message = try read(recorded.name)
      let written = try JSONValue(parsing: message.bytes(deliveryTag: "none"))
      let unread = ["argsrepr", "kwargsrepr", "compression"]
      for name in original["headers"]?.objectValue?.keys.filter({ !unread.contains($0) }) ?? [] {
        // Which moment a time without an offset means is another test's matter.
        guard name != "eta" || !recorded.name.contains("execute-eta") else { continue }
        #expect(
          written["headers"]?[name] == original["headers"]?[name], "\(recorded.name): \(name)")
      }
      let properties = original["properties"]?.without("expiration")
      #expect(unordered(written["properties"]) == unordered(properties), "\(recorded.name)")
      guard !recorded.name.contains("types") else { continue }
      #expect(message.args == recorded.body.arrayValue?[0].arrayValue, "\(recorded.name)")
      #expect(message.kwargs == recorded.body.arrayValue?[1].objectValue, "\(recorded.name)")
      let embed = try #require(recorded.body.arrayValue?[2])
      #expect(list(message.callbacks) == embed["callbacks"], "\(recorded.name)")
      #expect(list(message.errbacks) == embed["errbacks"], "\(recorded.name)")
      #expect(list(message.chain) == embed["chain"], "\(recorded.name)")
      #expect(message.chord?.json ?? .null == embed["chord"], "\(recorded.name)")
      count += 1
    }
    #expect(count >= 40)
  }

  private func unordered(_ value: JSONValue?) -> [String: JSONValue] {
    Dictionary(uniqueKeysWithValues: (value?.objectValue ?? [:]).map { ($0.key, $0.value) })
  }

  private func list(_ signatures: [CelerySignature]) -> JSONValue {
    signatures.isEmpty ? .null : .array(signatures.map(\.json))
  }

  @Test func `arguments may hold any text`() throws {
    let message = try read("02-args-kwargs-unicode")
    #expect(message.task == "fsapp.add")
    #expect(message.args == [1])
    #expect(message.kwargs == ["y": "Zoë ☃"])
  }

  @Test func `times are instants, and UTC where they have no offset`() throws {
    #expect(try read("04-eta").eta == CeleryInstant(iso8601: "2030-01-02T03:04:05Z"))
    #expect(
      try read("redis-reports.execute-eta").eta == CeleryInstant(iso8601: "2030-01-02T03:04:05Z"))
    let expires = try #require(try read("05-expires-120").expires)
    #expect(expires.isoformat == "2026-11-23T21:44:38.070893+00:00")
  }

  @Test func `the hard limit stands before the soft one`() throws {
    let message = try read("12-taskid-timelimit-headers")
    #expect(message.timeLimit == 20)
    #expect(message.softTimeLimit == 10)
    #expect(message.shadow == "shadow-name")
    #expect(message.otherHeaders == ["x-a": "b"])
    let chart = try read("superset-10-http-chart-data")
    #expect(chart.timeLimit == nil)
    #expect(chart.softTimeLimit == 21600)
  }

  @Test func `priority, queue, retries and group are told`() throws {
    #expect(try read("06-priority-7").priority == 7)
    #expect(try read("01-args-only").priority == 0)
    #expect(try read("07-queue-reports").routingKey == "reports")
    #expect(try read("08-retries-1").retries == 1)
    #expect(try read("13-ignore_result").ignoreResult)
    let member = try read("09-group-2")
    #expect(member.group == "4971016c-9f21-4cda-be0a-eed0b952f459")
    #expect(member.groupIndex == 2)
    let child = try read("superset-11-fetch_url")
    #expect(child.parentID == child.rootID)
    #expect(child.id != child.rootID)
    for version in ["5.4.0", "5.7.0"] {
      let message = try read("celery-\(version)-links-0")
      #expect(message.otherProperties == ["retention": 5])
      #expect(message.priority == 3)
      #expect(try read("celery-\(version)-stamped-0").stamps == ["colour": "red"])
    }
  }

  @Test func `what gzip calls compressed is read`() throws {
    #expect(try read("14-gzip").args == [1, 2])
  }

  @Test(arguments: ["5.4.0", "5.7.0"])
  func `protocol 1 is read as well`(_ version: String) throws {
    let message = try read("celery-\(version)-protocol-1-0")
    #expect(message.task == "app.add")
    #expect(message.args == [1])
    #expect(message.eta != nil)
    #expect(message.callbacks.map(\.args) == [[1]])
    #expect(message.routingKey == "celery")
  }

  @Test(arguments: ["5.4.0", "5.7.0"])
  func `values that only Python has become texts`(_ version: String) throws {
    let message = try read("celery-\(version)-types-0")
    #expect(message.args == ["2030-01-02T03:04:05+00:00"])
    #expect(
      message.kwargs == [
        "y": [
          "2030-01-02", "03:04:00", "1.50", "00000000-0000-0000-0000-000000000001", "abc", "/w==",
        ]
      ])
  }

  @Test(arguments: ["5.4.0", "5.7.0"])
  func `what is not read is refused by its name`(_ version: String) throws {
    #expect(
      failure { () throws(CeleryMessageError) in
        _ = try CeleryMessage(parsing: bytes("celery-\(version)-pickle-0"))
      } == .contentType("application/x-python-serialize"))
    #expect(
      failure { () throws(CeleryMessageError) in
        _ = try CeleryMessage(parsing: bytes("celery-\(version)-bzip2-0"))
      } == .compression("application/x-bz2"))
    #expect(
      failure { () throws(CeleryMessageError) in
        _ = try CeleryMessage(parsing: bytes("celery-\(version)-revoke-0"))
      } == .notATask)
  }

  private func bytes(_ name: String) -> [UInt8] {
    do { return try Recorded.message(name) } catch { return [] }
  }

  @Test(arguments: [
    ("yaml", #""content-type":"application/x-yaml","body":"a: 1""#, "'application/x-yaml'"),
    ("unnamed", #""body":"x""#, "'application/data'"),
    (
      "latin", #""content-type":"application/json","content-encoding":"latin-1","body":"[]""#,
      "'latin-1'"
    ),
    (
      "base16",
      #""content-type":"application/json","properties":{"body_encoding":"hex"},"body":"[]""#,
      "'hex'"
    ),
    (
      "broken",
      #""content-type":"application/json","properties":{"body_encoding":"base64"},"body":"!""#,
      "not base64"
    ),
    ("bodiless", #""content-type":"application/json""#, "'body'"),
    ("brackets", #""content-type":"application/json","body":"[""#, "its body is the JSON ends"),
    (
      "zstd",
      #""content-type":"application/json","headers":{"compression":"application/zstd"},"body":"""#,
      "'application/zstd'"
    ),
    (
      "uncompressed",
      #""content-type":"application/json","headers":{"compression":"gzip"},"body":"[]""#,
      "said to be compressed"
    ),
    ("list", #""content-type":"application/json","body":"[[],{}]""#, "name a task"),
    (
      "type",
      #""content-type":"application/json","body":"[[{\"__type__\":\"set\",\"__value__\":[]}]]""#,
      "'set'"
    ),
    (
      "limits",
      #""content-type":"application/json","headers":{"task":"a","id":"b","timelimit":[1,"x"]},"#
        + #""body":"[[],{}]""#, "'timelimit'"
    ),
    (
      "chain",
      #""content-type":"application/json","headers":{"task":"a","id":"b"},"#
        + #""body":"[[],{},{\"chain\":[{\"args\":[]}]}]""#, "'chain'"
    ),
    (
      "naive",
      #""content-type":"application/json","body":"#
        + #""{\"task\":\"a\",\"id\":\"b\",\"utc\":false,\"eta\":\"2030-01-02T03:04:05\"}""#,
      "with an offset"
    ),
  ])
  func `a refusal says what is wrong`(_ name: String, _ members: String, _ words: String) {
    let error = failure { () throws(CeleryMessageError) in
      _ = try CeleryMessage(parsing: Array("{\(members)}".utf8))
    }
    #expect(error?.description.contains(words) == true, "\(name): \(String(describing: error))")
    #expect(error != .incomplete, "\(name)")
  }

  @Test func `a body may be plain text, and its last part missing`() throws {
    let message = try CeleryMessage(
      parsing: Array(
        #"""
        {"content-type": "application/json", "content-encoding": "binary", "properties": null,
         "headers": {"task": "t", "id": "i", "timelimit": null, "retries": null},
         "body": "[[1.5], null]"}
        """#.utf8))
    #expect(message.args == [1.5])
    #expect(message.kwargs == [:])
    #expect(message.routingKey == nil)
  }

  @Test(arguments: ["5.4.0", "5.7.0"])
  func `a control message tells whom to revoke, and where an answer goes`(
    _ version: String
  ) throws {
    let revoke = try CeleryControlMessage(
      parsing: Recorded.message("celery-\(version)-revoke-0"))
    #expect(revoke.method == "revoke")
    #expect(revoke.revokedIDs == ["abc"])
    #expect(revoke.terminates)
    #expect(revoke.destination == nil)
    let ping = try CeleryControlMessage(parsing: Recorded.message("celery-\(version)-ping-0"))
    #expect(ping.method == "ping")
    #expect(ping.ticket != nil)
    #expect(ping.replyExchange == "reply.celery.pidbox")
  }
}

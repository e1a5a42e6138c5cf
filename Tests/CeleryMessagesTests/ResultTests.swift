// SPDX-License-Identifier: MIT
import CeleryMessages
import JSONValues
import Testing

@Suite struct ResultTests {
  /// Those that Celery overwrote (`-RETRY`, `-PROGRESS`) were written again by Python's `json.dumps`.
  @Test func `each recorded result is read, and written again byte for byte`() throws {
    for name in try Recorded.names(in: "results") where name != "group-saved" {
      let bytes = try Recorded.bytes("results/\(name)")
      let result = try CeleryResult(parsing: bytes, id: "none")
      #expect(
        String(decoding: result.bytes, as: UTF8.self) == String(decoding: bytes, as: UTF8.self))
      #expect((result.dateDone != nil) == result.state.isReady, "\(name)")
      #expect((result.extended != nil) == name.hasPrefix("extended"), "\(name)")
    }
  }

  private func read(_ name: String) throws -> CeleryResult {
    try CeleryResult(parsing: Recorded.bytes("results/\(name)"), id: "none")
  }

  private let done = CeleryInstant(iso8601: "2026-11-23T21:43:47.366810+00:00")

  @Test func `a success is what Celery writes for it`() throws {
    let recorded = try read("success")
    let now = try #require(recorded.dateDone)
    #expect(CeleryResult.success(recorded.id, 3, at: now).bytes == recorded.bytes)
    let unicode = try read("success-unicode")
    let later = try #require(unicode.dateDone)
    #expect(CeleryResult.success(unicode.id, "Zoë ☃", at: later).bytes == unicode.bytes)
  }

  @Test func `a failure is what Celery writes for it`() throws {
    let recorded = try read("failure-custom-exc")
    let boom = CeleryException(type: "Boom", arguments: ["bad ☃", 42], module: "fsapp")
    #expect(recorded.exception == boom)
    let made = CeleryResult.failure(
      recorded.id, boom, traceback: recorded.traceback, at: try #require(done))
    #expect(
      String(decoding: made.bytes, as: UTF8.self)
        == String(decoding: try Recorded.bytes("results/failure-custom-exc"), as: UTF8.self))
    #expect(try read("failure-builtin").exception?.description == #"KeyError("k")"#)
  }

  @Test func `a retry is its own child, and from the second on its own parent`() throws {
    for index in 0...1 {
      let recorded = try read("retry-\(index)-RETRY")
      var made = CeleryResult.retry(
        recorded.id, CeleryException(type: "ValueError", arguments: ["not yet"]),
        traceback: recorded.traceback)
      if index == 1 { made.parentID = made.id }
      #expect(made.bytes == recorded.bytes)
    }
  }

  @Test(arguments: ["revoked", "expired"])
  func `a revoked task is what Celery writes for it`(_ reason: String) throws {
    let recorded = try read(reason)
    let now = try #require(recorded.dateDone)
    #expect(CeleryResult.revoked(recorded.id, reason, at: now).bytes == recorded.bytes)
  }

  @Test func `progress and the start have no date`() throws {
    let recorded = try read("progress-0-PROGRESS")
    let made = CeleryResult.progress(recorded.id, ["done": 3, "of": 10])
    #expect(made.bytes == recorded.bytes)
    let started = CeleryResult.started("i", pid: 7, host: "celery@vm")
    #expect(
      String(decoding: started.bytes, as: UTF8.self)
        == #"{"status": "STARTED", "result": {"pid": 7, "hostname": "celery@vm"}, "#
        + #""traceback": null, "children": [], "date_done": null, "task_id": "i"}"#)
  }

  @Test func `a result belongs to its group and its parent, and names its children`() throws {
    let recorded = try read("chain-mid")
    let now = try #require(recorded.dateDone)
    var message = CeleryMessage(task: "fsapp.add", id: recorded.id)
    message.parentID = recorded.parentID
    var made = CeleryResult.success(recorded.id, 12, at: now).of(message)
    made.children = [.task("9b953bce-f1e4-4372-b2ef-13d175ed6659")]
    #expect(made.bytes == recorded.bytes)
    #expect(try read("group-0").groupID == "929a7f06-de7c-4947-b02e-132d17c81f81")
  }

  @Test(arguments: ["5.4.0", "5.7.0"])
  func `what result_extended adds comes of the message`(_ version: String) throws {
    let recorded = try read("extended-\(version)-look")
    var message = CeleryMessage(task: "app.look", id: recorded.id)
    message.routingKey = "celery"
    var made = CeleryResult.success(
      recorded.id, recorded.value, at: try #require(recorded.dateDone)
    ).of(message)
    made.extended = CeleryResult.Extended(of: message, worker: "celery@vm")
    #expect(made.bytes == recorded.bytes)
    let chord = try read("extended-\(version)-chord-children")
    guard case .group(_, let members, _)? = chord.children.last else {
      Issue.record("no group")
      return
    }
    #expect(members.count == 2)
  }

  @Test func `a saved group is read, and written byte for byte`() throws {
    let bytes = try Recorded.bytes("results/group-saved")
    let group = try CeleryNode(parsingSavedGroup: bytes)
    #expect(group.id == "929a7f06-de7c-4947-b02e-132d17c81f81")
    #expect(group.savedGroupBytes == bytes)
  }

  @Test func `a result's file is named for its id, where that is a name`() {
    #expect(CeleryResult.fileName(ofTask: "a-b") == "celery-task-meta-a-b")
    #expect(CeleryResult.fileName(ofGroup: "a-b") == "celery-taskset-meta-a-b")
    for id in ["", "../../etc/passwd", "a\0b", String(repeating: "x", count: 250)] {
      #expect(CeleryResult.fileName(ofTask: id) == nil)
    }
    #expect(CeleryResult.expires(fileName: "celery-task-meta-x"))
    #expect(!CeleryResult.expires(fileName: ".fs-backend-x"))
  }

  @Test func `what the filesystem says of less is understood`() throws {
    let result = try CeleryResult(parsing: Array(#"{"status":"SUCCESS","result":5}"#.utf8), id: "i")
    #expect(result.id == "i")
    #expect(result.value == 5)
    #expect(result.dateDone == nil)
    for text in [#"{"result": 5}"#, "[]", #"{"status": 1}"#] {
      let error = failure { () throws(CeleryMessageError) in
        _ = try CeleryResult(parsing: Array(text.utf8), id: "i")
      }
      #expect(error != nil && error != .incomplete)
    }
  }

  /// `compress_payload(b'{"status": "SUCCESS", "result": 5}', 'gzip')`
  @Test func `a compressed result of Celery 5_7 is read`() throws {
    let packed: [UInt8] = [
      120, 156, 171, 86, 42, 46, 73, 44, 41, 45, 86, 178, 82, 80, 10, 14, 117, 118, 118, 13, 14, 86,
      210, 81, 80, 42, 74, 45, 46, 205, 41, 1, 10, 154, 214, 2, 0, 186, 108, 10, 86,
    ]
    let bytes = Array("\0celery-compressed\0application/x-gzip\0".utf8) + packed
    #expect(try CeleryResult(parsing: bytes, id: "i").value == 5)
    for length in 0..<"\0celery-compressed\0application/x-gzip".utf8.count {
      let error = failure { () throws(CeleryMessageError) in
        _ = try CeleryResult(parsing: Array(bytes[..<length]), id: "i")
      }
      #expect(error == .incomplete)
    }
  }
}

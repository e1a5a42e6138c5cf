// SPDX-License-Identifier: MIT
import CeleryMessages
import JSONValues
import Testing

/// What follows a task; that it is so in Celery is shown by ``CeleryClientTests``.
@Suite struct StepTests {
  private static let now = CeleryInstant(microseconds: 1_000_000)

  /// Ids in the order in which they are asked for.
  private final class Ids {
    private var count = 0
    func next() -> String {
      count += 1
      return "new\(count)"
    }
  }

  private var origin: CelerySteps.Origin {
    let ids = Ids()
    return CelerySteps.Origin(now: Self.now) { ids.next() }
  }

  private func signature(_ text: String) throws -> CelerySignature {
    try CelerySignature(JSONValue(parsing: text), in: "chain")
  }

  private func message() -> CeleryMessage {
    var message = CeleryMessage(task: "first", id: "1", args: [])
    message.rootID = "0"
    return message
  }

  @Test func `a result comes before the arguments, unless the signature is immutable`() throws {
    let add = try signature(#"{"task": "add", "args": [1], "kwargs": {"y": 2}}"#)
    #expect(add.args(after: 7) == [7, 1])
    let fixed = try signature(#"{"task": "add", "args": [1], "immutable": true}"#)
    #expect(fixed.args(after: 7) == [1])
  }

  @Test func `the last link of the chain is the next, and takes the others with it`() throws {
    var first = message()
    first.chain = [
      try signature(#"{"task": "third", "options": {"task_id": "3"}}"#),
      try signature(#"{"task": "second", "args": [5], "options": {"task_id": "2"}}"#),
    ]
    let steps = try first.steps(after: 7, from: origin)
    let second = try #require(steps.messages.first)
    #expect(steps.messages.count == 1)
    #expect(second.task == "second")
    #expect(second.id == "2")
    #expect(second.args == [7, 5])
    #expect(second.parentID == "1")
    #expect(second.rootID == "0")
    #expect(second.chain == [first.chain[0]])
    #expect(steps.children == [.task("2")])
    let third = try second.steps(after: 8, from: origin).messages
    #expect(third.map(\.id) == ["3"])
    #expect(third.map(\.chain) == [[]])
  }

  @Test func `the later links fail with the one before`() throws {
    var first = message()
    first.chain = [
      try signature(#"{"task": "third", "options": {"task_id": "3", "group_id": "g"}}"#),
      try signature(
        #"{"task": "celery.chord", "subtask_type": "chord", "kwargs": {"header": [],"#
          + #""body": {"task": "b", "options": {"task_id": "2"}}}}"#),
      try signature(#"{"task": "nameless"}"#),
    ]
    let failing = try first.failingSteps()
    #expect(failing.map(\.id) == ["2", "3"])
    #expect(failing.map(\.group) == [nil, "g"])
    #expect(failing.map(\.parentID) == [nil, nil])
  }

  @Test func `options say when, where and how`() throws {
    var first = message()
    first.callbacks = [
      try signature(
        """
        {"task": "t", "options": {"countdown": 1.5, "expires": 60, "queue": "q", "priority": 9,
          "time_limit": 20, "soft_time_limit": 10, "retries": 2, "shadow": "s", "reply_to": "r",
          "ignore_result": true, "headers": {"x": 1}, "stamped_headers": ["c"], "c": "red",
          "link": {"task": "after"}, "link_error": [{"task": "error"}], "task_id": null}}
        """)
    ]
    let next = try #require(try first.steps(after: 7, from: origin).messages.first)
    #expect(next.id == "new1")
    #expect(next.eta == Self.now + 1.5)
    #expect(next.expires == Self.now + 60)
    #expect(next.routingKey == "q")
    #expect(next.priority == 9)
    #expect(next.timeLimit == 20)
    #expect(next.softTimeLimit == 10)
    #expect(next.retries == 2)
    #expect(next.ignoreResult)
    #expect(next.otherHeaders == ["x": 1])
    #expect(next.stamps == ["c": "red"])
    #expect(next.callbacks.map(\.task) == ["after"])
    #expect(next.errbacks.map(\.task) == ["error"])
  }

  @Test func `several callbacks are one group`() throws {
    var first = message()
    first.callbacks = [try signature(#"{"task": "a"}"#), try signature(#"{"task": "b"}"#)]
    let steps = try first.steps(after: 7, from: origin)
    #expect(steps.messages.map(\.task) == ["a", "b"])
    #expect(steps.messages.map(\.group) == ["new1", "new1"])
    #expect(steps.messages.map(\.groupIndex) == [0, 1])
    #expect(steps.children == [.group("new1", [.task("new2"), .task("new3")])])
  }

  @Test func `an errback gets the id of what failed`() throws {
    var first = message()
    first.errbacks = [try signature(#"{"task": "error", "args": [1]}"#)]
    let steps = try first.errorSteps(from: origin)
    #expect(steps.messages.map(\.args) == [["1", 1]])
    #expect(steps.children == [])
    #expect(try message().errorSteps(from: origin) == CelerySteps())
  }

  @Test(arguments: ["5.4.0", "5.7.0"])
  func `a group that another step follows is a chord`(_ version: String) throws {
    let first = try CeleryMessage(
      parsing: Recorded.message("celery-\(version)-chain-of-groups-0"))
    let steps = try first.steps(after: 2, from: origin)
    #expect(steps.messages.map(\.task) == [CeleryChordUnlock.task, "app.add", "app.add"])
    #expect(steps.messages.map(\.args.first) == [steps.messages[0].args[0], 2, 2])
    #expect(steps.messages[0].eta == Self.now + 1)
    #expect(steps.messages[0].ignoreResult)
    let unlock = try #require(try CeleryChordUnlock(steps.messages[0]))
    #expect(unlock.results.map(\.id) == steps.messages.dropFirst().map(\.id))
    #expect(unlock.group == steps.messages[1].group)
    // The last step of all is a group.
    let body = try unlock.steps(after: [4, 5], of: steps.messages[0], from: origin)
    #expect(body.messages.map(\.args) == [[[4, 5]]])
    let last = try #require(body.messages.first).steps(after: 9, from: origin)
    #expect(last.messages.map(\.args) == [[9, 1], [9, 2]])
  }

  @Test(arguments: ["5.4.0", "5.7.0"])
  func `a chord waits for all of its header, and fails with any of it`(
    _ version: String
  ) throws {
    let message = try CeleryMessage(parsing: Recorded.message("celery-\(version)-chord-0"))
    let unlock = try #require(try CeleryChordUnlock(message))
    #expect(unlock.retryLimit == nil)
    let ids = unlock.results.map(\.id)
    #expect(ids.count == 2)
    let two = CeleryResult.success("", 2, at: Self.now)
    #expect(unlock.state { $0 == ids[0] ? two : nil } == .waiting)
    #expect(unlock.state { _ in CeleryResult.started("", pid: 1, host: "h") } == .waiting)
    #expect(unlock.state { _ in two } == .ready([2, 2]))
    let steps = try unlock.steps(after: [2, 2], of: message, from: origin)
    #expect(steps.messages.map(\.task) == ["app.total"])
    #expect(steps.messages.map(\.args) == [[[2, 2]]])
    #expect(steps.messages.map(\.routingKey) == ["x"])
    let error = CeleryException(type: "KeyError", arguments: ["k"])
    let failed = CeleryResult.failure("", error, traceback: nil, at: Self.now)
    #expect(unlock.state { $0 == ids[1] ? failed : two } == .failed(id: ids[1], error))
    #expect(try unlock.failingSteps().map(\.id) == steps.messages.map(\.id))
    #expect(try CeleryChordUnlock(self.message()) == nil)
  }
}

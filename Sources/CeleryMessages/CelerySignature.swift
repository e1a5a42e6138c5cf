// SPDX-License-Identifier: MIT
import JSONValues

/// A call that is still to be made, as Celery writes it into messages: of a task, or of several that belong together.
package struct CelerySignature: Hashable, Sendable {
  /// What is to be called.
  package indirect enum Shape: Hashable, Sendable {
    case task
    /// One after another, each with the result of the one before.
    case chain([CelerySignature])
    /// All at once.
    case group([CelerySignature])
    /// A group, and then, with the list of its results, the body.
    case chord(header: [CelerySignature], body: CelerySignature?)
  }

  /// As it was read, so that members that nobody here knows are handed on.
  private var members: JSONObject
  package private(set) var shape: Shape

  static let listForm = "a list of signatures"
  private static let form = "a signature {task, args, kwargs, options}"

  /// - Parameter name: the member that it is read from.
  package init(_ value: JSONValue, in name: String) throws(CeleryMessageError) {
    guard let members = value.objectValue else { throw .badMember(name, expected: Self.form) }
    let reader = MemberReader(members)
    guard members["task"]?.stringValue?.isEmpty == false else {
      throw .badMember(name, expected: Self.form)
    }
    _ = try reader.array("args")
    try Self.check(try reader.object("options") ?? [:])
    _ = try reader.flag("immutable")
    let parts = MemberReader(try reader.object("kwargs") ?? [:])
    self.members = members
    switch try reader.text("subtask_type") {
    case "chain": shape = .chain(try parts.signatures("tasks"))
    case "group": shape = .group(try Self.members(of: "tasks", in: parts))
    case "chord":
      shape = .chord(
        header: try Self.members(of: "header", in: parts), body: try parts.signature("body"))
    default: shape = .task
    }
  }

  /// What follows a call that is made later is read later: here only whether it can be.
  private static func check(_ options: JSONObject) throws(CeleryMessageError) {
    let reader = MemberReader(options)
    for name in ["link", "link_error", "chain"] { _ = try reader.signatures(name) }
    _ = try reader.signature("chord")
  }

  /// A header is a list of signatures, or a group.
  private static func members(
    of name: String, in parts: MemberReader
  ) throws(CeleryMessageError) -> [CelerySignature] {
    let signatures = try parts.signatures(name)
    if signatures.count == 1, case .group(let members) = signatures[0].shape, name == "header" {
      return members
    }
    return signatures
  }

  package init(
    task: String, args: [JSONValue] = [], kwargs: JSONObject = [:], options: JSONObject = [:],
    isImmutable: Bool = false
  ) {
    shape = .task
    members = Self.members(task, args, kwargs, options, isImmutable: isImmutable)
  }

  /// A chord, as a chain has one where a group stands before another step.
  init(header: CelerySignature, body: CelerySignature, options: JSONObject) {
    shape = .chord(header: header.steps, body: body)
    members = Self.members(
      "celery.chord", [], ["kwargs": [:], "header": header.json, "body": body.json], options,
      type: "chord")
  }

  private static func members(
    _ task: String, _ args: [JSONValue], _ kwargs: JSONObject, _ options: JSONObject,
    type: JSONValue = .null, isImmutable: Bool = false
  ) -> JSONObject {
    [
      "task": .string(task), "args": .array(args), "kwargs": .object(kwargs),
      "options": .object(options), "subtask_type": type, "immutable": .bool(isImmutable),
    ]
  }

  package var json: JSONValue { .object(members) }
  package var task: String { members["task"]?.stringValue ?? "" }
  package var args: [JSONValue] { members["args"]?.arrayValue ?? [] }
  package var kwargs: JSONObject { members["kwargs"]?.objectValue ?? [:] }
  package var isImmutable: Bool { members["immutable"]?.boolValue ?? false }

  /// What `apply_async` takes, by its names: task_id, queue, countdown, link...; null counts as absent.
  package internal(set) var options: JSONObject {
    get { (members["options"]?.objectValue ?? [:]).filter { !$0.value.isNull } }
    set { members["options"] = .object(newValue) }
  }

  package var taskID: String? { options["task_id"]?.stringValue }
  package var queue: String? { options["queue"]?.stringValue }
  package var countdown: Double? { options["countdown"]?.doubleValue }
  package var groupID: String? { options["group_id"]?.stringValue }
  /// How many results the body of a chord waits for, where a producer counted them for a backend with counters.
  package var chordSize: Int? { (members["chord_size"] ?? options["chord_size"])?.integerValue }

  /// The signatures that it consists of; of a chord those of its header.
  var steps: [CelerySignature] {
    switch shape {
    case .task: []
    case .chain(let steps), .group(let steps), .chord(let steps, _): steps
    }
  }

  /// The arguments with which it is called after a task that returned the result: those of its own come after it, and an
  /// immutable one has no others than its own.
  package func args(after result: JSONValue) -> [JSONValue] { args(after: [result]) }

  func args(after partial: [JSONValue]) -> [JSONValue] { isImmutable ? args : partial + args }

  /// The id of a chord's header as a group, where it has got one.
  var headerID: String? {
    kwargs["header"]?["options"]?["task_id"]?.stringValue ?? taskID
  }

  mutating func become(_ shape: Shape, type: String) {
    members["subtask_type"] = .string(type)
    self.shape = shape
  }

  /// The same with one of its parts replaced by what stands for it now.
  mutating func replace(_ name: String, by value: JSONValue, shape: Shape) {
    var parts = kwargs
    parts[name] = value
    members["kwargs"] = .object(parts)
    self.shape = shape
  }
}

// SPDX-License-Identifier: MIT
import JSONValues

/// What Celery calls freezing: signatures get ids, and learn what they are part of.
extension CelerySignature {
  init(group members: [CelerySignature]) {
    self.init(task: "celery.group", kwargs: ["tasks": .array(members.map(\.json))])
    become(.group(members), type: "group")
  }

  var isGroup: Bool {
    if case .group = shape { true } else { false }
  }

  /// The members of a group and of the groups in it; of anything else itself.
  var unrolled: [CelerySignature] {
    if case .group(let members) = shape { members.flatMap(\.unrolled) } else { [self] }
  }

  /// The steps of a chain and of the chains in it; of anything else itself.
  var unchained: [CelerySignature] {
    if case .chain(let steps) = shape { steps.flatMap(\.unchained) } else { [self] }
  }

  /// A chord with a chain for its body that begins with a task is one with that task alone, and then the rest.
  ///
  /// As Celery has it since 5.7: the whole body would stand in the messages of all that it waits for.
  var shortened: [CelerySignature] {
    guard case .chord(let header, let body?) = shape, case .chain = body.shape,
      let first = body.unchained.first, !first.isGroup
    else { return [self] }
    let chord = with(header: header, body: first.with(StepPlanner.Marks.handed(by: body)))
    return [chord] + body.unchained.dropFirst()
  }

  func with(_ options: JSONObject) -> CelerySignature {
    var signature = self
    signature.options.merge(options) { _, new in new }
    return signature
  }

  /// Callbacks or errbacks added to those that it has.
  func linked(_ name: String, _ signatures: [CelerySignature]) -> CelerySignature {
    guard !signatures.isEmpty else { return self }
    if case .chord(let header, let body?) = shape {
      return with(header: header, body: body.linked(name, signatures))
    }
    let there = options[name].map { $0.arrayValue ?? [$0] } ?? []
    let added = signatures.map(\.json).filter { !there.contains($0) }
    return with([name: .array(there + added)])
  }

  /// The part that finishes last says what the whole is part of.
  func marked(_ marks: StepPlanner.Marks) -> CelerySignature {
    switch shape {
    case .task:
      var options: JSONObject = [:]
      // A group that it belongs to already is its own.
      if let group = marks.group, groupID == nil { options["group_id"] = .string(group) }
      if let index = marks.groupIndex { options["group_index"] = .integer(index) }
      if let chord = marks.chord { options["chord"] = chord.json }
      return with(options)
    case .chain(let steps):
      guard let last = steps.last else { return self }
      return with(steps: steps.dropLast() + [last.marked(marks)])
    case .group(let members): return with(steps: members.map { $0.marked(marks) })
    case .chord(let header, let body):
      return body.map { with(header: header, body: $0.marked(marks)) } ?? self
    }
  }

  /// With ids for all that others may wait for.
  func named(_ newID: () -> String) -> CelerySignature {
    switch shape {
    case .task: return taskID == nil ? with(["task_id": .string(newID())]) : self
    case .chain(let steps): return with(steps: steps.map { $0.named(newID) })
    case .group(let members):
      let named = with(steps: members.map { $0.named(newID) })
      return taskID == nil ? named.with(["task_id": .string(newID())]) : named
    case .chord(let header, let body):
      let header = header.map { $0.named(newID) }
      let named = with(header: header, body: body?.named(newID))
      return headerID == nil ? named.with(["task_id": .string(newID())]) : named
    }
  }

  /// Its result, once it has its ids.
  func node(after parent: CeleryNode?) -> CeleryNode {
    switch shape {
    case .task: return .task(taskID ?? "", parent: parent)
    case .chain(let steps):
      return steps.reduce(parent) { $1.node(after: $0) } ?? .group("", [], parent: parent)
    case .group(let members):
      return .group(taskID ?? "", members.map { $0.node(after: nil) }, parent: parent)
    case .chord(let header, let body):
      let group = CeleryNode.group(
        headerID ?? "", header.map { $0.node(after: nil) }, parent: parent)
      return body?.node(after: group) ?? group
    }
  }

  private func with(steps: [CelerySignature]) -> CelerySignature {
    var signature = self
    signature.replace(
      "tasks", by: .array(steps.map(\.json)), shape: isGroup ? .group(steps) : .chain(steps))
    return signature
  }

  private func with(header: [CelerySignature], body: CelerySignature?) -> CelerySignature {
    var signature = self
    // A header that is a group has an id, which stays.
    var group = kwargs["header"] ?? .null
    if case .object(var members) = group, members["kwargs"] != nil {
      members["kwargs"] = ["tasks": .array(header.map(\.json))]
      group = .object(members)
    } else {
      group = .array(header.map(\.json))
    }
    let shape = Shape.chord(header: header, body: body)
    signature.replace("header", by: group, shape: shape)
    signature.replace("body", by: body?.json ?? .null, shape: shape)
    return signature
  }
}

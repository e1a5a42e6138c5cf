// SPDX-License-Identifier: MIT
import JSONValues

/// Makes messages of signatures, as the canvas of Celery's worker does it after a task.
struct StepPlanner {
  /// What is handed down to a signature by what it is part of.
  struct Marks {
    var chain: [CelerySignature]?
    var group: String?
    var groupIndex: Int?
    var chord: CelerySignature?
    /// Options of a whole that are those of its parts, and come before their own: a queue, a countdown...
    var options: JSONObject = [:]
  }

  struct Plan {
    var steps = CelerySteps()
    /// By which others wait for it.
    var result: CeleryNode
    /// The calls that look for the results of chords: children of the parent however deep the chord is.
    var unlocks: [CeleryNode] = []
  }

  private let origin: CelerySteps.Origin
  private let parentID: String
  private let rootID: String

  init(_ origin: CelerySteps.Origin, parent: CeleryMessage) {
    self.origin = origin
    parentID = parent.id
    rootID = parent.rootID ?? parent.id
  }

  /// - Parameter partial: arguments that come first, unless the signature is immutable.
  func plan(
    _ signature: CelerySignature, _ partial: [JSONValue], _ marks: Marks = Marks()
  ) throws(CeleryMessageError) -> Plan {
    switch signature.shape {
    case .task: return try planTask(signature, partial, marks)
    case .chain(let steps): return try planChain(signature, steps, partial, marks)
    case .group(let members): return try planGroup(signature, members, partial, marks)
    case .chord(let header, let body):
      guard let body else {
        return try planGroup(signature, header, partial, marks)
      }
      return try planChord(signature, header, body, partial, marks)
    }
  }

  // MARK: one task

  private func planTask(
    _ signature: CelerySignature, _ partial: [JSONValue], _ marks: Marks
  ) throws(CeleryMessageError) -> Plan {
    let options = signature.marked(marks).options.merging(marks.options) { _, new in new }
    let message = try message(signature, signature.args(after: partial), options, marks)
    let node = CeleryNode.task(message.id)
    var plan = Plan(result: node)
    plan.steps.messages = [message]
    plan.steps.children = [node]
    return plan
  }

  private func message(
    _ signature: CelerySignature, _ args: [JSONValue], _ options: JSONObject, _ marks: Marks
  ) throws(CeleryMessageError) -> CeleryMessage {
    let reader = MemberReader(options)
    var message = CeleryMessage(
      task: signature.task, id: try reader.text("task_id") ?? origin.newID(), args: args,
      kwargs: signature.kwargs)
    message.rootID = rootID
    message.parentID = parentID
    message.callbacks = try reader.signatures("link")
    message.errbacks = try reader.signatures("link_error")
    message.chain = if let chain = marks.chain { chain } else { try reader.signatures("chain") }
    message.chord = try reader.signature("chord")
    message.group = try reader.text("group_id")
    message.groupIndex = try reader.count("group_index")
    message.eta = try moment("eta", countdown: options["countdown"], reader)
    message.expires = try moment("expires", countdown: options["expires"], reader)
    message.timeLimit = options["time_limit"]?.doubleValue
    message.softTimeLimit = options["soft_time_limit"]?.doubleValue
    message.retries = try reader.count("retries") ?? 0
    message.priority = reader.priority
    message.shadow = try reader.text("shadow")
    message.ignoreResult = try reader.flag("ignore_result")
    message.replyTo = try reader.text("reply_to")
    message.exchange = options["exchange"]?.stringValue ?? ""
    message.routingKey = options["queue"]?.stringValue ?? options["routing_key"]?.stringValue
    message.stampedHeaders = try reader.texts("stamped_headers")
    for name in message.stampedHeaders { message.stamps[name] = options[name] }
    message.otherHeaders = try reader.object("headers") ?? [:]
    return message
  }

  private func moment(
    _ name: String, countdown: JSONValue?, _ reader: MemberReader
  ) throws(CeleryMessageError) -> CeleryInstant? {
    if let seconds = countdown?.doubleValue, seconds != 0 { return origin.now + seconds }
    return countdown?.doubleValue != nil && name == "expires" ? nil : try reader.moment(name)
  }

  // MARK: several

  private func planGroup(
    _ signature: CelerySignature, _ members: [CelerySignature], _ partial: [JSONValue],
    _ marks: Marks
  ) throws(CeleryMessageError) -> Plan {
    let id = signature.taskID ?? origin.newID()
    var group = Plan(result: .group(id, []))
    var inner = try marks.completed(by: signature)
    inner.group = id
    try append(members, partial, inner, to: &group)
    group.steps.children = group.unlocks + [group.result]
    return group
  }

  /// Plans the members of a group, each with its place in it.
  private func append(
    _ members: [CelerySignature], _ partial: [JSONValue], _ marks: Marks, to group: inout Plan
  ) throws(CeleryMessageError) {
    var results: [CeleryNode] = []
    for (index, member) in members.flatMap(\.unrolled).enumerated() {
      var marks = marks
      marks.groupIndex = index
      let plan = try plan(member, partial, marks)
      group.steps.messages += plan.steps.messages
      group.unlocks += plan.unlocks
      results.append(plan.result)
    }
    group.result = .group(group.result.id, results)
  }

  private func planChain(
    _ signature: CelerySignature, _ steps: [CelerySignature], _ partial: [JSONValue],
    _ marks: Marks
  ) throws(CeleryMessageError) -> Plan {
    var links = Self.links(steps)
    guard !links.isEmpty else { return Plan(result: .group(origin.newID(), [])) }
    let reader = MemberReader(signature.options)
    // The chain's own marks and callbacks are those of its last link; each link has its errbacks.
    let marks = try marks.completed(by: signature)
    links[0] = links[0].marked(marks).linked("link", try reader.signatures("link"))
    let errbacks = try reader.signatures("link_error")
    links = links.map { $0.linked("link_error", errbacks).named(origin.newID) }
    var result: CeleryNode?
    for link in links.reversed() { result = link.node(after: result) }
    var inner = Marks(options: marks.options)
    inner.chain = (marks.chain ?? []) + links.dropLast()
    if links.count == 1 { (inner.group, inner.groupIndex, inner.chord) = marks.parts }
    let first = links[links.count - 1]
    let chained = signature.isImmutable ? signature.args : partial + signature.args
    var plan = try plan(first, chained, inner)
    if links.count > 1, let result { plan.result = result }
    return plan
  }

  /// The links of a chain, the last one first; a group and the step behind it are a chord.
  private static func links(_ steps: [CelerySignature]) -> [CelerySignature] {
    var links: [CelerySignature] = []
    for step in steps.flatMap(\.unchained).flatMap(\.shortened).reversed() {
      let members = step.isGroup ? step.unrolled : []
      if step.isGroup, members.isEmpty, !links.isEmpty { continue }
      if step.isGroup, members.count == 1 {
        links.append(members[0])
      } else if step.isGroup, let body = links.popLast() {
        links.append(CelerySignature(header: step, body: body, options: [:]))
      } else {
        links.append(step)
      }
    }
    return links
  }

  private func planChord(
    _ signature: CelerySignature, _ header: [CelerySignature], _ body: CelerySignature,
    _ partial: [JSONValue], _ marks: Marks
  ) throws(CeleryMessageError) -> Plan {
    let id = signature.headerID ?? origin.newID()
    let marks = try marks.completed(by: signature)
    // A delay is the header's; the rest of the chain waits for the body.
    var options = marks.options.filter { !Self.delays.contains($0.key) }
    if let chain = marks.chain, !chain.isEmpty { options["chain"] = .array(chain.map(\.json)) }
    let reader = MemberReader(signature.options)
    let waiting = body.marked(marks).with(options).marked(Marks(group: id)).named(origin.newID)
      .linked("link", try reader.signatures("link"))
      .linked("link_error", try reader.signatures("link_error"))
    guard !header.flatMap(\.unrolled).isEmpty else { return try plan(waiting, [.array([])]) }
    var plan = Plan(result: .group(id, []))
    try append(
      header, signature.args(after: partial),
      Marks(group: id, chord: waiting, options: marks.options), to: &plan)
    guard case .group(_, let results, _) = plan.result else { return plan }
    let unlock = try unlock(id, waiting, results)
    plan.steps.messages.insert(unlock, at: 0)
    plan.unlocks.insert(.task(unlock.id), at: 0)
    plan.steps.children = plan.unlocks + [plan.result]
    plan.result = waiting.node(after: plan.result)
    return plan
  }

  private static let delays: Set = ["countdown", "eta"]

  private func unlock(
    _ id: String, _ body: CelerySignature, _ results: [CeleryNode]
  ) throws(CeleryMessageError) -> CeleryMessage {
    let signature = CeleryChordUnlock.signature(group: id, body: body, results: results)
    return try message(signature, signature.args, signature.options, Marks())
  }
}

extension StepPlanner.Marks {
  /// Options of several calls that are not each one's.
  private static let own: Set = [
    "task_id", "chain", "chord", "group_id", "group_index", "link", "link_error", "parent_id",
    "root_id",
  ]

  /// The options that a whole gives its parts.
  static func handed(by signature: CelerySignature) -> JSONObject {
    signature.options.filter { !own.contains($0.key) }
  }

  fileprivate var parts: (String?, Int?, CelerySignature?) { (group, groupIndex, chord) }

  /// With what a signature of several was told when it was made, where nobody says anything else now.
  fileprivate func completed(
    by signature: CelerySignature
  ) throws(CeleryMessageError) -> StepPlanner.Marks {
    let reader = MemberReader(signature.options)
    var marks = self
    if marks.chain == nil { marks.chain = try reader.signatures("chain") }
    marks.group = marks.group ?? signature.groupID
    if marks.groupIndex == nil { marks.groupIndex = try reader.count("group_index") }
    if marks.chord == nil { marks.chord = try reader.signature("chord") }
    marks.options = Self.handed(by: signature).merging(options) { _, new in new }
    return marks
  }
}

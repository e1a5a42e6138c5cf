// SPDX-License-Identifier: MIT
import JSONValues

/// The messages that follow one, in the order in which Celery's worker sends them.
package struct CelerySteps: Hashable, Sendable {
  package var messages: [CeleryMessage] = []
  /// What the result of the task names as its children.
  package var children: [CeleryNode] = []

  package init() {}

  /// What the steps come from, and what they need that is not written in any message.
  package struct Origin {
    package let now: CeleryInstant
    /// Makes a UUID; called where a signature has got no id from its producer.
    package let newID: () -> String

    package init(now: CeleryInstant, newID: @escaping () -> String) {
      self.now = now
      self.newID = newID
    }
  }

  /// Puts what comes later behind.
  package mutating func append(_ steps: CelerySteps) {
    messages += steps.messages
    children += steps.children
  }
}

extension CeleryMessage {
  /// What is to be sent after the task's success, before its result is stored: callbacks, then the next link of the chain.
  ///
  /// Several callbacks that are no groups are sent as one group, as Celery does it.
  package func steps(
    after result: JSONValue, from origin: CelerySteps.Origin
  ) throws(CeleryMessageError) -> CelerySteps {
    var steps = CelerySteps()
    let planner = StepPlanner(origin, parent: self)
    let groups = callbacks.filter(\.isGroup)
    let others = callbacks.filter { !$0.isGroup }
    for group in groups { steps.append(try planner.plan(group, [result]).steps) }
    if others.count > 1 || (others.count == 1 && !groups.isEmpty) {
      let group = CelerySignature(group: others)
      steps.append(try planner.plan(group, [result]).steps)
    } else if let callback = others.first {
      steps.append(try planner.plan(callback, [result]).steps)
    }
    if let next = chain.last {
      var marks = StepPlanner.Marks()
      marks.chain = Array(chain.dropLast())
      steps.append(try planner.plan(next, [result], marks).steps)
    }
    return steps
  }

  /// What is to be sent after the task's final failure: each errback with the id of what failed, all as one group.
  ///
  /// Celery's worker calls an errback that takes more than one argument within itself, with the exception; a task of
  /// another program cannot be called so, and gets the id, as it does in Celery where the worker does not know it.
  package func errorSteps(
    from origin: CelerySteps.Origin
  ) throws(CeleryMessageError) -> CelerySteps {
    guard !errbacks.isEmpty else { return CelerySteps() }
    var steps = try StepPlanner(origin, parent: self)
      .plan(CelerySignature(group: errbacks), [.string(id)]).steps
    // They are sent after the failure is stored, and are nobody's children.
    steps.children = []
    return steps
  }

  /// The later links of the chain: they will never run, and the same failure is stored under their ids, without children.
  ///
  /// Of a chord its body, as Celery has it since 5.6: before, whoever waited for it waited for ever.
  package func failingSteps() throws(CeleryMessageError) -> [CeleryMessage] {
    var steps: [CeleryMessage] = []
    for signature in chain.reversed() {
      for step in signature.finals { steps.append(try step.failingMessage()) }
    }
    return steps
  }
}

extension CelerySignature {
  /// The tasks under whose ids its result will be looked for, where they have got them.
  var finals: [CelerySignature] {
    switch shape {
    case .task: taskID == nil ? [] : [self]
    case .chain(let steps): steps.flatMap(\.finals)
    case .group(let members): members.flatMap(\.finals)
    case .chord(_, let body): body?.finals ?? []
    }
  }

  func failingMessage() throws(CeleryMessageError) -> CeleryMessage {
    let reader = MemberReader(options)
    var message = CeleryMessage(task: task, id: taskID ?? "", args: args, kwargs: kwargs)
    message.group = try reader.text("group_id")
    message.errbacks = try reader.signatures("link_error")
    message.chain = try reader.signatures("chain")
    return message
  }
}

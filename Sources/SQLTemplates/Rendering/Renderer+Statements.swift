// SPDX-License-Identifier: MIT

/// Statements, one after the other.
extension Renderer {
  func execute(_ body: [Statement], _ frame: Frame) throws(TemplateError) {
    for statement in body {
      do {
        try budget.step()
        try execute(statement, frame)
      } catch {
        throw error.at(statement.line)
      }
    }
  }

  private func execute(_ statement: Statement, _ frame: Frame) throws(TemplateError) {
    switch statement.node {
    case .text(let text): try write(text)
    case .output(let value): try write(try string(of: try evaluate(value, frame)))
    case .conditional(let branches, let otherwise): try execute(branches, otherwise, frame)
    case .loop(let loop): try execute(loop, frame)
    case .assign(let target, let value):
      try requireNamespaces(target, frame)
      try assign(try evaluate(value, frame), to: target, frame)
    case .capture(let target, let filter, let body):
      try execute(target, filter, body, frame)
    case .with(let pairs, let body): try execute(pairs, body, frame)
    case .macro(let macro):
      frame.scope.set(macro.name ?? "", try object(Macro(macro, frame)))
    case .call(let macro, let call): try execute(macro, call, frame)
    case .filter(let filter, let body): try executeFilter(filter, body, frame)
    case .scope(let body): try executeInner(body, frame.inner)
    case .block(_, let body): try executeInner(body, Frame(Scope(within: root)))
    }
  }

  func executeInner(_ body: [Statement], _ frame: Frame) throws(TemplateError) {
    try budget.enter()
    defer { budget.leave() }
    try execute(body, frame)
  }

  private func execute(
    _ branches: [Statement.Branch], _ otherwise: [Statement], _ frame: Frame
  ) throws(TemplateError) {
    for branch in branches {
      do {
        guard try evaluate(branch.test, frame).isTrue else { continue }
      } catch {
        throw error.at(branch.line)
      }
      return try executeInner(branch.body, frame)
    }
    try executeInner(otherwise, frame)
  }

  private func execute(
    _ target: Statement.Target, _ filter: Expression?, _ body: [Statement], _ frame: Frame
  ) throws(TemplateError) {
    let inner = frame.inner
    let text = try captured { () throws(TemplateError) in try executeInner(body, inner) }
    let value = try filter.map { one throws(TemplateError) in
      try evaluate(one, inner, filtering: .text(text))
    }
    try requireNamespaces(target, frame)
    try assign(value ?? .text(text), to: target, frame)
  }

  private func execute(
    _ pairs: [(target: Statement.Target, value: Expression)], _ body: [Statement],
    _ frame: Frame
  ) throws(TemplateError) {
    let inner = frame.inner
    for pair in pairs { try assign(try evaluate(pair.value, frame), to: pair.target, inner) }
    try executeInner(body, inner)
  }

  private func execute(
    _ macro: Statement.Macro, _ call: Expression, _ frame: Frame
  ) throws(TemplateError) {
    guard case .call(let function, let arguments) = call.node else { return }
    let caller = try object(Macro(macro, frame))
    let callee = try evaluate(function, frame)
    var values = try evaluate(arguments, frame)
    values.named.append(("caller", caller))
    try writeText(try self.call(callee, values))
  }

  private func executeFilter(
    _ filter: Expression, _ body: [Statement], _ frame: Frame
  ) throws(TemplateError) {
    let inner = frame.inner
    let text = try captured { () throws(TemplateError) in try executeInner(body, inner) }
    try writeText(try evaluate(filter, inner, filtering: .text(text)))
  }

  /// What a call or filter block gives is written as it is, and so has to be a text.
  private func writeText(_ value: TemplateValue) throws(TemplateError) {
    guard case .text(let text) = value else {
      throw .type("sequence item 0: expected str instance, \(value.typeName) found")
    }
    try write(text)
  }

  // MARK: assignments

  private func requireNamespaces(
    _ target: Statement.Target, _ frame: Frame
  ) throws(TemplateError) {
    for name in target.namespaces {
      guard case .object(let object) = lookUp(name, frame), object is Namespace else {
        throw TemplateError(.runtime, "cannot assign attribute on non-namespace object")
      }
    }
  }

  func assign(
    _ value: TemplateValue, to target: Statement.Target, _ frame: Frame
  ) throws(TemplateError) {
    switch target {
    case .name(let name): frame.scope.set(name, value)
    case .namespace(let name, let attribute):
      guard case .object(let object) = lookUp(name, frame), let namespace = object as? Namespace
      else { return }
      try budget.produce(elements: 1)
      namespace.attributes[attribute] = value
    case .tuple(let targets):
      for (target, item) in zip(targets, try unpack(value, targets.count)) {
        try assign(item, to: target, frame)
      }
    }
  }

  /// So many values, not one more or less.
  func unpack(_ value: TemplateValue, _ count: Int) throws(TemplateError) -> [TemplateValue] {
    guard isIterable(value) else {
      throw .type("cannot unpack non-iterable \(value.typeName) object")
    }
    let cursor = try self.cursor(over: value)
    var items: [TemplateValue] = []
    while let item = try cursor.next() {
      guard items.count < count else {
        throw .value("too many values to unpack (expected \(count))")
      }
      items.append(item)
    }
    guard items.count == count else {
      throw .value("not enough values to unpack (expected \(count), got \(items.count))")
    }
    return items
  }
}

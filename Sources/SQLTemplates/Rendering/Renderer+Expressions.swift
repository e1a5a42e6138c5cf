// SPDX-License-Identifier: MIT

/// Expressions, from the outside in. Small functions: what one of them keeps on the stack is there for each level.
extension Renderer {
  /// - Parameter filtering: what a filter without a value of its own is applied to.
  func evaluate(
    _ expression: Expression, _ frame: Frame, filtering block: TemplateValue? = nil
  ) throws(TemplateError) -> TemplateValue {
    try budget.step()
    switch expression.node {
    case .literal(let literal): return literal.value
    case .name(let name): return lookUp(name, frame)
    default:
      try budget.enter()
      defer { budget.leave() }
      return try evaluateInner(expression, frame, block)
    }
  }

  private func evaluateInner(
    _ expression: Expression, _ frame: Frame, _ block: TemplateValue?
  ) throws(TemplateError) -> TemplateValue {
    switch expression.node {
    case .literal(let literal): return literal.value
    case .name(let name): return lookUp(name, frame)
    case .tuple(let items): return try tuple(try evaluate(items, frame))
    case .list(let items): return try list(try evaluate(items, frame))
    case .dictionary(let pairs): return try evaluate(pairs, frame)
    case .attribute(let owner, let name):
      return try attribute(name, of: try evaluate(owner, frame))
    case .item(let owner, let key):
      let value = try evaluate(owner, frame)
      return try item(try evaluate(key, frame), of: value)
    case .slice(let owner, let start, let stop, let step):
      return try evaluateSlice(owner, [start, stop, step], frame)
    case .call(let function, let arguments):
      let callee = try evaluate(function, frame)
      return try call(callee, try evaluate(arguments, frame))
    case .filter(let value, let name, let arguments):
      return try evaluateFilter(value, name, arguments, frame, block)
    case .test(let value, let name, let arguments):
      let tested = try evaluate(value, frame)
      return .boolean(try test(name, tested, try evaluate(arguments, frame)))
    default: return try evaluateOperator(expression, frame)
    }
  }

  private func evaluateOperator(
    _ expression: Expression, _ frame: Frame
  ) throws(TemplateError) -> TemplateValue {
    switch expression.node {
    case .negative(let value): return try negated(try evaluate(value, frame))
    case .positive(let value): return try signed(try evaluate(value, frame))
    case .not(let value): return .boolean(!(try evaluate(value, frame).isTrue))
    case .arithmetic(let one, let left, let right):
      let value = try evaluate(left, frame)
      return try calculate(one, value, try evaluate(right, frame))
    case .and(let left, let right):
      let value = try evaluate(left, frame)
      return value.isTrue ? try evaluate(right, frame) : value
    case .or(let left, let right):
      let value = try evaluate(left, frame)
      return value.isTrue ? value : try evaluate(right, frame)
    case .concatenation(let parts): return try concatenated(parts, frame)
    case .comparison(let left, let operands): return try compare(left, operands, frame)
    case .conditional(let test, let then, let otherwise):
      if try evaluate(test, frame).isTrue { return try evaluate(then, frame) }
      if let otherwise { return try evaluate(otherwise, frame) }
      return .undefined(UndefinedValue(conditionalAt: expression.line))
    default: return .none
    }
  }

  private func evaluate(
    _ expressions: [Expression], _ frame: Frame
  ) throws(TemplateError) -> [TemplateValue] {
    var values: [TemplateValue] = []
    values.reserveCapacity(expressions.count)
    for expression in expressions { values.append(try evaluate(expression, frame)) }
    return values
  }

  private func evaluate(
    _ pairs: [(key: Expression, value: Expression)], _ frame: Frame
  ) throws(TemplateError) -> TemplateValue {
    let dictionary = hold(TemplateDictionary())
    for pair in pairs {
      let key = try evaluate(pair.key, frame)
      try set(key, try evaluate(pair.value, frame), in: dictionary)
    }
    return .dictionary(dictionary)
  }

  /// Puts an entry into a dictionary; of an equal key the first form stays.
  func set(
    _ key: TemplateValue, _ value: TemplateValue, in dictionary: TemplateDictionary
  ) throws(TemplateError) {
    try budget.produce(elements: 1)
    let form = try key.key(budget)
    let shown = dictionary.entries[form]?.key ?? key
    dictionary.entries[form] = TemplateDictionary.Entry(key: shown, value: value)
  }

  private func concatenated(
    _ parts: [Expression], _ frame: Frame
  ) throws(TemplateError) -> TemplateValue {
    var text = ""
    for value in try evaluate(parts, frame) { text += try string(of: value) }
    return try self.text(text)
  }

  private func compare(
    _ left: Expression, _ operands: [(sign: ComparisonOperator, right: Expression)],
    _ frame: Frame
  ) throws(TemplateError) -> TemplateValue {
    var left = try evaluate(left, frame)
    for operand in operands {
      let right = try evaluate(operand.right, frame)
      guard try holds(left, operand.sign, right) else { return .boolean(false) }
      left = right
    }
    return .boolean(true)
  }

  private func evaluateFilter(
    _ value: Expression?, _ name: String, _ arguments: Expression.Arguments, _ frame: Frame,
    _ block: TemplateValue?
  ) throws(TemplateError) -> TemplateValue {
    var filtered = block ?? .none
    if let value { filtered = try evaluate(value, frame, filtering: block) }
    return try filter(name, filtered, try evaluate(arguments, frame))
  }

  // MARK: names

  /// The nearest of this name: the template's own, the context's, Jinja's.
  func lookUp(_ name: String, _ frame: Frame) -> TemplateValue {
    if let found = frame.scope[name] {
      return found ?? .undefined(UndefinedValue(name: name))
    }
    if let given = context.values[name] {
      let copy = imported(given)
      root.set(name, copy)
      return copy
    }
    return Globals.table[name].map { .object($0.function) }
      ?? .undefined(UndefinedValue(name: name))
  }

  // MARK: calls

  func evaluate(
    _ arguments: Expression.Arguments, _ frame: Frame
  ) throws(TemplateError) -> CallArguments {
    var values = CallArguments(try evaluate(arguments.positional, frame))
    for (name, value) in arguments.named {
      guard values[name] == nil else {
        throw TemplateError(.python(.syntaxError), "keyword argument repeated: \(name)")
      }
      values.named.append((name, try evaluate(value, frame)))
    }
    if let spread = arguments.spread {
      values.positional += try items(of: try evaluate(spread, frame), as: "Value after *")
    }
    if let spread = arguments.namedSpread {
      try add(try evaluate(spread, frame), to: &values)
    }
    return values
  }

  private func add(
    _ named: TemplateValue, to values: inout CallArguments
  ) throws(TemplateError) {
    guard case .dictionary(let dictionary) = named else {
      throw .type("argument after ** must be a mapping, not \(named.typeName)")
    }
    for entry in dictionary.entries.values {
      try budget.step()
      guard case .text(let name) = entry.key else { throw .type("keywords must be strings") }
      guard values[name] == nil else {
        throw .type("got multiple values for keyword argument '\(name)'")
      }
      values.named.append((name, entry.value))
    }
  }

  func call(
    _ callee: TemplateValue, _ arguments: CallArguments
  ) throws(TemplateError) -> TemplateValue {
    try budget.step()
    switch callee {
    case .callable(let callable): return imported(try callable.call(arguments))
    case .object(let object): return try object.call(arguments, self)
    case .undefined(let undefined): throw undefined.error
    default: throw .type("'\(callee.typeName)' object is not callable")
    }
  }

  /// A copy of what comes from outside: a template changes only what is its own.
  func imported(_ value: TemplateValue) -> TemplateValue {
    switch value {
    case .list(let list) where !list.isHeld:
      return .list(hold(TemplateList(list.items.map(imported))))
    case .tuple(let tuple) where !tuple.isHeld:
      return .tuple(hold(TemplateTuple(tuple.items.map(imported), names: tuple.names)))
    case .dictionary(let dictionary) where !dictionary.isHeld:
      let copy = hold(TemplateDictionary())
      copy.entries = dictionary.entries.mapValues {
        TemplateDictionary.Entry(key: $0.key, value: imported($0.value))
      }
      return .dictionary(copy)
    default: return value
    }
  }
}

// SPDX-License-Identifier: MIT

/// Equality, order and membership as Python has them.
extension Renderer {
  func holds(
    _ left: TemplateValue, _ one: ComparisonOperator, _ right: TemplateValue
  ) throws(TemplateError) -> Bool {
    switch one {
    case .equal: try areEqual(left, right)
    case .unequal: !(try areEqual(left, right))
    case .less: try isOrdered(left, "<", right)
    case .greater: try isOrdered(left, ">", right)
    case .lessOrEqual: try isOrdered(left, "<=", right)
    case .greaterOrEqual: try isOrdered(left, ">=", right)
    case .isIn: try contains(right, left)
    case .isNotIn: !(try contains(right, left))
    }
  }

  // MARK: equality

  func areEqual(_ left: TemplateValue, _ right: TemplateValue) throws(TemplateError) -> Bool {
    try budget.step()
    switch (left, right) {
    case (.none, .none): return true
    case (.text(let text), .text(let other)):
      try budget.step(through: text)
      return text.isExactly(other)
    case (.list(let list), .list(let other)):
      return list === other ? true : try areEqual(list.items, other.items)
    case (.tuple(let tuple), .tuple(let other)):
      return tuple === other ? true : try areEqual(tuple.items, other.items)
    case (.dictionary(let one), .dictionary(let other)): return try areEqual(one, other)
    case (.range(let range), .range(let other)): return range == other
    case (.undefined(let one), .undefined(let other)): return one.isDebug == other.isDebug
    case (.callable(let one), .callable(let other)): return one === other
    case (.object(let one), .object(let other)): return one === other
    default:
      if let number = left.integerValue, let other = right.integerValue { return number == other }
      guard let number = left.realValue, let other = right.realValue else { return false }
      return number == other
    }
  }

  func areEqual(
    _ items: [TemplateValue], _ others: [TemplateValue]
  ) throws(TemplateError) -> Bool {
    guard items.count == others.count else { return false }
    try budget.enter()
    defer { budget.leave() }
    for (item, other) in zip(items, others) where !(try areEqual(item, other)) { return false }
    return true
  }

  private func areEqual(
    _ one: TemplateDictionary, _ other: TemplateDictionary
  ) throws(TemplateError) -> Bool {
    guard one !== other else { return true }
    guard one.entries.count == other.entries.count else { return false }
    try budget.enter()
    defer { budget.leave() }
    for (key, entry) in one.entries {
      guard let match = other.entries[key], try areEqual(entry.value, match.value) else {
        return false
      }
    }
    return true
  }

  // MARK: order

  /// - Parameter sign: one of < > <= >=.
  func isOrdered(
    _ left: TemplateValue, _ sign: String, _ right: TemplateValue
  ) throws(TemplateError) -> Bool {
    try budget.step()
    if case .undefined(let undefined) = left { throw undefined.error }
    if case .undefined(let undefined) = right { throw undefined.error }
    switch (left, right) {
    case (.text(let text), .text(let other)):
      try budget.step(through: text)
      return Self.judge(text.isExactly(other), text.precedes(other), sign)
    case (.list(let list), .list(let other)):
      return try areOrdered(list.items, sign, other.items)
    case (.tuple(let tuple), .tuple(let other)):
      return try areOrdered(tuple.items, sign, other.items)
    default:
      if let number = left.integerValue, let other = right.integerValue {
        return Self.judge(number == other, number < other, sign)
      }
      guard let number = left.realValue, let other = right.realValue else {
        throw .type(
          "'\(sign)' not supported between instances of '\(left.typeName)' and"
            + " '\(right.typeName)'")
      }
      guard !number.isNaN, !other.isNaN else { return false }
      return Self.judge(number == other, number < other, sign)
    }
  }

  private static func judge(_ isEqual: Bool, _ isLess: Bool, _ sign: String) -> Bool {
    switch sign {
    case "<": isLess
    case ">": !isLess && !isEqual
    case "<=": isLess || isEqual
    default: !isLess
    }
  }

  /// The first pair that differs decides, else the length.
  private func areOrdered(
    _ items: [TemplateValue], _ sign: String, _ others: [TemplateValue]
  ) throws(TemplateError) -> Bool {
    try budget.enter()
    defer { budget.leave() }
    for (item, other) in zip(items, others) where !(try areEqual(item, other)) {
      return try isOrdered(item, sign, other)
    }
    return Self.judge(items.count == others.count, items.count < others.count, sign)
  }

  func precedes(_ left: TemplateValue, _ right: TemplateValue) throws(TemplateError) -> Bool {
    try isOrdered(left, "<", right)
  }

  // MARK: membership

  func contains(
    _ container: TemplateValue, _ item: TemplateValue
  ) throws(TemplateError) -> Bool {
    switch container {
    case .text(let text):
      guard case .text(let part) = item else {
        throw .type(
          "'in <string>' requires string as left operand, not \(item.typeName)")
      }
      try budget.step(through: text)
      return TextSearch.first(of: part, in: text) != nil
    case .dictionary(let dictionary): return dictionary.entries[try item.key(budget)] != nil
    default:
      guard isIterable(container) else {
        throw .type("argument of type '\(container.typeName)' is not iterable")
      }
      let cursor = try self.cursor(over: container)
      while let one = try cursor.next() {
        if try areEqual(one, item) { return true }
      }
      return false
    }
  }
}

// SPDX-License-Identifier: MIT
import PythonTexts

/// Attributes, elements and slices.
extension Renderer {
  /// `value.name`: the attribute, or else the element.
  func attribute(_ name: String, of value: TemplateValue) throws(TemplateError) -> TemplateValue {
    if case .undefined(let undefined) = value {
      guard Methods.hidden(of: value).contains(name) else { throw undefined.error }
    }
    if let found = try ownAttribute(name, of: value) { return found }
    if let found = try element(.text(name), of: value) { return found }
    return try missing(.text(name), in: value)
  }

  /// `value[key]`: the element, or else the attribute.
  func item(_ key: TemplateValue, of value: TemplateValue) throws(TemplateError) -> TemplateValue {
    if case .undefined(let undefined) = value { throw undefined.error }
    if let found = try element(key, of: value) { return found }
    if case .text(let name) = key, let found = try ownAttribute(name, of: value) { return found }
    return try missing(key, in: value)
  }

  private func missing(
    _ name: TemplateValue, in value: TemplateValue
  ) throws(TemplateError) -> TemplateValue {
    let isText = name.textValue != nil
    return .undefined(
      UndefinedValue(
        objectName: value.objectName, name: try representation(of: name), isText: isText))
  }

  /// What Python's `getattr` finds, as far as the sandbox lets it out.
  func ownAttribute(
    _ name: String, of value: TemplateValue
  ) throws(TemplateError) -> TemplateValue? {
    guard !name.hasUnderscore else { return try hiddenAttribute(name, of: value) }
    if let method = Methods.table(of: value)[name] {
      return try object(BoundMethod(method, value))
    }
    switch value {
    case .object(let object): return try object.attribute(name, self)
    case .tuple(let tuple):
      return tuple.names?.firstIndex(of: name).map { tuple.items[$0] }
    case .range(let range):
      switch name {
      case "start": return .integer(range.start)
      case "stop": return .integer(range.stop)
      case "step": return .integer(range.step)
      default: return nil
      }
    default:
      guard !Methods.unsupported(of: value).contains(name) else {
        throw .unsupported("'\(value.typeName)' object's attribute '\(name)'")
      }
      return nil
    }
  }

  /// Attributes with an underscore in front are there and not to be had; of namespaces too.
  private func hiddenAttribute(
    _ name: String, of value: TemplateValue
  ) throws(TemplateError) -> TemplateValue? {
    var isThere = Methods.hidden(of: value).contains(name)
    if case .object(let object) = value, try object.attribute(name, self) != nil { isThere = true }
    guard isThere else { return nil }
    return .undefined(
      UndefinedValue(
        hint: "access to attribute \(PythonText.quoted(name)) of"
          + " \(PythonText.quoted(value.typeName)) object is unsafe.", isUnsafe: true))
  }

  /// What Python's `value[key]` finds; nil where it raises a TypeError or LookupError.
  private func element(
    _ key: TemplateValue, of value: TemplateValue
  ) throws(TemplateError) -> TemplateValue? {
    switch value {
    case .dictionary(let dictionary): return try entry(key, of: dictionary)
    case .list(let list): return element(key, list.items.count) { list.items[$0] }
    case .tuple(let tuple): return element(key, tuple.items.count) { tuple.items[$0] }
    case .range(let range): return element(key, range.count) { .integer(range[$0]) }
    case .text(let text):
      guard key.integerValue != nil else { return nil }
      let scalars = text.scalars
      try budget.step(scalars.count / 16 + 1)
      return element(key, scalars.count) { .text(String([scalars[$0]])) }
    default: return nil
    }
  }

  private func element(
    _ key: TemplateValue, _ count: Int, _ at: (Int) -> TemplateValue
  ) -> TemplateValue? {
    guard let index = key.integerValue else { return nil }
    let place = index < 0 ? index + count : index
    return (0..<count).contains(place) ? at(place) : nil
  }

  /// A dictionary's value; nil also where the key could not be one.
  private func entry(
    _ key: TemplateValue, of dictionary: TemplateDictionary
  ) throws(TemplateError) -> TemplateValue? {
    do {
      return dictionary.entries[try key.key(budget)]?.value
    } catch {
      guard error.kind == .python(.typeError) else { throw error }
      return nil
    }
  }

  // MARK: slices

  func evaluateSlice(
    _ owner: Expression, _ bounds: [Expression?], _ frame: Frame
  ) throws(TemplateError) -> TemplateValue {
    let value = try evaluate(owner, frame)
    var limits: [TemplateValue] = []
    for bound in bounds {
      guard let bound else {
        limits.append(.none)
        continue
      }
      limits.append(try evaluate(bound, frame))
    }
    try requireSliceable(value)
    let step = try sliceBound(limits[2]) ?? 1
    guard step != 0 else { throw .value("slice step cannot be zero") }
    let slice = Slice(
      start: try sliceBound(limits[0]), stop: try sliceBound(limits[1]), step: step)
    switch value {
    case .text(let text):
      let scalars = text.scalars
      try budget.step(scalars.count / 16 + 1)
      return try self.text(slice.indices(scalars.count).map { scalars[$0] })
    case .list(let list):
      return try self.list(slice.indices(list.items.count).map { list.items[$0] })
    case .tuple(let tuple):
      return try self.tuple(slice.indices(tuple.items.count).map { tuple.items[$0] })
    case .range(let range): return .range(try slice.applied(to: range))
    default: return .none
    }
  }

  private func requireSliceable(_ value: TemplateValue) throws(TemplateError) {
    switch value {
    case .text, .list, .tuple, .range: break
    case .undefined(let undefined): throw undefined.error
    case .dictionary: throw .type("unhashable type: 'slice'")
    default: throw .type("'\(value.typeName)' object is not subscriptable")
    }
  }

  func sliceBound(_ value: TemplateValue) throws(TemplateError) -> Int? {
    if value.isNone { return nil }
    guard let number = value.integerValue else {
      throw .type(
        "slice indices must be integers or None or have an __index__ method")
    }
    return number
  }
}

/// Bounds of a slice as they were written, and what they mean for so many elements.
struct Slice {
  let start: Int?
  let stop: Int?
  let step: Int

  func bounds(_ count: Int) -> (first: Int, end: Int) {
    let lowest = step < 0 ? -1 : 0
    let highest = step < 0 ? count - 1 : count
    func place(_ bound: Int?, _ fallback: Int) -> Int {
      guard let bound else { return fallback }
      return min(max(bound < 0 ? bound + count : bound, lowest), highest)
    }
    return (place(start, step < 0 ? highest : lowest), place(stop, step < 0 ? lowest : highest))
  }

  func indices(_ count: Int) -> [Int] {
    let (first, end) = bounds(count)
    return Array(stride(from: first, to: end, by: step))
  }

  func applied(to range: TemplateRange) throws(TemplateError) -> TemplateRange {
    let (first, end) = bounds(range.count)
    return try TemplateRange(
      start: range[first], stop: range[end], step: range.step.clampedProduct(step))
  }
}

extension Int {
  fileprivate func clampedProduct(_ other: Int) -> Int {
    let (product, overflows) = multipliedReportingOverflow(by: other)
    return overflows ? (signum() * other.signum() < 0 ? .min : .max) : product
  }
}

extension String {
  fileprivate var hasUnderscore: Bool { utf8.first == UInt8(ascii: "_") }
}

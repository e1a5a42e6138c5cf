// SPDX-License-Identifier: MIT

/// Going through values, and putting them in order.
extension Renderer {
  func isIterable(_ value: TemplateValue) -> Bool {
    switch value {
    case .text, .list, .tuple, .range, .dictionary, .undefined: true
    case .object(let object): object.isIterable
    case .none, .boolean, .integer, .real, .callable: false
    }
  }

  func cursor(over value: TemplateValue) throws(TemplateError) -> Cursor {
    switch value {
    case .list(let list): return cursor(over: list)
    case .tuple(let tuple): return Cursor(tuple.items)
    case .text(let text):
      try budget.step(text.utf8.count / 16 + 1)
      return Cursor(text.unicodeScalars.map { .text(String([$0])) })
    case .range(let range):
      var index = 0
      return Cursor(count: range.count) { () throws(TemplateError) in
        guard index < range.count else { return nil }
        defer { index += 1 }
        return .integer(range[index])
      }
    case .dictionary(let dictionary):
      return DictionaryView.cursor(over: dictionary) { $0.key }
    case .undefined: return Cursor([])
    case .object(let object): return try object.cursor(self)
    case .none, .boolean, .integer, .real, .callable:
      throw .type("'\(value.typeName)' object is not iterable")
    }
  }

  /// A list is gone through as it is at each step: it may grow meanwhile.
  private func cursor(over list: TemplateList) -> Cursor {
    var index = 0
    return Cursor(count: list.items.count) { [budget] () throws(TemplateError) in
      guard index < list.items.count else { return nil }
      try budget.step()
      defer { index += 1 }
      return list.items[index]
    }
  }

  /// All values.
  ///
  /// - Parameter role: what Python calls it in its complaint, where that is not just the object.
  func items(
    of value: TemplateValue, as role: String? = nil
  ) throws(TemplateError) -> [TemplateValue] {
    if let role, !isIterable(value) {
      throw .type("\(role) must be an iterable, not \(value.typeName)")
    }
    switch value {
    case .list(let list):
      try budget.step(list.items.count)
      return list.items
    case .tuple(let tuple):
      try budget.step(tuple.items.count)
      return tuple.items
    default:
      let cursor = try self.cursor(over: value)
      var items: [TemplateValue] = []
      while let item = try cursor.next() {
        try budget.step()
        items.append(item)
      }
      return items
    }
  }

  /// `len`, or nil where there is none.
  func length(of value: TemplateValue) throws(TemplateError) -> Int? {
    switch value {
    case .text(let text):
      try budget.step(text.utf8.count / 16 + 1)
      return text.unicodeScalars.count
    case .list(let list): return list.items.count
    case .tuple(let tuple): return tuple.items.count
    case .range(let range): return range.count
    case .dictionary(let dictionary): return dictionary.entries.count
    case .undefined: return 0
    case .object(let object): return object.count
    case .none, .boolean, .integer, .real, .callable: return nil
    }
  }

  /// A generator, which is gone through when somebody wants its items, and once.
  func generator(
    _ name: String, over value: TemplateValue,
    _ transform: @escaping (TemplateValue) throws(TemplateError) -> TemplateValue?
  ) throws(TemplateError) -> TemplateValue {
    try object(
      Generator(name) { [unowned self] () throws(TemplateError) in
        let source = try cursor(over: value)
        return Cursor { () throws(TemplateError) in
          while let item = try source.next() {
            try self.budget.step()
            if let result = try transform(item) { return result }
          }
          return nil
        }
      })
  }

  func generator(_ name: String, _ items: [TemplateValue]) throws(TemplateError) -> TemplateValue {
    try object(Generator(name) { () throws(TemplateError) in Cursor(items) })
  }

  // MARK: order

  /// In order of their keys; those of equal keys stay as they were, also in the reversed order.
  func sorted<Item>(
    _ items: [(key: TemplateValue, item: Item)], isReversed: Bool = false
  ) throws(TemplateError) -> [Item] {
    try budget.produce(elements: items.count)
    let ordered = try merged(isReversed ? items.reversed() : items)
    let result = ordered.map(\.item)
    return isReversed ? result.reversed() : result
  }

  /// A merge sort, since the library's cannot stop at a typed error.
  private func merged<Item>(
    _ items: [(key: TemplateValue, item: Item)]
  ) throws(TemplateError) -> [(key: TemplateValue, item: Item)] {
    guard items.count > 1 else { return items }
    let middle = items.count / 2
    let left = try merged(Array(items[..<middle]))
    let right = try merged(Array(items[middle...]))
    var result: [(key: TemplateValue, item: Item)] = []
    result.reserveCapacity(items.count)
    var (index, other) = (0, 0)
    while index < left.count, other < right.count {
      if try precedes(right[other].key, left[index].key) {
        result.append(right[other])
        other += 1
      } else {
        result.append(left[index])
        index += 1
      }
    }
    return result + left[index...] + right[other...]
  }
}

/// What `map`, `select` and their like return.
final class Generator: TemplateObject {
  private let name: String
  private var start: (() throws(TemplateError) -> Cursor)?
  private var started: Cursor?

  init(_ name: String, _ start: @escaping () throws(TemplateError) -> Cursor) {
    self.name = name
    self.start = start
  }

  override var typeName: String { "generator" }
  override var isIterable: Bool { true }

  override func representation(_ renderer: Renderer) throws(TemplateError) -> String {
    "<generator object \(name)>"
  }

  override func cursor(_ renderer: Renderer) throws(TemplateError) -> Cursor {
    Cursor { [unowned self, unowned renderer] () throws(TemplateError) in
      try renderer.budget.enter()
      defer { renderer.budget.leave() }
      if started == nil { started = try start?() }
      start = nil
      return try started?.next()
    }
  }

  override func unlink() {
    start = nil
    started = nil
  }
}

/// `keys`, `values` and `items` of a dictionary: what they show changes with it.
final class DictionaryView: TemplateObject {
  private let name: String
  private var dictionary: TemplateDictionary
  private let part: (TemplateDictionary.Entry, Renderer) throws(TemplateError) -> TemplateValue

  init(
    _ name: String, _ dictionary: TemplateDictionary,
    _ part: @escaping (TemplateDictionary.Entry, Renderer) throws(TemplateError) -> TemplateValue
  ) {
    self.name = name
    self.dictionary = dictionary
    self.part = part
  }

  override var typeName: String { "dict_\(name)" }
  override var isTrue: Bool { !dictionary.entries.isEmpty }
  override var isIterable: Bool { true }
  override var isHashable: Bool { false }
  override var count: Int? { dictionary.entries.count }

  override func unlink() { dictionary = TemplateDictionary() }

  override func cursor(_ renderer: Renderer) throws(TemplateError) -> Cursor {
    Self.cursor(over: dictionary) { [unowned renderer, part] entry throws(TemplateError) in
      try part(entry, renderer)
    }
  }

  override func representation(_ renderer: Renderer) throws(TemplateError) -> String {
    let items = try renderer.items(of: .object(self))
    return "dict_\(name)(\(try renderer.representation(of: .list(items))))"
  }

  static func cursor(
    over dictionary: TemplateDictionary,
    _ part: @escaping (TemplateDictionary.Entry) throws(TemplateError) -> TemplateValue
  ) -> Cursor {
    let size = dictionary.entries.count
    var index = 0
    return Cursor(count: size) { () throws(TemplateError) in
      guard dictionary.entries.count == size else {
        throw TemplateError(
          .python(.runtimeError), "dictionary changed size during iteration")
      }
      guard index < size else { return nil }
      defer { index += 1 }
      return try part(dictionary.entries.elements[index].value)
    }
  }
}

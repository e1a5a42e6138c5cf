// SPDX-License-Identifier: MIT
import OrderedCollections

/// Something that refers to values. A template can make chains and rings of them, which would never be freed, or be
/// freed in a recursion without end; so the renderer holds all that it makes, and takes them apart itself.
package class Linked {
  /// Whether a renderer holds it.
  var isHeld = false

  /// Lets go of all values.
  func unlink() {}
}

/// A list of Python: whoever has it sees what others append.
package final class TemplateList: Linked {
  package internal(set) var items: [TemplateValue]

  package init(_ items: [TemplateValue]) { self.items = items }

  override func unlink() { items = [] }
}

/// A tuple of Python; a group of `groupby` has names for its two members.
package final class TemplateTuple: Linked {
  package private(set) var items: [TemplateValue]
  let names: [String]?

  package init(_ items: [TemplateValue], names: [String]? = nil) {
    self.items = items
    self.names = names
  }

  override func unlink() { items = [] }
}

/// A dictionary of Python, in the order in which its keys came.
package final class TemplateDictionary: Linked {
  typealias Entries = OrderedDictionary<DictionaryKey, Entry>

  struct Entry {
    let key: TemplateValue
    var value: TemplateValue
  }

  var entries: Entries = [:]

  package override init() {}

  package init(_ members: [(String, TemplateValue)]) {
    for (name, value) in members {
      entries[.text(ExactText(name))] = Entry(key: .text(name), value: value)
    }
  }

  package subscript(name: String) -> TemplateValue? {
    get { entries[.text(ExactText(name))]?.value }
    set {
      let key = DictionaryKey.text(ExactText(name))
      entries[key] = newValue.map { Entry(key: entries[key]?.key ?? .text(name), value: $0) }
    }
  }

  package var keys: [TemplateValue] { entries.values.map(\.key) }
  package var values: [TemplateValue] { entries.values.map(\.value) }

  override func unlink() { entries = [:] }
}

/// A range of Python, whose numbers are nowhere until they are asked for.
package struct TemplateRange: Hashable, Sendable {
  let start: Int
  let stop: Int
  let step: Int
  let count: Int

  /// - Throws: where the step is zero, or the range is longer than Jinja's sandbox allows.
  package init(start: Int, stop: Int, step: Int = 1) throws(TemplateError) {
    guard step != 0 else { throw .value("range() arg 3 must not be zero") }
    self.start = start
    self.stop = stop
    self.step = step
    let isEmpty = step > 0 ? start >= stop : start <= stop
    let distance = start.magnitudeOfDistance(to: stop)
    count = isEmpty ? 0 : Int(clamping: (distance - 1) / step.magnitude + 1)
    guard count <= Self.longest else {
      throw TemplateError(
        .python(.overflow),
        "Range too big. The sandbox blocks ranges larger than MAX_RANGE (\(Self.longest)).")
    }
  }

  private static let longest = 100_000

  subscript(index: Int) -> Int { start &+ index &* step }

  package static func == (left: Self, right: Self) -> Bool {
    left.count == right.count
      && (left.count == 0
        || left.start == right.start && (left.count == 1 || left.step == right.step))
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(count) }
}

extension Int {
  fileprivate func magnitudeOfDistance(to other: Int) -> UInt {
    self < other
      ? UInt(bitPattern: other) &- UInt(bitPattern: self)
      : UInt(bitPattern: self) &- UInt(bitPattern: other)
  }
}

/// A key of a dictionary: what Python's `hash` and `==` see of it.
indirect enum DictionaryKey: Hashable {
  case none
  /// Booleans and whole floats are the same keys as their integers.
  case integer(Int)
  case real(Double)
  case text(ExactText)
  case tuple([DictionaryKey])
  case range(TemplateRange)
  case undefined(isDebug: Bool)
  case identity(ObjectIdentifier)
}

extension TemplateValue {
  /// - Throws: where Python could not hash it.
  func key(_ budget: Budget) throws(TemplateError) -> DictionaryKey {
    switch self {
    case .none: return .none
    case .boolean(let flag): return .integer(flag ? 1 : 0)
    case .integer(let number): return .integer(number)
    case .real(let number): return Int(exactly: number).map(DictionaryKey.integer) ?? .real(number)
    case .text(let text):
      try budget.step(through: text)
      return .text(ExactText(text))
    case .tuple(let tuple):
      try budget.enter()
      defer { budget.leave() }
      try budget.produce(elements: tuple.items.count)
      var keys: [DictionaryKey] = []
      for item in tuple.items { keys.append(try item.key(budget)) }
      return .tuple(keys)
    case .range(let range): return .range(range)
    case .undefined(let undefined): return .undefined(isDebug: undefined.isDebug)
    case .callable(let callable): return .identity(ObjectIdentifier(callable))
    case .object(let object) where object.isHashable: return .identity(ObjectIdentifier(object))
    case .list, .dictionary, .object: throw .type("unhashable type: '\(typeName)'")
    }
  }
}

// SPDX-License-Identifier: MIT

/// What has attributes, can be called or gone through, and is no value of Python's own; each kind says what it can.
package class TemplateObject: Linked {
  var typeName: String { "object" }
  /// The module of its class, with the point behind it; none for Python's own.
  var moduleName: String { "" }
  var isTrue: Bool { true }
  var isCallable: Bool { false }
  var isIterable: Bool { false }
  var isHashable: Bool { true }

  /// Its text for people and for programs.
  func representation(_ renderer: Renderer) throws(TemplateError) -> String {
    "<\(moduleName)\(typeName) object>"
  }

  func attribute(_ name: String, _ renderer: Renderer) throws(TemplateError) -> TemplateValue? {
    nil
  }

  func call(
    _ arguments: CallArguments, _ renderer: Renderer
  ) throws(TemplateError) -> TemplateValue {
    throw .type("'\(typeName)' object is not callable")
  }

  func cursor(_ renderer: Renderer) throws(TemplateError) -> Cursor {
    throw .type("'\(typeName)' object is not iterable")
  }

  /// What `len` says, where it says anything.
  var count: Int? { nil }
}

/// Goes through values once.
final class Cursor: Linked {
  typealias Advance = () throws(TemplateError) -> TemplateValue?

  private var advance: Advance?
  /// How many there are, where that is known without going.
  let count: Int?

  init(count: Int? = nil, _ advance: @escaping Advance) {
    self.advance = advance
    self.count = count
  }

  convenience init(_ items: [TemplateValue]) {
    var rest = items.makeIterator()
    self.init(count: items.count) { () throws(TemplateError) in rest.next() }
  }

  func next() throws(TemplateError) -> TemplateValue? {
    guard let item = try advance?() else {
      advance = nil
      return nil
    }
    return item
  }

  override func unlink() { advance = nil }
}

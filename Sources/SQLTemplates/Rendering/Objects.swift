// SPDX-License-Identifier: MIT
import OrderedCollections

/// A method that has been taken off its owner, or a function that is built in.
final class BoundMethod: TemplateObject {
  private let function: BuiltIn
  private var owner: TemplateValue?

  init(_ function: BuiltIn, _ owner: TemplateValue?) {
    self.function = function
    self.owner = owner
  }

  override var typeName: String { "builtin_function_or_method" }
  override var isCallable: Bool { true }

  override func unlink() { owner = nil }

  override func call(
    _ arguments: CallArguments, _ renderer: Renderer
  ) throws(TemplateError) -> TemplateValue {
    var arguments = arguments
    if let owner { arguments.positional.insert(owner, at: 0) }
    return try function.call(arguments, renderer)
  }
}

/// A method of an object of this library's own.
final class ObjectMethod: TemplateObject {
  typealias Body = (CallArguments, Renderer) throws(TemplateError) -> TemplateValue

  private let name: String
  private let body: Body

  init(_ name: String, _ body: @escaping Body) {
    self.name = name
    self.body = body
  }

  override var typeName: String { "method" }
  override var isCallable: Bool { true }

  override func call(
    _ arguments: CallArguments, _ renderer: Renderer
  ) throws(TemplateError) -> TemplateValue {
    try body(arguments, renderer)
  }
}

extension Renderer {
  func method(
    _ name: String, _ body: @escaping ObjectMethod.Body
  ) throws(TemplateError) -> TemplateValue {
    try object(ObjectMethod(name, body))
  }
}

/// `namespace()`: attributes that may be assigned to from within loops.
final class Namespace: TemplateObject {
  var attributes: OrderedDictionary<String, TemplateValue> = [:]

  override var typeName: String { "Namespace" }
  override var moduleName: String { "jinja2.utils." }

  override func unlink() { attributes = [:] }

  override func attribute(
    _ name: String, _ renderer: Renderer
  ) throws(TemplateError) -> TemplateValue? {
    attributes[name]
  }

  override func representation(_ renderer: Renderer) throws(TemplateError) -> String {
    let dictionary = TemplateDictionary(attributes.elements.map { ($0.key, $0.value) })
    return "<Namespace \(try renderer.representation(of: .dictionary(dictionary)))>"
  }
}

/// `cycler('odd', 'even')`.
final class Cycler: TemplateObject {
  private var items: [TemplateValue]
  private var position = 0

  init(_ items: [TemplateValue]) { self.items = items }

  override var typeName: String { "Cycler" }
  override var moduleName: String { "jinja2.utils." }

  override func unlink() { items = [] }

  override func attribute(
    _ name: String, _ renderer: Renderer
  ) throws(TemplateError) -> TemplateValue? {
    switch name {
    case "current": return items[position]
    case "pos": return .integer(position)
    case "items": return try renderer.tuple(items)
    case "next", "__next__":
      return try renderer.method(name) { [unowned self] _, _ throws(TemplateError) in
        defer { position = (position + 1) % items.count }
        return items[position]
      }
    case "reset":
      return try renderer.method(name) { [unowned self] _, _ throws(TemplateError) in
        position = 0
        return .none
      }
    default: return nil
    }
  }
}

/// `joiner()`: nothing at first, then always the separator.
final class Joiner: TemplateObject {
  private var separator: TemplateValue
  private var isUsed = false

  init(_ separator: TemplateValue) { self.separator = separator }

  override var typeName: String { "Joiner" }
  override var moduleName: String { "jinja2.utils." }
  override var isCallable: Bool { true }

  override func unlink() { separator = .none }

  override func attribute(
    _ name: String, _ renderer: Renderer
  ) throws(TemplateError) -> TemplateValue? {
    switch name {
    case "sep": separator
    case "used": .boolean(isUsed)
    default: nil
    }
  }

  override func call(
    _ arguments: CallArguments, _ renderer: Renderer
  ) throws(TemplateError) -> TemplateValue {
    defer { isUsed = true }
    return isUsed ? separator : .text("")
  }
}

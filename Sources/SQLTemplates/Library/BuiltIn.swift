// SPDX-License-Identifier: MIT
import PythonTexts

/// A function, method, filter or test that comes with the language.
struct BuiltIn: Sendable {
  typealias Body = @Sendable (BoundCall) throws(TemplateError) -> TemplateValue

  private enum Form: Sendable {
    case signature(Signature, Body)
    case open(@Sendable (CallArguments, Renderer) throws(TemplateError) -> TemplateValue)
  }

  private let form: Form

  /// - Parameter name: the Python function's, which messages tell.
  /// - Parameter hidden: parameters in front that Jinja fills in itself.
  init(_ name: String, _ parameters: [Parameter], hidden: Int = 0, _ body: @escaping Body) {
    form = .signature(Signature(name, parameters, hidden: hidden), body)
  }

  /// One that looks at its arguments itself.
  init(
    _ body: @escaping @Sendable (CallArguments, Renderer) throws(TemplateError) -> TemplateValue
  ) {
    form = .open(body)
  }

  func call(
    _ arguments: CallArguments, _ renderer: Renderer
  ) throws(TemplateError) -> TemplateValue {
    switch form {
    case .signature(let signature, let body):
      return try body(BoundCall(values: try signature.bind(arguments), renderer: renderer))
    case .open(let body): return try body(arguments, renderer)
    }
  }
}

/// The values of a built-in function's parameters.
struct BoundCall {
  let values: [TemplateValue]
  let renderer: Renderer

  /// What is filtered, tested, or has the method.
  var value: TemplateValue { values[0] }

  subscript(index: Int) -> TemplateValue { values[index] }

  /// The value as text, as Jinja's filters take it.
  func text() throws(TemplateError) -> String { try string(0) }

  func string(_ index: Int) throws(TemplateError) -> String {
    let text = try renderer.string(of: values[index])
    try renderer.budget.step(through: text)
    return text
  }

  /// A text that has to be one.
  func exactText(_ index: Int) throws(TemplateError) -> String {
    guard case .text(let text) = values[index] else {
      throw .type("expected str, got \(values[index].typeName)")
    }
    try renderer.budget.step(through: text)
    return text
  }

  func flag(_ index: Int) -> Bool { values[index].isTrue }

  func integer(_ index: Int) throws(TemplateError) -> Int {
    guard let number = values[index].integerValue else {
      throw .type(
        "'\(values[index].typeName)' object cannot be interpreted as an integer")
    }
    return number
  }

  func optionalInteger(_ index: Int) throws(TemplateError) -> Int? {
    values[index].isNone ? nil : try integer(index)
  }

  func items() throws(TemplateError) -> [TemplateValue] { try renderer.items(of: value) }
}

extension Renderer {
  func filter(
    _ name: String, _ value: TemplateValue, _ arguments: CallArguments
  ) throws(TemplateError) -> TemplateValue {
    guard let function = try knownFilter(name) else {
      throw TemplateError(.runtime, "No filter named \(PythonText.quoted(name)) found.")
    }
    return try function(arguments.preceded(by: value))
  }

  typealias Function = (CallArguments) throws(TemplateError) -> TemplateValue

  /// What the context lends goes before what is built in.
  func knownFilter(_ name: String) throws(TemplateError) -> Function? {
    if let own = context.filters[name] {
      return { [unowned self] arguments throws(TemplateError) in
        imported(try own.call(arguments))
      }
    }
    guard let known = Filters.table[name] else {
      guard !Filters.unsupported.contains(name) else {
        throw .unsupported("the filter '\(name)'")
      }
      return nil
    }
    return { [unowned self] arguments throws(TemplateError) in
      try known.call(arguments, self)
    }
  }

  func test(
    _ name: String, _ value: TemplateValue, _ arguments: CallArguments
  ) throws(TemplateError) -> Bool {
    guard let known = Tests.table[name] else {
      throw TemplateError(.runtime, "No test named \(PythonText.quoted(name)) found.")
    }
    return try known.call(arguments.preceded(by: value), self).isTrue
  }
}

extension CallArguments {
  func preceded(by value: TemplateValue) -> CallArguments {
    CallArguments([value] + positional, named: named)
  }
}

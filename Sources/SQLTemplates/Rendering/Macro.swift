// SPDX-License-Identifier: MIT
import PythonTexts

/// A macro: its body is executed where it was defined, with what it is called with.
final class Macro: TemplateObject {
  private let definition: Statement.Macro
  private var frame: Frame?

  init(_ definition: Statement.Macro, _ frame: Frame) {
    self.definition = definition
    self.frame = frame
  }

  override var typeName: String { "Macro" }
  override var moduleName: String { "jinja2.runtime." }
  override var isCallable: Bool { true }

  override func unlink() { frame = nil }

  private var shownName: String {
    definition.name.map(PythonText.quoted) ?? "None"
  }

  override func representation(_ renderer: Renderer) throws(TemplateError) -> String {
    "<Macro \(definition.name.map(PythonText.quoted) ?? "anonymous")>"
  }

  override func attribute(
    _ name: String, _ renderer: Renderer
  ) throws(TemplateError) -> TemplateValue? {
    switch name {
    case "name": return definition.name.map(TemplateValue.text) ?? TemplateValue.none
    case "arguments":
      return try renderer.tuple(definition.parameters.map { .text($0.name) })
    case "catch_kwargs": return .boolean(definition.specials.contains("kwargs"))
    case "catch_varargs": return .boolean(definition.specials.contains("varargs"))
    case "caller": return .boolean(usesCaller)
    default: return nil
    }
  }

  private var usesCaller: Bool { definition.specials.contains("caller") }

  override func call(
    _ arguments: CallArguments, _ renderer: Renderer
  ) throws(TemplateError) -> TemplateValue {
    guard let frame else { return .none }
    let inner = frame.inner
    try bind(arguments, in: inner, renderer)
    let text = try renderer.captured { () throws(TemplateError) in
      try fillIn(inner, renderer)
      try renderer.executeInner(definition.body, inner)
    }
    return .text(text)
  }

  /// Gives the parameters what the call says; those without a value hide what is outside of the macro.
  private func bind(
    _ arguments: CallArguments, in frame: Frame, _ renderer: Renderer
  ) throws(TemplateError) {
    var named = arguments.named
    let parameters = definition.parameters
    var foundCaller = parameters.contains { $0.name == "caller" }
    for (index, parameter) in parameters.enumerated() {
      var value = index < arguments.positional.count ? arguments.positional[index] : nil
      if value == nil, let given = named.firstIndex(where: { $0.name == parameter.name }) {
        value = named.remove(at: given).value
      }
      frame.scope.set(parameter.name, value)
    }
    if usesCaller, !foundCaller {
      let index = named.firstIndex { $0.name == "caller" }
      let caller = index.map { named.remove(at: $0).value }
      frame.scope.set("caller", caller ?? .undefined(UndefinedValue(hint: "No caller defined")))
      foundCaller = true
    }
    let rest = arguments.positional.dropFirst(parameters.count)
    try bindRest(Array(rest), named, in: frame, renderer)
  }

  private func bindRest(
    _ positional: [TemplateValue], _ named: [(name: String, value: TemplateValue)],
    in frame: Frame, _ renderer: Renderer
  ) throws(TemplateError) {
    if definition.specials.contains("kwargs") {
      let dictionary = renderer.hold(TemplateDictionary(named.map { ($0.name, $0.value) }))
      frame.scope.set("kwargs", .dictionary(dictionary))
    } else if named.contains(where: { $0.name == "caller" }) {
      throw .type(
        "macro \(shownName) was invoked with two values for the special caller argument. This is"
          + " most likely a bug.")
    } else if let first = named.first {
      throw .type("macro \(shownName) takes no keyword argument '\(first.name)'")
    }
    if definition.specials.contains("varargs") {
      frame.scope.set("varargs", try renderer.tuple(positional))
    } else if !positional.isEmpty {
      throw .type(
        "macro \(shownName) takes not more than \(definition.parameters.count) argument(s)")
    }
  }

  /// Defaults, one after the other: a later one may use an earlier parameter.
  private func fillIn(_ frame: Frame, _ renderer: Renderer) throws(TemplateError) {
    for parameter in definition.parameters {
      guard let given = frame.scope[parameter.name], given == nil else { continue }
      guard let fallback = parameter.fallback else {
        frame.scope.set(
          parameter.name,
          .undefined(UndefinedValue(hint: "parameter '\(parameter.name)' was not provided")))
        continue
      }
      do {
        frame.scope.set(parameter.name, try renderer.evaluate(fallback, frame))
      } catch {
        throw error.at(definition.line)
      }
    }
  }
}

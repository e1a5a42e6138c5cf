// SPDX-License-Identifier: MIT

/// What a function is called with.
package struct CallArguments {
  package var positional: [TemplateValue]
  package var named: [(name: String, value: TemplateValue)]

  package init(
    _ positional: [TemplateValue] = [], named: [(name: String, value: TemplateValue)] = []
  ) {
    self.positional = positional
    self.named = named
  }

  subscript(name: String) -> TemplateValue? { named.first { $0.name == name }?.value }
}

/// A parameter of a function, with the value that it has where a call does not say.
package struct Parameter: Sendable, ExpressibleByStringLiteral {
  package let name: String
  package let fallback: Literal?

  package init(_ name: String, _ fallback: Literal) {
    self.name = name
    self.fallback = fallback
  }

  /// One that each call has to give.
  package init(stringLiteral name: String) {
    self.name = name
    fallback = nil
  }
}

/// A function of Python: binds what a call says to its parameters, and complains as Python does.
package struct Signature: Sendable {
  package let name: String
  package let parameters: [Parameter]
  /// Parameters in front that Jinja gives itself, which its messages count.
  let hidden: Int

  package init(_ name: String, _ parameters: [Parameter], hidden: Int = 0) {
    self.name = name
    self.parameters = parameters
    self.hidden = hidden
  }

  /// One value for each parameter.
  package func bind(_ arguments: CallArguments) throws(TemplateError) -> [TemplateValue] {
    guard arguments.positional.count <= parameters.count else {
      throw .type(tooMany(arguments.positional.count))
    }
    var bound: [TemplateValue?] = arguments.positional
    bound += Array(repeating: nil, count: parameters.count - bound.count)
    for (name, value) in arguments.named {
      guard let index = parameters.firstIndex(where: { $0.name == name }) else {
        throw .type("\(self.name)() got an unexpected keyword argument '\(name)'")
      }
      guard bound[index] == nil else {
        throw .type("\(self.name)() got multiple values for argument '\(name)'")
      }
      bound[index] = value
    }
    let missing = zip(parameters, bound).filter { $0.0.fallback == nil && $0.1 == nil }
    guard missing.isEmpty else { throw .type(tooFew(missing.map(\.0.name))) }
    return zip(parameters, bound).map { $1 ?? $0.fallback?.value ?? .none }
  }

  private func tooMany(_ count: Int) -> String {
    let required = parameters.filter { $0.fallback == nil }.count + hidden
    let most = parameters.count + hidden
    let range = required == most ? "\(most)" : "from \(required) to \(most)"
    let given = count + hidden
    return "\(name)() takes \(range) positional argument\(most == 1 ? "" : "s") but \(given)"
      + " \(given == 1 ? "was" : "were") given"
  }

  private func tooFew(_ names: [String]) -> String {
    let quoted = names.map { "'\($0)'" }
    let listed =
      switch quoted.count {
      case 1: quoted[0]
      case 2: quoted.joined(separator: " and ")
      default: quoted.dropLast().joined(separator: ", ") + ", and " + (quoted.last ?? "")
      }
    return "\(name)() missing \(names.count) required positional argument"
      + "\(names.count == 1 ? "" : "s"): \(listed)"
  }
}

/// A function, or a filter, that whoever renders a template lends to it.
package final class TemplateCallable {
  package typealias Body = (CallArguments) throws(TemplateError) -> TemplateValue

  package let name: String
  private let body: Body

  /// - Parameter body: gets what a call says as it was said.
  package init(_ name: String, _ body: @escaping Body) {
    self.name = name
    self.body = body
  }

  /// - Parameter body: gets one value for each parameter.
  package init(
    _ name: String, _ parameters: [Parameter],
    _ body: @escaping ([TemplateValue]) throws(TemplateError) -> TemplateValue
  ) {
    let signature = Signature(name, parameters)
    self.name = name
    self.body = { arguments throws(TemplateError) in try body(try signature.bind(arguments)) }
  }

  package func call(_ arguments: CallArguments) throws(TemplateError) -> TemplateValue {
    try body(arguments)
  }
}

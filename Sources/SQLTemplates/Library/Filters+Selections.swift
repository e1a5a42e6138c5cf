// SPDX-License-Identifier: MIT
import PythonTexts

/// Filters that apply a filter or a test to each item.
extension Filters {
  static let selections: [String: BuiltIn] = [
    "map": BuiltIn(map),
    "select": BuiltIn { arguments, renderer throws(TemplateError) in
      try select("select", arguments, renderer, wanted: true, byAttribute: false)
    },
    "reject": BuiltIn { arguments, renderer throws(TemplateError) in
      try select("reject", arguments, renderer, wanted: false, byAttribute: false)
    },
    "selectattr": BuiltIn { arguments, renderer throws(TemplateError) in
      try select("selectattr", arguments, renderer, wanted: true, byAttribute: true)
    },
    "rejectattr": BuiltIn { arguments, renderer throws(TemplateError) in
      try select("rejectattr", arguments, renderer, wanted: false, byAttribute: true)
    },
  ]

  private typealias Transform = (TemplateValue) throws(TemplateError) -> TemplateValue

  private static func map(
    _ arguments: CallArguments, _ renderer: Renderer
  ) throws(TemplateError) -> TemplateValue {
    let value = arguments.positional.first ?? .none
    guard value.isTrue else { return try renderer.generator("sync_do_map", []) }
    let rest = CallArguments(Array(arguments.positional.dropFirst()), named: arguments.named)
    var transform: Transform?
    return try renderer.generator("sync_do_map", over: value) {
      [unowned renderer] item throws(TemplateError) in
      if let transform { return try transform(item) }
      let ready = try Self.transform(rest, renderer)
      transform = ready
      return try ready(item)
    }
  }

  private static func transform(
    _ arguments: CallArguments, _ renderer: Renderer
  ) throws(TemplateError) -> Transform {
    if arguments.positional.isEmpty, let attribute = arguments["attribute"] {
      let stranger = arguments.named.first { $0.name != "attribute" && $0.name != "default" }
      if let stranger {
        throw TemplateError(
          .filterArgument, "Unexpected keyword argument \(PythonText.quoted(stranger.name))")
      }
      let path = AttributePath(
        attribute, default: arguments["default"] ?? .none, renderer)
      return { item throws(TemplateError) in try path.value(of: item) }
    }
    guard let name = arguments.positional.first else {
      throw TemplateError(.filterArgument, "map requires a filter argument")
    }
    guard case .text(let text) = name, let filter = try renderer.knownFilter(text) else {
      throw try renderer.unknown("filter", name)
    }
    let rest = CallArguments(Array(arguments.positional.dropFirst()), named: arguments.named)
    return { item throws(TemplateError) in try filter(rest.preceded(by: item)) }
  }

  private static func select(
    _ name: String, _ arguments: CallArguments, _ renderer: Renderer, wanted: Bool,
    byAttribute: Bool
  ) throws(TemplateError) -> TemplateValue {
    var rest = arguments.positional[...]
    let value = rest.popFirst() ?? .none
    guard value.isTrue else { return try renderer.generator("select_or_reject", []) }
    if byAttribute, rest.isEmpty {
      // Raised when it is gone through, as by a generator.
      return try renderer.generator("select_or_reject", over: value) { _ throws(TemplateError) in
        throw TemplateError(.filterArgument, "Missing parameter for attribute name")
      }
    }
    let path = AttributePath(byAttribute ? rest.popFirst() ?? .none : .none, renderer)
    let test = rest.popFirst()
    let others = CallArguments(Array(rest), named: arguments.named)
    return try renderer.generator("select_or_reject", over: value) {
      [unowned renderer] item throws(TemplateError) in
      let tested = try path.value(of: item)
      return try renderer.holds(test, tested, others) == wanted ? item : nil
    }
  }
}

extension Renderer {
  /// Whether a test that is named at run time holds; without a name, whether the value is true.
  fileprivate func holds(
    _ name: TemplateValue?, _ value: TemplateValue, _ arguments: CallArguments
  ) throws(TemplateError) -> Bool {
    guard let name else { return value.isTrue }
    guard case .text(let text) = name, Tests.table[text] != nil else {
      throw try unknown("test", name)
    }
    return try test(text, value, arguments)
  }

  fileprivate func unknown(
    _ kind: String, _ name: TemplateValue
  ) throws(TemplateError) -> TemplateError {
    var message = "No \(kind) named \(try representation(of: name))."
    if case .undefined(let undefined) = name {
      message += " (\(undefined.message); did you forget to quote the callable name?)"
    }
    return TemplateError(.runtime, message)
  }
}

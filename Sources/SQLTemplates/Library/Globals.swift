// SPDX-License-Identifier: MIT

/// Functions that each template knows.
enum Globals {
  struct Global: Sendable {
    let builtIn: BuiltIn
    var function: TemplateObject { BoundMethod(builtIn, nil) }
  }

  static let table: [String: Global] = [
    "range": Global(builtIn: BuiltIn(range)),
    "dict": Global(builtIn: BuiltIn(dictionary)),
    "namespace": Global(builtIn: BuiltIn(namespace)),
    "cycler": Global(builtIn: BuiltIn(cycler)),
    "joiner": Global(
      builtIn: BuiltIn("Joiner.__init__", [Parameter("sep", ", ")], hidden: 1) {
        call throws(TemplateError) in
        try call.renderer.object(Joiner(call[0]))
      }),
    "lipsum": Global(
      builtIn: BuiltIn { _, _ throws(TemplateError) in throw .unsupported("lipsum") }),
  ]

  @Sendable private static func range(
    _ arguments: CallArguments, _ renderer: Renderer
  ) throws(TemplateError) -> TemplateValue {
    var numbers: [Int] = []
    for index in arguments.positional.indices {
      numbers.append(
        try BoundCall(values: arguments.positional, renderer: renderer).integer(index))
    }
    switch numbers.count {
    case 1: return .range(try TemplateRange(start: 0, stop: numbers[0]))
    case 2: return .range(try TemplateRange(start: numbers[0], stop: numbers[1]))
    case 3:
      return .range(try TemplateRange(start: numbers[0], stop: numbers[1], step: numbers[2]))
    case 0: throw .type("range expected at least 1 argument, got 0")
    default: throw .type("range expected at most 3 arguments, got \(numbers.count)")
    }
  }

  @Sendable private static func dictionary(
    _ arguments: CallArguments, _ renderer: Renderer
  ) throws(TemplateError) -> TemplateValue {
    guard arguments.positional.count <= 1 else {
      throw .type("dict expected at most 1 argument, got \(arguments.positional.count)")
    }
    let dictionary = renderer.hold(TemplateDictionary())
    try renderer.update(dictionary, with: arguments)
    return .dictionary(dictionary)
  }

  @Sendable private static func namespace(
    _ arguments: CallArguments, _ renderer: Renderer
  ) throws(TemplateError) -> TemplateValue {
    guard case .dictionary(let members) = try dictionary(arguments, renderer) else { return .none }
    let namespace = Namespace()
    for entry in members.entries.values {
      namespace.attributes[try renderer.string(of: entry.key)] = entry.value
    }
    return try renderer.object(namespace)
  }

  @Sendable private static func cycler(
    _ arguments: CallArguments, _ renderer: Renderer
  ) throws(TemplateError) -> TemplateValue {
    guard !arguments.positional.isEmpty else {
      throw TemplateError(.python(.runtimeError), "at least one item has to be provided")
    }
    return try renderer.object(Cycler(arguments.positional))
  }
}

extension Renderer {
  /// What `dict.update` and `dict` do with their arguments.
  func update(
    _ dictionary: TemplateDictionary, with arguments: CallArguments
  ) throws(TemplateError) {
    if let source = arguments.positional.first {
      if case .dictionary(let other) = source {
        for entry in other.entries.values { try set(entry.key, entry.value, in: dictionary) }
      } else {
        for item in try items(of: source) {
          let pair = try pair(item)
          try set(pair.key, pair.value, in: dictionary)
        }
      }
    }
    for (name, value) in arguments.named { try set(.text(name), value, in: dictionary) }
  }

  private func pair(
    _ item: TemplateValue
  ) throws(TemplateError) -> (key: TemplateValue, value: TemplateValue) {
    guard isIterable(item) else {
      throw .type("cannot convert dictionary update sequence element #0 to a sequence")
    }
    let parts = try items(of: item)
    guard parts.count == 2 else {
      throw .value(
        "dictionary update sequence element #0 has length \(parts.count); 2 is required")
    }
    return (parts[0], parts[1])
  }
}

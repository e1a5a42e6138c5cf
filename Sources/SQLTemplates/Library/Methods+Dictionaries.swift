// SPDX-License-Identifier: MIT

extension Methods {
  static let dictionaries: [String: BuiltIn] = [
    "get": BuiltIn("get", ["self", "key", Parameter("default", nil)]) {
      call throws(TemplateError) in
      let key = try call[1].key(call.renderer.budget)
      return dictionary(call).entries[key]?.value ?? call[2]
    },
    "keys": view("keys") { entry, _ throws(TemplateError) in entry.key },
    "values": view("values") { entry, _ throws(TemplateError) in entry.value },
    "items": view("items") { entry, renderer throws(TemplateError) in
      try renderer.tuple([entry.key, entry.value])
    },
    "setdefault": BuiltIn("setdefault", ["self", "key", Parameter("default", nil)]) {
      call throws(TemplateError) in
      let dictionary = dictionary(call)
      let key = try call[1].key(call.renderer.budget)
      if let value = dictionary.entries[key]?.value { return value }
      try call.renderer.set(call[1], call[2], in: dictionary)
      return call[2]
    },
    "pop": BuiltIn(pop),
    "popitem": BuiltIn("popitem", ["self"]) { call throws(TemplateError) in
      guard let last = dictionary(call).entries.elements.last else {
        throw TemplateError(.python(.keyError), "'popitem(): dictionary is empty'")
      }
      dictionary(call).entries[last.key] = nil
      return try call.renderer.tuple([last.value.key, last.value.value])
    },
    "update": BuiltIn { arguments, renderer throws(TemplateError) in
      guard case .dictionary(let dictionary)? = arguments.positional.first else { return .none }
      guard arguments.positional.count <= 2 else {
        throw .type(
          "update expected at most 1 argument, got \(arguments.positional.count - 1)")
      }
      let rest = CallArguments(Array(arguments.positional.dropFirst()), named: arguments.named)
      try renderer.update(dictionary, with: rest)
      return .none
    },
    "copy": BuiltIn("copy", ["self"]) { call throws(TemplateError) in
      let copy = call.renderer.hold(TemplateDictionary())
      try call.renderer.budget.produce(elements: dictionary(call).entries.count)
      copy.entries = dictionary(call).entries
      return .dictionary(copy)
    },
    "clear": BuiltIn("clear", ["self"]) { call throws(TemplateError) in
      dictionary(call).entries = [:]
      return .none
    },
  ]

  private static func dictionary(_ call: BoundCall) -> TemplateDictionary {
    if case .dictionary(let dictionary) = call.value { dictionary } else { TemplateDictionary() }
  }

  private static func view(
    _ name: String,
    _ part:
      @escaping @Sendable (
        TemplateDictionary.Entry, Renderer
      ) throws(TemplateError) -> TemplateValue
  ) -> BuiltIn {
    BuiltIn(name, ["self"]) { call throws(TemplateError) in
      try call.renderer.object(DictionaryView(name, dictionary(call), part))
    }
  }

  private static func pop(
    _ arguments: CallArguments, _ renderer: Renderer
  ) throws(TemplateError) -> TemplateValue {
    guard case .dictionary(let dictionary)? = arguments.positional.first else { return .none }
    guard arguments.positional.count > 1 else {
      throw .type("pop expected at least 1 argument, got 0")
    }
    let key = try arguments.positional[1].key(renderer.budget)
    if let entry = dictionary.entries[key] {
      try renderer.budget.step(dictionary.entries.count / 16)
      dictionary.entries[key] = nil
      return entry.value
    }
    guard arguments.positional.count > 2 else {
      throw TemplateError(
        .python(.keyError), try renderer.representation(of: arguments.positional[1]))
    }
    return arguments.positional[2]
  }
}

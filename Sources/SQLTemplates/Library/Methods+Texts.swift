// SPDX-License-Identifier: MIT

extension Methods {
  static let texts: [String: BuiltIn] = [changes, questions, searches, pieces, layouts]
    .reduce(into: [:]) { table, part in table.merge(part) { one, _ in one } }

  // MARK: the whole text

  private static func change(
    _ name: String, _ change: @escaping @Sendable (String) -> String
  ) -> BuiltIn {
    BuiltIn("str.\(name)", ["self"]) { call throws(TemplateError) in
      try call.renderer.text(change(try call.exactText(0)))
    }
  }

  private static let changes: [String: BuiltIn] = [
    "upper": change("upper") { $0.uppercased() },
    "lower": change("lower") { $0.lowercased() },
    "casefold": change("casefold") { $0.lowercased() },
    "capitalize": change("capitalize", TextCase.capitalized),
    "title": change("title", TextCase.titled),
    "swapcase": change("swapcase", TextCase.swapped),
    "strip": strip("strip"), "lstrip": strip("lstrip", right: false),
    "rstrip": strip("rstrip", left: false),
    "replace": BuiltIn("replace", ["self", "old", "new", Parameter("count", -1)]) {
      call throws(TemplateError) in
      .text(
        try Texts.replaced(
          try call.exactText(0), try call.exactText(1), by: try call.exactText(2),
          try call.integer(3), call.renderer))
    },
    "removeprefix": BuiltIn("removeprefix", ["self", "prefix"]) { call throws(TemplateError) in
      let (text, prefix) = (try call.exactText(0).scalars, try call.exactText(1).scalars)
      return try call.renderer.text(
        text.starts(with: prefix) ? text.dropFirst(prefix.count) : text[...])
    },
    "removesuffix": BuiltIn("removesuffix", ["self", "suffix"]) { call throws(TemplateError) in
      let (text, suffix) = (try call.exactText(0).scalars, try call.exactText(1).scalars)
      let hasIt = text.suffix(suffix.count).elementsEqual(suffix)
      return try call.renderer.text(hasIt ? text.dropLast(suffix.count) : text[...])
    },
    "format": BuiltIn { arguments, renderer throws(TemplateError) in
      var rest = arguments
      guard case .text(let text)? = rest.positional.first else { return .none }
      try renderer.budget.step(through: text)
      rest.positional.removeFirst()
      var format = BraceFormat(rest, renderer)
      return .text(try format.text(text))
    },
    "format_map": BuiltIn("format_map", ["self", "mapping"]) { call throws(TemplateError) in
      guard case .dictionary(let dictionary) = call[1] else {
        throw .unsupported("format_map of what is no dictionary")
      }
      var named: [(name: String, value: TemplateValue)] = []
      for entry in dictionary.entries.values {
        if case .text(let name) = entry.key { named.append((name, entry.value)) }
      }
      var format = BraceFormat(CallArguments(named: named), call.renderer)
      return .text(try format.text(try call.exactText(0)))
    },
  ]

  private static func strip(_ name: String, left: Bool = true, right: Bool = true) -> BuiltIn {
    BuiltIn(name, ["self", Parameter("chars", nil)]) { call throws(TemplateError) in
      try Texts.stripped(
        try call.exactText(0), call[1], left: left, right: right, call.renderer)
    }
  }

  // MARK: yes or no

  private static func question(
    _ name: String, _ judge: @escaping @Sendable (String) -> Bool
  ) -> BuiltIn {
    BuiltIn("str.\(name)", ["self"]) { call throws(TemplateError) in
      .boolean(judge(try call.exactText(0)))
    }
  }

  private static func each(
    _ name: String, _ judge: @escaping @Sendable (Unicode.Scalar) -> Bool
  ) -> BuiltIn {
    question(name) { !$0.isEmpty && $0.unicodeScalars.allSatisfy(judge) }
  }

  private static let questions: [String: BuiltIn] = [
    "isalpha": each("isalpha") { $0.isPythonLetter },
    "isalnum": each("isalnum") { $0.isPythonAlphanumeric },
    "isdecimal": each("isdecimal") { $0.isDecimal },
    "isdigit": each("isdigit") { $0.isDigit },
    "isnumeric": each("isnumeric") { $0.isNumeric },
    "isspace": each("isspace") { $0.isPythonSpace },
    "isascii": question("isascii") { $0.utf8.allSatisfy { $0 < 0x80 } },
    "islower": question("islower", TextCase.isLower),
    "isupper": question("isupper", TextCase.isUpper),
    "istitle": question("istitle", TextCase.isTitle),
    "startswith": affix("startswith") { $0.starts(with: $1) },
    "endswith": affix("endswith") { $0.suffix($1.count).elementsEqual($1) },
  ]

  /// The affix may be a tuple of several.
  private static func affix(
    _ name: String, _ judge: @escaping @Sendable (Scalars, Scalars) -> Bool
  ) -> BuiltIn {
    BuiltIn(name, ["self", "affix", Parameter("start", nil), Parameter("end", nil)]) {
      call throws(TemplateError) in
      let text = try window(call).text
      var affixes = [call[1]]
      if case .tuple(let tuple) = call[1] { affixes = tuple.items }
      for affix in affixes {
        guard case .text(let part) = affix else {
          throw .type(
            "\(name) first arg must be str or a tuple of str, not \(affix.typeName)")
        }
        if judge(text, part.scalars) { return .boolean(true) }
      }
      return .boolean(false)
    }
  }

  /// The part of the text that the third and fourth argument leave, and where it begins.
  static func window(_ call: BoundCall) throws(TemplateError) -> (text: Scalars, start: Int) {
    let scalars = try call.exactText(0).scalars
    try call.renderer.budget.step(scalars.count / 16 + 1)
    let slice = Slice(
      start: try call.renderer.sliceBound(call[2]), stop: try call.renderer.sliceBound(call[3]),
      step: 1)
    let (start, end) = slice.bounds(scalars.count)
    return (Array(scalars[start..<max(start, end)]), start)
  }
}

// SPDX-License-Identifier: MIT

extension Filters {
  private static func change(
    _ name: String, _ change: @escaping @Sendable (String) -> String
  ) -> BuiltIn {
    BuiltIn(name, ["s"]) { call throws(TemplateError) in
      try call.renderer.text(change(try call.text()))
    }
  }

  static let texts: [String: BuiltIn] = [
    "upper": change("do_upper") { $0.uppercased() },
    "lower": change("do_lower") { $0.lowercased() },
    "capitalize": change("do_capitalize", TextCase.capitalized),
    "title": change("do_title", TextCase.headline),
    "string": change("soft_str") { $0 },
    "safe": change("do_mark_safe") { $0 },
    "striptags": change("do_striptags", Markup.withoutTags),
    "trim": BuiltIn("do_trim", ["value", Parameter("chars", nil)], trim),
    "center": BuiltIn("do_center", ["value", Parameter("width", 80)]) {
      call throws(TemplateError) in
      try Texts.centered(try call.text(), try call.integer(1), " ", call.renderer)
    },
    "replace": BuiltIn(
      "do_replace", ["s", "old", "new", Parameter("count", nil)], hidden: 1, replace),
    "format": BuiltIn(format),
    "indent": BuiltIn(
      "do_indent",
      ["s", Parameter("width", 4), Parameter("first", false), Parameter("blank", false)], indent),
    "truncate": BuiltIn(
      "do_truncate",
      [
        "s", Parameter("length", 255), Parameter("killwords", false), Parameter("end", "..."),
        Parameter("leeway", nil),
      ], hidden: 1, truncate),
    "wordwrap": BuiltIn(
      "do_wordwrap",
      [
        "s", Parameter("width", 79), Parameter("break_long_words", true),
        Parameter("wrapstring", nil), Parameter("break_on_hyphens", true),
      ], hidden: 1, wordwrap),
    "wordcount": BuiltIn("do_wordcount", ["s"]) { call throws(TemplateError) in
      .integer(try call.text().unicodeScalars.split { !$0.isWord }.count)
    },
    "pprint": BuiltIn("do_pprint", ["value"], prettyPrint),
  ]

  private static func trim(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    try Texts.stripped(try call.text(), call[1], call.renderer)
  }

  private static func replace(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    let count = try call.optionalInteger(3) ?? -1
    return .text(
      try Texts.replaced(
        try call.text(), try call.string(1), by: try call.string(2), count, call.renderer))
  }

  private static func format(
    _ arguments: CallArguments, _ renderer: Renderer
  ) throws(TemplateError) -> TemplateValue {
    guard let value = arguments.positional.first else {
      throw .type("do_format() missing 1 required positional argument: 'value'")
    }
    let rest = Array(arguments.positional.dropFirst())
    guard rest.isEmpty || arguments.named.isEmpty else {
      throw TemplateError(
        .filterArgument, "can't handle positional and keyword arguments at the same time")
    }
    let pairs = arguments.named.map { ($0.name, $0.value) }
    let values: TemplateValue =
      pairs.isEmpty ? .tuple(rest) : .dictionary(TemplateDictionary(pairs))
    return try renderer.text(
      try PercentFormat(try renderer.string(of: value)).text(values, renderer))
  }

  private static func indent(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    var width = call[1].textValue ?? ""
    if call[1].textValue == nil {
      width = try call.renderer.calculate(.multiply, .text(" "), call[1]).textValue ?? ""
    }
    if case .undefined(let undefined) = call.value { throw undefined.error }
    if call.value.textValue == nil, call.value.typeName != "list" {
      throw .type("unsupported operand type(s) for +=: '\(call.value.typeName)' and 'str'")
    }
    let whole = try receiver(of: call, "splitlines") + "\n"
    let lines = Texts.lines(of: whole)
    try call.renderer.budget.produce(
      bytes: Renderer.checked(
        lines.count.multipliedReportingOverflow(by: width.utf8.count)))
    var result = call.flag(2) ? width : ""
    for (index, line) in lines.enumerated() {
      if index > 0 { result += "\n" + (line.isEmpty && !call.flag(3) ? "" : width) }
      result += line
    }
    return try call.renderer.text(result)
  }

  /// The text whose method Jinja calls.
  private static func receiver(
    of call: BoundCall, _ method: String
  ) throws(TemplateError) -> String {
    switch call.value {
    case .text(let text): return text
    case .undefined(let undefined): throw undefined.error
    default:
      throw TemplateError(
        .python(.attributeError), "'\(call.value.typeName)' object has no attribute '\(method)'")
    }
  }

  private static func truncate(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    let length = try call.integer(1)
    let end = try call.exactText(3)
    let leeway = try call.optionalInteger(4) ?? 5
    let endLength = end.unicodeScalars.count
    try claim(length >= endLength, "expected length >= \(endLength), got \(length)")
    try claim(leeway >= 0, "expected leeway >= 0, got \(leeway)")
    guard let count = try call.renderer.length(of: call.value) else {
      throw .type("object of type '\(call.value.typeName)' has no len()")
    }
    if count - length <= leeway { return call.value }
    let cut = String(try call.exactText(0).scalars.prefix(length - endLength))
    if call.flag(2) { return try call.renderer.text(cut + end) }
    let words = TextSearch.splitFromRight(cut, by: " ", limit: 1)
    return try call.renderer.text((words.first ?? "") + end)
  }

  private static func claim(_ holds: Bool, _ message: String) throws(TemplateError) {
    guard holds else { throw TemplateError(.python(.assertion), message) }
  }

  private static func wordwrap(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    let text = try receiver(of: call, "splitlines")
    let width = try call.integer(1)
    guard width > 0 else {
      throw .value("invalid width \(width) (must be > 0)")
    }
    let separator = call[3].isNone ? "\n" : try call.exactText(3)
    let wrapper = WordWrap(
      width: width, breaksLongWords: call.flag(2), breaksOnHyphens: call.flag(4))
    try call.renderer.budget.step(text.utf8.count)
    let lines = Texts.lines(of: text).map { wrapper.lines(of: $0).joined(separator: separator) }
    return try call.renderer.text(lines.joined(separator: separator))
  }

  private static func prettyPrint(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    let text = try call.renderer.representation(of: call.value)
    if case .dictionary = call.value { throw .unsupported("pprint of a dictionary") }
    // Python would break it into lines.
    guard text.unicodeScalars.count <= 80 else { throw .unsupported("pprint of long values") }
    return try call.renderer.text(text)
  }
}

// SPDX-License-Identifier: MIT

/// What may stand behind `is`.
enum Tests {
  static let table: [String: BuiltIn] = kinds.merging(comparisons) { one, _ in one }

  private typealias Judge = @Sendable (TemplateValue) -> Bool

  private static func kind(_ name: String, _ judge: @escaping Judge) -> BuiltIn {
    BuiltIn("test_\(name)", ["value"]) { call throws(TemplateError) in
      .boolean(judge(call.value))
    }
  }

  private static let kinds: [String: BuiltIn] = [
    "defined": kind("defined") { !$0.isUndefined },
    "undefined": kind("undefined") { $0.isUndefined },
    "none": kind("none") { $0.isNone },
    "boolean": kind("boolean") { if case .boolean = $0 { true } else { false } },
    "true": kind("true") { if case .boolean(true) = $0 { true } else { false } },
    "false": kind("false") { if case .boolean(false) = $0 { true } else { false } },
    "integer": kind("integer") { if case .integer = $0 { true } else { false } },
    "float": kind("float") { if case .real = $0 { true } else { false } },
    "number": kind("number") { $0.realValue != nil },
    "string": kind("string") { $0.textValue != nil },
    "mapping": kind("mapping") { if case .dictionary = $0 { true } else { false } },
    "sequence": kind("sequence", isSequence),
    // Nothing is: what is escaped here is plain text.
    "escaped": kind("escaped") { _ in false },
    "callable": kind("callable", isCallable),
    "iterable": BuiltIn("test_iterable", ["value"]) { call throws(TemplateError) in
      .boolean(call.renderer.isIterable(call.value))
    },
    "lower": BuiltIn("test_lower", ["value"]) { call throws(TemplateError) in
      .boolean(TextCase.isLower(try call.text()))
    },
    "upper": BuiltIn("test_upper", ["value"]) { call throws(TemplateError) in
      .boolean(TextCase.isUpper(try call.text()))
    },
    "filter": BuiltIn("test_filter", ["value"], hidden: 1) { call throws(TemplateError) in
      let name = call.value.textValue ?? ""
      return .boolean(Filters.table[name] != nil || call.renderer.context.filters[name] != nil)
    },
    "test": BuiltIn("test_test", ["value"], hidden: 1) { call throws(TemplateError) in
      .boolean(table[call.value.textValue ?? ""] != nil)
    },
    "odd": BuiltIn("test_odd", ["value"]) { call throws(TemplateError) in
      try remainder(of: call.value, by: .integer(2), is: 1, call.renderer)
    },
    "even": BuiltIn("test_even", ["value"]) { call throws(TemplateError) in
      try remainder(of: call.value, by: .integer(2), is: 0, call.renderer)
    },
    "divisibleby": BuiltIn("test_divisibleby", ["value", "num"]) { call throws(TemplateError) in
      try remainder(of: call.value, by: call[1], is: 0, call.renderer)
    },
    "sameas": BuiltIn("test_sameas", ["value", "other"]) { call throws(TemplateError) in
      .boolean(try isSame(call.value, call[1], call.renderer))
    },
  ]

  private static let comparisons: [String: BuiltIn] = {
    let names: [(ComparisonOperator, [String])] = [
      (.equal, ["==", "eq", "equalto"]), (.unequal, ["!=", "ne"]),
      (.greater, [">", "gt", "greaterthan"]), (.greaterOrEqual, [">=", "ge"]),
      (.less, ["<", "lt", "lessthan"]), (.lessOrEqual, ["<=", "le"]), (.isIn, ["in"]),
    ]
    var table: [String: BuiltIn] = [:]
    for (one, aliases) in names {
      let test = BuiltIn(one == .isIn ? "test_in" : aliases[1], ["value", "other"]) {
        call throws(TemplateError) in
        .boolean(try call.renderer.holds(call.value, one, call[1]))
      }
      for name in aliases { table[name] = test }
    }
    return table
  }()

  private static func remainder(
    of value: TemplateValue, by divisor: TemplateValue, is wanted: Int, _ renderer: Renderer
  ) throws(TemplateError) -> TemplateValue {
    let rest = try renderer.calculate(.modulo, value, divisor)
    return .boolean(try renderer.areEqual(rest, .integer(wanted)))
  }

  private static func isSequence(_ value: TemplateValue) -> Bool {
    switch value {
    case .text, .list, .tuple, .range, .dictionary, .undefined: true
    default: false
    }
  }

  private static func isCallable(_ value: TemplateValue) -> Bool {
    switch value {
    // Jinja's undefined has a `__call__`, which raises.
    case .callable, .undefined: true
    case .object(let object): object.isCallable
    default: false
    }
  }

  /// Python's `is`, as far as it does not depend on what Python shares.
  private static func isSame(
    _ one: TemplateValue, _ other: TemplateValue, _ renderer: Renderer
  ) throws(TemplateError) -> Bool {
    switch (one, other) {
    // Each look at what is not there makes another one.
    case (.undefined, _): false
    case (.list(let list), .list(let other)): list === other
    case (.tuple(let tuple), .tuple(let other)):
      tuple === other || tuple.items.isEmpty && other.items.isEmpty
    case (.dictionary(let dictionary), .dictionary(let other)): dictionary === other
    default: try renderer.areEqual(one, other) && one.typeName == other.typeName
    }
  }
}

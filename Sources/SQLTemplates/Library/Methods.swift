// SPDX-License-Identifier: MIT

/// What may stand behind a value and a point.
enum Methods {
  static func table(of value: TemplateValue) -> [String: BuiltIn] {
    switch value {
    case .text: texts
    case .list: lists
    case .dictionary: dictionaries
    case .tuple, .range: sequences
    case .real: reals
    default: [:]
    }
  }

  /// What Python has and this has not.
  static func unsupported(of value: TemplateValue) -> Set<String> {
    switch value {
    case .text: ["encode", "translate", "maketrans", "isidentifier", "isprintable", "expandtabs"]
    case .dictionary: ["fromkeys"]
    case .integer, .boolean, .real: numberAttributes
    default: []
    }
  }

  private static let numberAttributes: Set = [
    "as_integer_ratio", "bit_count", "bit_length", "conjugate", "denominator", "from_bytes",
    "imag", "numerator", "real", "to_bytes", "fromhex", "hex",
  ]

  /// Attributes that each object of Python has, and the sandbox hides.
  private static let hidden: Set = [
    "__class__", "__delattr__", "__dir__", "__doc__", "__eq__", "__format__", "__ge__",
    "__getattribute__", "__getstate__", "__gt__", "__hash__", "__init__", "__init_subclass__",
    "__le__", "__lt__", "__ne__", "__new__", "__reduce__", "__reduce_ex__", "__repr__",
    "__setattr__", "__sizeof__", "__str__", "__subclasshook__",
  ]

  static func hidden(of value: TemplateValue) -> Set<String> {
    switch value {
    case .text, .list, .tuple, .range: hidden.union(hiddenOfSequences)
    case .dictionary: hidden.union(hiddenOfSequences).union(["__or__", "__ror__", "__ior__"])
    case .integer, .boolean, .real: hidden.union(hiddenOfNumbers)
    case .undefined: hidden.union(hiddenOfUndefined)
    default: hidden
    }
  }

  private static let hiddenOfSequences: Set = [
    "__add__", "__contains__", "__delitem__", "__getitem__", "__iter__", "__len__", "__mul__",
    "__reversed__", "__rmul__", "__setitem__",
  ]

  private static let hiddenOfNumbers: Set = [
    "__abs__", "__add__", "__bool__", "__divmod__", "__float__", "__floordiv__", "__int__",
    "__mod__", "__mul__", "__neg__", "__pos__", "__pow__", "__radd__", "__rmul__", "__round__",
    "__rsub__", "__sub__", "__truediv__",
  ]

  private static let hiddenOfUndefined: Set = [
    "__add__", "__bool__", "__call__", "__getattr__", "__getitem__", "__iter__", "__len__",
    "__module__", "__slots__", "_fail_with_undefined_error", "_undefined_exception",
    "_undefined_hint", "_undefined_message", "_undefined_name", "_undefined_obj",
  ]

  private static let reals: [String: BuiltIn] = [
    "is_integer": BuiltIn("is_integer", ["self"]) { call throws(TemplateError) in
      let number = call.value.realValue ?? 0
      return .boolean(number.isFinite && number == number.rounded())
    }
  ]

  private static let sequences: [String: BuiltIn] = ["index": index, "count": count]

  static let index = BuiltIn(
    "index", ["self", "value", Parameter("start", 0), Parameter("stop", nil)]
  ) { call throws(TemplateError) in
    let items = try call.items()
    let slice = Slice(
      start: try call.integer(2), stop: try call.optionalInteger(3), step: 1)
    for index in slice.indices(items.count)
    where try call.renderer.areEqual(items[index], call[1]) {
      return .integer(index)
    }
    if case .list = call.value {
      throw .value("\(try call.renderer.representation(of: call[1])) is not in list")
    }
    throw .value("tuple.index(x): x not in tuple")
  }

  static let count = BuiltIn("count", ["self", "value"]) { call throws(TemplateError) in
    var count = 0
    for item in try call.items() where try call.renderer.areEqual(item, call[1]) { count += 1 }
    return .integer(count)
  }
}

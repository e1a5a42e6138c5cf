// SPDX-License-Identifier: MIT
import PythonTexts

extension Filters {
  static let numbers: [String: BuiltIn] = [
    "abs": BuiltIn("abs", ["x"], absolute),
    "int": BuiltIn("do_int", ["value", Parameter("default", 0), Parameter("base", 10)], integer),
    "float": BuiltIn("do_float", ["value", Parameter("default", 0.0)], real),
    "round": BuiltIn(
      "do_round", ["value", Parameter("precision", 0), Parameter("method", "common")], round),
    "filesizeformat": BuiltIn(
      "do_filesizeformat", ["value", Parameter("binary", false)], fileSize),
  ]

  private static func absolute(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    if case .real(let number) = call.value { return .real(number.magnitude) }
    guard let number = call.value.integerValue else {
      throw .type("bad operand type for abs(): '\(call.value.typeName)'")
    }
    return number < 0 ? try call.renderer.negated(call.value) : .integer(number)
  }

  private static func integer(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    switch call.value {
    case .undefined(let undefined): throw undefined.error
    case .integer, .boolean: return .integer(call.value.integerValue ?? 0)
    case .real(let number): return try truncated(number) ?? call[1]
    case .text(let text):
      try call.renderer.budget.step(through: text)
      let base = call[2].integerValue ?? 10
      if let number = try Numbers.integer(text, base: base) { return .integer(number) }
      return try PythonText.float(text).flatMap(truncated) ?? call[1]
    default: return call[1]
    }
  }

  private static func truncated(_ number: Double) throws(TemplateError) -> TemplateValue? {
    number.isFinite ? .integer(try Numbers.integer(number)) : nil
  }

  private static func real(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    if case .undefined(let undefined) = call.value { throw undefined.error }
    if let number = call.value.realValue { return .real(number) }
    return call.value.textValue.flatMap(PythonText.float).map(TemplateValue.real) ?? call[1]
  }

  private static func round(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    let method = call[2].textValue ?? ""
    guard ["common", "ceil", "floor"].contains(method) else {
      throw TemplateError(.filterArgument, "method must be common, ceil or floor")
    }
    guard method == "common" else { return try rounded(call, up: method == "ceil") }
    if case .real(let number) = call.value {
      try call.renderer.budget.step(through: number)
      return .real(number.rounded(toPlaces: try call.integer(1)))
    }
    guard let number = call.value.integerValue else {
      throw .type("type \(call.value.typeName) doesn't define __round__ method")
    }
    return .integer(try Self.rounded(number, toPlaces: try call.integer(1)))
  }

  /// Integers are rounded to tens and hundreds only, ties to even.
  private static func rounded(_ number: Int, toPlaces places: Int) throws(TemplateError) -> Int {
    guard places < 0 else { return number }
    guard places > -19 else { return 0 }
    let unit = (0..<(-places)).reduce(1) { value, _ in value * 10 }
    let quotient = number / unit
    let rest = (number % unit).magnitude
    let half = UInt(unit / 2)
    let isUp = rest > half || rest == half && !quotient.isMultiple(of: 2)
    let step = isUp ? (number < 0 ? -1 : 1) : 0
    return try Renderer.checked((quotient + step).multipliedReportingOverflow(by: unit))
  }

  private static func rounded(
    _ call: BoundCall, up: Bool
  ) throws(TemplateError) -> TemplateValue {
    let renderer = call.renderer
    let unit = try renderer.calculate(.power, .integer(10), call[1])
    let scaled = try renderer.calculate(.multiply, call.value, unit)
    guard let number = scaled.realValue else {
      throw .type("must be real number, not \(scaled.typeName)")
    }
    let whole = try Numbers.integer(number.rounded(up ? .up : .down))
    return try renderer.calculate(.divide, .integer(whole), unit)
  }

  private static func fileSize(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    if case .undefined(let undefined) = call.value { throw undefined.error }
    let parsed = call.value.realValue ?? call.value.textValue.flatMap(PythonText.float)
    guard let bytes = parsed else {
      if case .text(let text) = call.value {
        throw .value("could not convert string to float: \(PythonText.quoted(text))")
      }
      throw .type(
        "float() argument must be a string or a real number, not '\(call.value.typeName)'")
    }
    let base: Double = call.flag(1) ? 1024 : 1000
    if bytes == 1 { return .text("1 Byte") }
    if bytes < base { return .text("\(try Numbers.integer(bytes)) Bytes") }
    let prefixes =
      call.flag(1) ? ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"] : decimalPrefixes
    var unit = base
    for prefix in prefixes.dropLast() {
      if bytes < unit * base { return .text("\(FloatFormat.fixed(bytes / unit, 1)) \(prefix)B") }
      unit *= base
    }
    return .text("\(FloatFormat.fixed(bytes / unit, 1)) \(prefixes.last ?? "")B")
  }

  private static let decimalPrefixes = ["k", "M", "G", "T", "P", "E", "Z", "Y"]
}

// SPDX-License-Identifier: MIT
import PythonTexts

/// `text % values`.
struct PercentFormat {
  private let scalars: Scalars
  private var index = 0
  /// Values in their order, and how many of them have been used.
  private var values: [TemplateValue] = []
  private var used = 0
  private var mapping: TemplateValue?

  init(_ text: String) { scalars = text.scalars }

  func text(_ value: TemplateValue, _ renderer: Renderer) throws(TemplateError) -> String {
    var format = self
    return try format.formatted(value, renderer)
  }

  private mutating func formatted(
    _ value: TemplateValue, _ renderer: Renderer
  ) throws(TemplateError) -> String {
    var isMapping = false
    switch value {
    case .tuple(let tuple): values = tuple.items
    case .dictionary, .list, .range, .undefined:
      mapping = value
      isMapping = true
      values = [value]
    default: values = [value]
    }
    var result = String.UnicodeScalarView()
    while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      let isDoubled = index < scalars.count && scalars[index] == "%"
      guard scalar == "%", !isDoubled else {
        result.append(scalar)
        if scalar == "%" { index += 1 }
        continue
      }
      try renderer.budget.step()
      result.append(contentsOf: try conversion(renderer).unicodeScalars)
    }
    guard used >= values.count || isMapping else {
      throw .type("not all arguments converted during string formatting")
    }
    return String(result)
  }

  /// The index is behind the percent sign.
  private mutating func conversion(_ renderer: Renderer) throws(TemplateError) -> String {
    var chosen: TemplateValue?
    if index < scalars.count, scalars[index] == "(" { chosen = try member(renderer) }
    var spec = FormatSpec()
    readFlags(&spec)
    if let width = try number() {
      spec.width = Int(width.magnitude)
      if width < 0 { spec.alignment = "<" }
    }
    if index < scalars.count, scalars[index] == "." {
      index += 1
      spec.precision = try number() ?? 0
    }
    while index < scalars.count, ["h", "l", "L"].contains(scalars[index]) { index += 1 }
    guard index < scalars.count else { throw .value("incomplete format") }
    let kind = scalars[index]
    index += 1
    if chosen == nil { chosen = try next() }
    return try text(of: chosen ?? .none, Character(kind), spec, renderer)
  }

  private mutating func readFlags(_ spec: inout FormatSpec) {
    while index < scalars.count {
      switch scalars[index] {
      case "-": spec.alignment = "<"
      case "+": spec.sign = "+"
      case " ": if spec.sign != "+" { spec.sign = " " }
      case "#": spec.isAlternate = true
      case "0": spec.fill = "0"
      default: return
      }
      index += 1
    }
  }

  private mutating func number() throws(TemplateError) -> Int? {
    if index < scalars.count, scalars[index] == "*" {
      index += 1
      guard let number = try next().integerValue else { throw .type("* wants int") }
      return number
    }
    var rest = scalars[index...]
    let number = try FormatSpec.readNumber(&rest)
    index = rest.startIndex
    return number
  }

  private mutating func next() throws(TemplateError) -> TemplateValue {
    guard used < values.count else { throw .type("not enough arguments for format string") }
    used += 1
    return values[used - 1]
  }

  /// `%(name)s`.
  private mutating func member(_ renderer: Renderer) throws(TemplateError) -> TemplateValue {
    guard let mapping else { throw .type("format requires a mapping") }
    guard let end = scalars[index...].firstIndex(of: ")") else {
      throw .value("incomplete format key")
    }
    let name = String(scalars[(index + 1)..<end])
    index = end + 1
    if case .undefined(let undefined) = mapping { throw undefined.error }
    guard case .dictionary(let dictionary) = mapping else {
      throw .type("\(mapping.typeName) indices must be integers or slices, not str")
    }
    guard let value = dictionary[name] else {
      throw TemplateError(.python(.keyError), PythonText.quoted(name))
    }
    return value
  }

  // MARK: one value

  private func text(
    of value: TemplateValue, _ kind: Character, _ spec: FormatSpec, _ renderer: Renderer
  ) throws(TemplateError) -> String {
    var spec = spec
    if spec.alignment == "<" { spec.fill = " " }
    switch kind {
    case "s", "r", "a":
      spec.fill = " "
      let text =
        kind == "s" ? try renderer.string(of: value) : try renderer.representation(of: value)
      let cut = spec.precision.map { String(text.scalars.prefix($0)) } ?? text
      return try spec.padded("", cut, spec.alignment ?? ">", renderer)
    case "c": return try character(value, spec, renderer)
    case "d", "i", "u", "x", "X", "o":
      let number = try integer(value, kind)
      return try padded(number < 0, digits(of: number, kind, spec, renderer), spec, renderer)
    case "e", "E", "f", "F", "g", "G":
      let number = try real(value)
      let precision = spec.precision ?? 6
      guard precision <= FormatSpec.mostPlaces else { throw .value("precision too big") }
      try renderer.budget.step(through: number, places: precision)
      let digits = FloatFormat.text(
        number, kind: kind, precision: precision, alternate: spec.isAlternate)
      return try padded(number.sign == .minus, digits, spec, renderer)
    default:
      let code = String(kind.unicodeScalars.first?.value ?? 0, radix: 16)
      throw .value("unsupported format character '\(kind)' (0x\(code)) at index \(index - 1)")
    }
  }

  private func padded(
    _ isNegative: Bool, _ digits: String, _ spec: FormatSpec, _ renderer: Renderer
  ) throws(TemplateError) -> String {
    let fallback: Character = spec.fill == "0" ? "=" : ">"
    return try spec.padded(
      spec.signText(isNegative: isNegative), digits, spec.alignment ?? fallback, renderer)
  }

  private func digits(
    of number: Int, _ kind: Character, _ spec: FormatSpec, _ renderer: Renderer
  ) throws(TemplateError) -> String {
    let radix = kind == "o" ? 8 : kind == "x" || kind == "X" ? 16 : 10
    var digits = String(number.magnitude, radix: radix, uppercase: kind == "X")
    let missing = (spec.precision ?? 0) - digits.utf8.count
    digits = (try renderer.repeated("0", missing)) + digits
    return spec.isAlternate && radix != 10 ? "0\(kind)" + digits : digits
  }

  private func character(
    _ value: TemplateValue, _ spec: FormatSpec, _ renderer: Renderer
  ) throws(TemplateError) -> String {
    if case .text(let text) = value, text.unicodeScalars.count == 1 {
      return try spec.padded("", text, spec.alignment ?? ">", renderer)
    }
    guard let number = value.integerValue else {
      throw .type("%c requires int or char")
    }
    guard let scalar = UInt32(exactly: number).flatMap(Unicode.Scalar.init) else {
      throw TemplateError(.python(.overflow), "%c arg not in range(0x110000)")
    }
    return try spec.padded("", String([scalar]), spec.alignment ?? ">", renderer)
  }

  private func integer(_ value: TemplateValue, _ kind: Character) throws(TemplateError) -> Int {
    if let number = value.integerValue { return number }
    if case .undefined(let undefined) = value, kind != "x", kind != "X", kind != "o" {
      throw undefined.error
    }
    guard case .real(let number) = value, ["d", "i", "u"].contains(kind) else {
      let wanted = ["d", "i", "u"].contains(kind) ? "a real number" : "an integer"
      throw .type("%\(kind) format: \(wanted) is required, not \(value.typeName)")
    }
    return try Numbers.integer(number)
  }

  private func real(_ value: TemplateValue) throws(TemplateError) -> Double {
    if case .undefined(let undefined) = value { throw undefined.error }
    guard let number = value.realValue else {
      throw .type("must be real number, not \(value.typeName)")
    }
    return number
  }
}

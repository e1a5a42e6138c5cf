// SPDX-License-Identifier: MIT
import PythonTexts

/// How wide, aligned and written a formatted value is; what stands behind the colon in `{:>8.2f}`.
struct FormatSpec {
  var fill = " "
  /// One of < > = ^.
  var alignment: Character?
  /// One of + - and a blank.
  var sign: Character = "-"
  var isAlternate = false
  var width = 0
  /// Between thousands: a comma or an underscore.
  var grouping: Character?
  var precision: Int?
  var kind: Character?

  init() {}

  init(_ text: String, for value: TemplateValue) throws(TemplateError) {
    var rest = text.scalars[...]
    readAlignment(&rest)
    if let first = rest.first, ["+", "-", " "].contains(first) {
      sign = Character(first)
      rest.removeFirst()
    }
    if rest.first == "#" {
      isAlternate = true
      rest.removeFirst()
    }
    if rest.first == "0" {
      rest.removeFirst()
      if alignment == nil {
        fill = "0"
        alignment = value.textValue == nil ? "=" : "<"
      }
    }
    width = try Self.readNumber(&rest) ?? 0
    if let first = rest.first, first == "," || first == "_" {
      grouping = Character(first)
      rest.removeFirst()
    }
    if rest.first == "." {
      rest.removeFirst()
      guard let number = try Self.readNumber(&rest) else {
        throw .value("Format specifier missing precision")
      }
      precision = number
    }
    kind = rest.first.map { Character($0) }
    guard rest.count <= 1 else {
      throw .value(
        "Invalid format specifier '\(text)' for object of type '\(value.typeName)'")
    }
  }

  private mutating func readAlignment(_ rest: inout ArraySlice<Unicode.Scalar>) {
    let marks: Scalars = ["<", ">", "=", "^"]
    if rest.count > 1, marks.contains(rest[rest.startIndex + 1]) {
      fill = String([rest.removeFirst()])
      alignment = Character(rest.removeFirst())
    } else if let first = rest.first, marks.contains(first) {
      alignment = Character(rest.removeFirst())
    }
  }

  static func readNumber(
    _ rest: inout ArraySlice<Unicode.Scalar>
  ) throws(TemplateError) -> Int? {
    let digits = rest.prefix { $0.isASCIIDigit }
    guard !digits.isEmpty else { return nil }
    rest = rest.dropFirst(digits.count)
    guard let number = Int(String(digits)) else {
      throw .value("Too many decimal digits in format string")
    }
    return number
  }

  // MARK: applied

  func text(of value: TemplateValue, _ renderer: Renderer) throws(TemplateError) -> String {
    if width == 0, precision == nil, kind == nil, alignment == nil, grouping == nil, sign == "-",
      !isAlternate
    {
      return try renderer.string(of: value)
    }
    switch value {
    case .text(let text):
      guard kind == nil || kind == "s" else { throw unknownKind(value) }
      if let fault = faultOfText { throw .value(fault) }
      let scalars = text.scalars
      let cut = precision.map { String(scalars.prefix($0)) } ?? text
      return try padded("", cut, alignment ?? "<", renderer)
    case .integer, .boolean: return try text(of: value.integerValue ?? 0, value, renderer)
    case .real(let number): return try text(of: number, value, renderer)
    default:
      throw .type("unsupported format string passed to \(value.typeName).__format__")
    }
  }

  /// What only numbers can be written with.
  private var faultOfText: String? {
    if let grouping { return "Cannot specify '\(grouping)' with 's'." }
    if sign != "-" { return "Sign not allowed in string format specifier" }
    if isAlternate { return "Alternate form (#) not allowed in string format specifier" }
    return alignment == "=" ? "'=' alignment not allowed in string format specifier" : nil
  }

  private func unknownKind(_ value: TemplateValue) -> TemplateError {
    .value(
      "Unknown format code '\(kind ?? " ")' for object of type '\(value.typeName)'")
  }

  private func text(
    of number: Int, _ value: TemplateValue, _ renderer: Renderer
  ) throws(TemplateError) -> String {
    var digits: String
    switch kind ?? "d" {
    case "d", "n": digits = String(number.magnitude)
    case "b", "o", "x", "X":
      let radix = ["b": 2, "o": 8][kind] ?? 16
      digits = String(number.magnitude, radix: radix, uppercase: kind == "X")
      if isAlternate { digits = "0\(kind ?? "x")" + digits }
    case "c":
      guard let scalar = UInt32(exactly: number).flatMap(Unicode.Scalar.init) else {
        throw TemplateError(.python(.overflow), "%c arg not in range(0x110000)")
      }
      return try padded("", String([scalar]), alignment ?? "<", renderer)
    case "e", "E", "f", "F", "g", "G", "%":
      return try text(of: Double(number), value, renderer)
    default: throw unknownKind(value)
    }
    guard precision == nil else {
      throw .value("Precision not allowed in integer format specifier")
    }
    return try padded(
      signText(isNegative: number < 0), grouped(digits, every: kind == nil || kind == "d" ? 3 : 4),
      alignment ?? ">", renderer)
  }

  private func text(
    of number: Double, _ value: TemplateValue, _ renderer: Renderer
  ) throws(TemplateError) -> String {
    guard (precision ?? 0) <= Self.mostPlaces else { throw .value("precision too big") }
    try renderer.budget.step(through: number, places: precision ?? 6)
    var digits: String
    switch kind {
    case "e", "E", "f", "F", "g", "G":
      digits = FloatFormat.text(
        number, kind: kind ?? "g", precision: precision ?? 6, alternate: isAlternate)
    case "%":
      digits = FloatFormat.text(number * 100, kind: "f", precision: precision ?? 6) + "%"
    case nil, "n":
      digits =
        precision.map { FloatFormat.text(number, kind: "g", precision: $0) }
        ?? PythonText.of(number.magnitude)
    default: throw unknownKind(value)
    }
    return try padded(
      signText(isNegative: number.sign == .minus && !number.isNaN), grouped(digits, every: 3),
      alignment ?? ">", renderer)
  }

  /// Digits behind the point; more cost more time than anybody reads.
  static let mostPlaces = 1000

  func signText(isNegative: Bool) -> String {
    isNegative ? "-" : sign == "-" ? "" : String(sign)
  }

  private func grouped(_ digits: String, every size: Int) -> String {
    guard let grouping else { return digits }
    let whole = digits.prefix { $0.isASCII && $0.isHexDigit && $0 != "e" }
    let rest = digits.dropFirst(whole.count)
    var result = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % size == 0 { result.append(grouping) }
      result.append(digit)
    }
    return result + rest
  }

  func padded(
    _ sign: String, _ text: String, _ alignment: Character, _ renderer: Renderer
  ) throws(TemplateError) -> String {
    let missing = width - sign.unicodeScalars.count - text.unicodeScalars.count
    guard missing > 0 else { return sign + text }
    switch alignment {
    case "<": return sign + text + (try renderer.repeated(fill, missing))
    case "=": return sign + (try renderer.repeated(fill, missing)) + text
    case "^":
      let left = try renderer.repeated(fill, missing / 2)
      return left + sign + text + (try renderer.repeated(fill, missing - missing / 2))
    default: return (try renderer.repeated(fill, missing)) + sign + text
    }
  }
}

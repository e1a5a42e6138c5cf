// SPDX-License-Identifier: MIT
import PythonTexts

/// `'{0} and {name:>8}'.format(...)`, with the sandbox's rules for attributes.
struct BraceFormat {
  let arguments: CallArguments
  let renderer: Renderer
  /// The next number of an empty pair of braces; nil once a number was written.
  private var automatic: Int? = 0
  private var usesNumbers = false

  init(_ arguments: CallArguments, _ renderer: Renderer) {
    self.arguments = arguments
    self.renderer = renderer
  }

  /// - Parameter depth: fields within a field's specification may not have fields within theirs.
  mutating func text(_ format: String, depth: Int = 2) throws(TemplateError) -> String {
    guard depth >= 0 else { throw .value("Max string recursion exceeded") }
    var result = String.UnicodeScalarView()
    let scalars = format.scalars
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      let isDoubled = index + 1 < scalars.count && scalars[index + 1] == scalar
      if scalar == "{" || scalar == "}", isDoubled {
        result.append(scalar)
        index += 2
      } else if scalar == "}" {
        throw .value("Single '}' encountered in format string")
      } else if scalar == "{" {
        let end = try fieldEnd(scalars, index + 1)
        result.append(
          contentsOf: try field(scalars[(index + 1)..<end], depth).unicodeScalars)
        index = end + 1
      } else {
        result.append(scalar)
        index += 1
      }
    }
    let text = String(result)
    try renderer.budget.produce(bytes: text.utf8.count)
    return text
  }

  private func fieldEnd(_ scalars: Scalars, _ start: Int) throws(TemplateError) -> Int {
    guard start < scalars.count else {
      throw .value("Single '{' encountered in format string")
    }
    var depth = 1
    for index in start..<scalars.count {
      if scalars[index] == "{" { depth += 1 }
      if scalars[index] == "}" { depth -= 1 }
      if depth == 0 { return index }
    }
    throw .value("expected '}' before end of string")
  }

  private mutating func field(
    _ field: ArraySlice<Unicode.Scalar>, _ depth: Int
  ) throws(TemplateError) -> String {
    let nameEnd = Self.nameEnd(of: field)
    var rest = field[nameEnd...]
    var value = try lookUp(String(field[..<nameEnd]))
    if rest.first == "!" {
      guard rest.count > 1 else {
        throw .value("unmatched '{' in format spec")
      }
      value = try converted(value, rest[rest.startIndex + 1])
      rest = rest.dropFirst(2)
      guard rest.isEmpty || rest.first == ":" else {
        throw .value("expected ':' after conversion specifier")
      }
    }
    let spec = try text(String(rest.dropFirst()), depth: depth - 1)
    return try FormatSpec(spec, for: value).text(of: value, renderer)
  }

  /// The first `!` or `:` that is not within brackets.
  private static func nameEnd(of field: ArraySlice<Unicode.Scalar>) -> Int {
    var isInBrackets = false
    for index in field.indices {
      switch field[index] {
      case "[": isInBrackets = true
      case "]": isInBrackets = false
      case "!", ":": if !isInBrackets { return index }
      default: break
      }
    }
    return field.endIndex
  }

  private func converted(
    _ value: TemplateValue, _ kind: Unicode.Scalar
  ) throws(TemplateError) -> TemplateValue {
    switch kind {
    case "s": return .text(try renderer.string(of: value))
    case "r", "a": return .text(try renderer.representation(of: value))
    default: throw .value("Unknown conversion specifier \(kind)")
    }
  }

  // MARK: names

  private mutating func lookUp(_ name: String) throws(TemplateError) -> TemplateValue {
    let scalars = name.scalars
    var index = scalars.firstIndex { $0 == "." || $0 == "[" } ?? scalars.count
    var value = try first(String(scalars[..<index]))
    while index < scalars.count {
      if scalars[index] == "." {
        let end = scalars[(index + 1)...].firstIndex { $0 == "." || $0 == "[" } ?? scalars.count
        guard end > index + 1 else { throw .value("Empty attribute in format string") }
        value = try renderer.attribute(String(scalars[(index + 1)..<end]), of: value)
        index = end
      } else if scalars[index] == "[" {
        guard let end = scalars[index...].firstIndex(of: "]") else {
          throw .value("Missing ']' in format string")
        }
        let key = String(scalars[(index + 1)..<end])
        guard !key.isEmpty else { throw .value("Empty attribute in format string") }
        value = try renderer.item(Int(key).map(TemplateValue.integer) ?? .text(key), of: value)
        index = end + 1
      } else {
        throw .value("Only '.' or '[' may follow ']' in format field specifier")
      }
    }
    return value
  }

  private mutating func first(_ name: String) throws(TemplateError) -> TemplateValue {
    guard !name.isEmpty else {
      guard !usesNumbers, let number = automatic else {
        throw .value(
          "cannot switch from manual field specification to automatic field numbering")
      }
      automatic = number + 1
      return try positional(number)
    }
    guard name.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      guard let value = arguments[name] else {
        throw TemplateError(.python(.keyError), PythonText.quoted(name))
      }
      return value
    }
    guard automatic == 0 else {
      throw .value(
        "cannot switch from manual field specification to automatic field numbering")
    }
    usesNumbers = true
    return try positional(Int(name) ?? .max)
  }

  private func positional(_ index: Int) throws(TemplateError) -> TemplateValue {
    guard index < arguments.positional.count else {
      throw TemplateError(
        .python(.indexError),
        "tuple index out of range")
    }
    return arguments.positional[index]
  }
}

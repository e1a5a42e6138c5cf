// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

/// Texts for other languages.
extension Filters {
  static let escapes: [String: BuiltIn] = [
    "e": BuiltIn("escape", ["s"], escape),
    "escape": BuiltIn("escape", ["s"], escape),
    "forceescape": BuiltIn("do_forceescape", ["value"], escape),
    "urlencode": BuiltIn("do_urlencode", ["value"], urlencode),
    "tojson": BuiltIn("do_tojson", ["value", Parameter("indent", nil)], hidden: 1, toJSON),
  ]

  private static func escape(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    try call.renderer.text(Markup.escaped(try call.text()))
  }

  private static func toJSON(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    let indent = call[1].isNone ? nil : try call.optionalInteger(1)
    let json = try call.value.json(call.renderer.budget)
    var writer = PythonJSON(indent: indent, renderer: call.renderer)
    try writer.append(json)
    return try call.renderer.text(writer.text)
  }

  private static func urlencode(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    let renderer = call.renderer
    guard call.value.textValue == nil, renderer.isIterable(call.value) else {
      return try renderer.text(Markup.percentEncoded(try call.text()))
    }
    var pairs: [TemplateValue] = []
    if case .dictionary(let dictionary) = call.value {
      pairs = dictionary.entries.values.map { .tuple([$0.key, $0.value]) }
    } else {
      pairs = try call.items()
    }
    var parts: [String] = []
    for pair in pairs {
      let items = try renderer.unpack(pair, 2)
      let texts = [try renderer.string(of: items[0]), try renderer.string(of: items[1])]
      parts.append(texts.map { Markup.percentEncoded($0, forQuery: true) }.joined(separator: "="))
    }
    return try renderer.text(parts.joined(separator: "&"))
  }
}

/// HTML and URLs, as little as a template of SQL may meet.
enum Markup {
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "'": result += "&#39;"
      case "\"": result += "&#34;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Without comments and tags, each run of blanks a single one; what is not closed stays.
  static func withoutTags(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var plain: [UInt8] = []
    var position = 0
    while let start = TextSearch.first(of: Array("<".utf8), in: bytes, from: position) {
      let isComment = bytes[start...].starts(with: "<!--".utf8)
      let mark = Array((isComment ? "-->" : ">").utf8)
      let from = isComment ? start + 4 : start
      guard let end = TextSearch.first(of: mark, in: bytes, from: from) else { break }
      plain += bytes[position..<start]
      position = end + mark.count
    }
    let rest = String(decoding: plain + bytes[position...], as: UTF8.self)
    let words = rest.unicodeScalars.split { $0.isPythonSpace }
    return unescaped(words.map { String($0) }.joined(separator: " "))
  }

  private static func unescaped(_ text: String) -> String {
    let entities = [
      "&lt;": "<", "&gt;": ">", "&#39;": "'", "&#34;": "\"", "&quot;": "\"", "&amp;": "&",
    ]
    var result = ""
    var rest = Substring(text)
    while let mark = rest.firstIndex(of: "&") {
      result += rest[..<mark]
      rest = rest[mark...]
      let entity = entities.first { rest.hasPrefix($0.key) }
      result += entity?.value ?? "&"
      rest = rest.dropFirst(entity?.key.count ?? 1)
    }
    return result + rest
  }

  static func percentEncoded(_ text: String, forQuery: Bool = false) -> String {
    var result: [UInt8] = []
    let plain = Set("_.-~".utf8).union(forQuery ? [] : [UInt8(ascii: "/")])
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        result.append(byte)
      case UInt8(ascii: " ") where forQuery: result.append(UInt8(ascii: "+"))
      case _ where plain.contains(byte): result.append(byte)
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += Array("%\(byte < 16 ? "0" : "")\(digits)".utf8)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

/// JSON as Jinja's `tojson` writes it: keys sorted, nothing but ASCII, nothing that HTML could take for its own.
private struct PythonJSON {
  private let indent: Int?
  private let renderer: Renderer
  private(set) var text = ""
  private var depth = 0

  init(indent: Int?, renderer: Renderer) {
    self.indent = indent
    self.renderer = renderer
  }

  mutating func append(_ value: JSONValue) throws(TemplateError) {
    try renderer.budget.step()
    switch value {
    case .null: text += "null"
    case .bool(let flag): text += flag ? "true" : "false"
    case .integer(let number): text += String(number)
    case .double(let number): text += PythonText.of(number, forJSON: true)
    case .literal(let literal): text += literal
    case .string(let string): try append(string)
    case .array(let elements):
      try append("[", elements, "]") { writer, element throws(TemplateError) in
        try writer.append(element)
      }
    case .object(let members):
      let sorted = members.elements.sorted { $0.key.precedes($1.key) }
      try append("{", sorted, "}") { writer, member throws(TemplateError) in
        try writer.append(member.key)
        writer.text += ": "
        try writer.append(member.value)
      }
    }
  }

  private mutating func append<Item>(
    _ start: String, _ items: [Item], _ end: String,
    _ append: (inout PythonJSON, Item) throws(TemplateError) -> Void
  ) throws(TemplateError) {
    text += start
    depth += 1
    for (index, item) in items.enumerated() {
      if index > 0 { text += indent == nil ? ", " : "," }
      try breakLine()
      try append(&self, item)
    }
    depth -= 1
    if !items.isEmpty { try breakLine() }
    text += end
  }

  private mutating func breakLine() throws(TemplateError) {
    guard let indent else { return }
    text +=
      "\n"
      + (try renderer.repeated(
        " ",
        Renderer.checked(
          indent.multipliedReportingOverflow(by: depth))))
  }

  private mutating func append(_ string: String) throws(TemplateError) {
    try renderer.budget.produce(bytes: string.utf8.count)
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{08}": text += "\\b"
      case "\u{0C}": text += "\\f"
      case "<", ">", "&", "'": text += escape(scalar)
      case " "..."~": text.unicodeScalars.append(scalar)
      default: text += escape(scalar)
      }
    }
    text += "\""
  }

  private func escape(_ scalar: Unicode.Scalar) -> String {
    UTF16.encode(scalar)?.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined() ?? ""
  }
}

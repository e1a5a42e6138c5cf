// SPDX-License-Identifier: MIT

/// Methods of texts that look for others in them, take them apart, or put them together.
extension Methods {
  static let searches: [String: BuiltIn] = [
    "find": search("find", fromRight: false, mustFind: false),
    "rfind": search("rfind", fromRight: true, mustFind: false),
    "index": search("index", fromRight: false, mustFind: true),
    "rindex": search("rindex", fromRight: true, mustFind: true),
    "count": BuiltIn("count", bounded) { call throws(TemplateError) in
      let text = try window(call).text
      let part = try sought(call)
      let places =
        part.isEmpty ? text.count : TextSearch.split(String(text), by: part).count - 1
      return .integer(part.isEmpty ? places + 1 : places)
    },
  ]

  private static func sought(_ call: BoundCall) throws(TemplateError) -> String {
    guard case .text(let text) = call[1] else {
      throw .type("must be str, not \(call[1].typeName)")
    }
    return text
  }

  private static let bounded: [Parameter] = [
    "self", "sub", Parameter("start", nil), Parameter("end", nil),
  ]

  private static func search(_ name: String, fromRight: Bool, mustFind: Bool) -> BuiltIn {
    BuiltIn(name, bounded) { call throws(TemplateError) in
      let (text, start) = try window(call)
      let part = try sought(call).scalars
      let pieces =
        fromRight
        ? TextSearch.splitFromRight(String(text), by: String(part), limit: 1)
        : TextSearch.split(String(text), by: String(part), limit: 1)
      guard pieces.count > 1 || part.isEmpty else {
        if mustFind { throw .value("substring not found") }
        return .integer(-1)
      }
      if part.isEmpty { return .integer(start + (fromRight ? text.count : 0)) }
      return .integer(start + pieces[0].unicodeScalars.count)
    }
  }

  static let pieces: [String: BuiltIn] = [
    "split": split("split", fromRight: false),
    "rsplit": split("rsplit", fromRight: true),
    "splitlines": BuiltIn("splitlines", ["self", Parameter("keepends", false)]) {
      call throws(TemplateError) in
      try list(Texts.lines(of: try call.exactText(0), keepingEnds: call.flag(1)), call)
    },
    "partition": partition("partition", fromRight: false),
    "rpartition": partition("rpartition", fromRight: true),
    "join": BuiltIn("str.join", ["self", "iterable"], join),
  ]

  private static func list(
    _ texts: [String], _ call: BoundCall
  ) throws(TemplateError) -> TemplateValue {
    try call.renderer.list(texts.map(TemplateValue.text))
  }

  private static func split(_ name: String, fromRight: Bool) -> BuiltIn {
    BuiltIn(name, ["self", Parameter("sep", nil), Parameter("maxsplit", -1)]) {
      call throws(TemplateError) in
      let text = try call.exactText(0)
      let limit = try call.integer(2)
      let most = limit < 0 ? Int.max : limit
      try call.renderer.budget.step(text.utf8.count)
      guard !call[1].isNone else {
        return try list(Texts.words(of: text, limit: most, fromRight: fromRight), call)
      }
      let separator = try call.exactText(1)
      guard !separator.isEmpty else { throw .value("empty separator") }
      return try list(
        fromRight
          ? TextSearch.splitFromRight(text, by: separator, limit: most)
          : TextSearch.split(text, by: separator, limit: most), call)
    }
  }

  private static func partition(_ name: String, fromRight: Bool) -> BuiltIn {
    BuiltIn(name, ["self", "sep"]) { call throws(TemplateError) in
      let text = try call.exactText(0)
      let separator = try call.exactText(1)
      guard !separator.isEmpty else { throw .value("empty separator") }
      let pieces =
        fromRight
        ? TextSearch.splitFromRight(text, by: separator, limit: 1)
        : TextSearch.split(text, by: separator, limit: 1)
      let parts =
        pieces.count > 1
        ? [pieces[0], separator, pieces[1]] : fromRight ? ["", "", text] : [text, "", ""]
      return try call.renderer.tuple(parts.map(TemplateValue.text))
    }
  }

  private static func join(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    guard call.renderer.isIterable(call[1]) else { throw .type("can only join an iterable") }
    var texts: [String] = []
    let separator = try call.exactText(0)
    for (index, item) in try call.renderer.items(of: call[1]).enumerated() {
      guard case .text(let text) = item else {
        throw .type(
          "sequence item \(index): expected str instance, \(item.typeName) found")
      }
      try call.renderer.budget.produce(bytes: separator.utf8.count + text.utf8.count)
      texts.append(text)
    }
    return .text(texts.joined(separator: separator))
  }

  // MARK: layout

  static let layouts: [String: BuiltIn] = [
    "ljust": justify("ljust") { missing, _ in (0, missing) },
    "rjust": justify("rjust") { missing, _ in (missing, 0) },
    "center": BuiltIn("center", ["self", "width", Parameter("fillchar", " ")]) {
      call throws(TemplateError) in
      try Texts.centered(
        try call.exactText(0), try call.integer(1), try fill(call), call.renderer)
    },
    "zfill": BuiltIn("str.zfill", ["self", "width"]) { call throws(TemplateError) in
      let text = try call.exactText(0)
      let sign = text.hasPrefix("-") || text.hasPrefix("+") ? String(text.prefix(1)) : ""
      let zeros = try call.renderer.repeated(
        "0", try call.integer(1) - text.unicodeScalars.count)
      return try call.renderer.text(sign + zeros + text.dropFirst(sign.count))
    },
  ]

  private static func fill(_ call: BoundCall) throws(TemplateError) -> String {
    let fill = try call.exactText(2)
    guard fill.unicodeScalars.count == 1 else {
      throw .type("The fill character must be exactly one character long")
    }
    return fill
  }

  private static func justify(
    _ name: String, _ share: @escaping @Sendable (Int, Int) -> (left: Int, right: Int)
  ) -> BuiltIn {
    BuiltIn(name, ["self", "width", Parameter("fillchar", " ")]) { call throws(TemplateError) in
      let text = try call.exactText(0)
      let width = try call.integer(1)
      let fill = try fill(call)
      let (left, right) = share(width - text.unicodeScalars.count, width)
      return try call.renderer.text(
        try call.renderer.repeated(fill, left) + text + call.renderer.repeated(fill, right))
    }
  }
}

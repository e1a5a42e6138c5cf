// SPDX-License-Identifier: MIT
import PythonTexts

/// `str` and `repr` of values.
extension Renderer {
  func string(of value: TemplateValue) throws(TemplateError) -> String {
    switch value {
    case .text(let text): return text
    case .undefined(let undefined): return undefined.shown
    default: return try representation(of: value)
    }
  }

  func representation(of value: TemplateValue) throws(TemplateError) -> String {
    var writer = RepresentationWriter(renderer: self)
    try writer.append(value)
    return writer.text
  }
}

/// `repr` of a value and all that is in it; what contains itself is written as `[...]` there.
private struct RepresentationWriter {
  let renderer: Renderer
  private(set) var text = ""
  private var open: [ObjectIdentifier] = []

  init(renderer: Renderer) { self.renderer = renderer }

  mutating func append(_ value: TemplateValue) throws(TemplateError) {
    let budget = renderer.budget
    try budget.step()
    switch value {
    case .none: text += "None"
    case .boolean(let flag): text += flag ? "True" : "False"
    case .integer(let number): text += String(number)
    case .real(let number): text += PythonText.of(number)
    case .text(let string):
      try budget.produce(bytes: string.utf8.count)
      text += PythonText.quoted(string)
    case .list(let list): try append(list, "[...]", "[", list.items, "]")
    case .tuple(let tuple):
      try append(tuple, "(...)", "(", tuple.items, tuple.items.count == 1 ? ",)" : ")")
    case .range(let range):
      let step = range.step == 1 ? "" : ", \(range.step)"
      text += "range(\(range.start), \(range.stop)\(step))"
    case .dictionary(let dictionary): try append(dictionary)
    case .undefined: text += "Undefined"
    case .callable(let callable): text += "<function \(callable.name)>"
    case .object(let object): try append(object)
    }
  }

  private mutating func append(
    _ owner: Linked, _ recursion: String, _ start: String, _ items: [TemplateValue], _ end: String
  ) throws(TemplateError) {
    try nested(owner, recursion) { writer throws(TemplateError) in
      writer.text += start
      for (index, item) in items.enumerated() {
        if index > 0 { writer.text += ", " }
        try writer.append(item)
      }
      writer.text += end
    }
  }

  private mutating func append(_ dictionary: TemplateDictionary) throws(TemplateError) {
    try nested(dictionary, "{...}") { writer throws(TemplateError) in
      writer.text += "{"
      for (index, entry) in dictionary.entries.values.enumerated() {
        if index > 0 { writer.text += ", " }
        try writer.append(entry.key)
        writer.text += ": "
        try writer.append(entry.value)
      }
      writer.text += "}"
    }
  }

  private mutating func append(_ object: TemplateObject) throws(TemplateError) {
    try nested(object, "...") { writer throws(TemplateError) in
      let shown = try object.representation(writer.renderer)
      try writer.renderer.budget.produce(bytes: shown.utf8.count)
      writer.text += shown
    }
  }

  private mutating func nested(
    _ owner: Linked, _ recursion: String,
    _ body: (inout RepresentationWriter) throws(TemplateError) -> Void
  ) throws(TemplateError) {
    let identity = ObjectIdentifier(owner)
    guard !open.contains(identity) else {
      text += recursion
      return
    }
    try renderer.budget.enter()
    open.append(identity)
    defer {
      open.removeLast()
      renderer.budget.leave()
    }
    try body(&self)
  }
}

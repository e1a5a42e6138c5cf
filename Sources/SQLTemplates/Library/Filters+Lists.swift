// SPDX-License-Identifier: MIT
import PythonTexts

extension Filters {
  static let lists: [String: BuiltIn] = [
    "default": BuiltIn("do_default", defaults, fallBack),
    "d": BuiltIn("do_default", defaults, fallBack),
    "length": BuiltIn("len", ["obj"], length),
    "count": BuiltIn("len", ["obj"], length),
    "first": BuiltIn("sync_do_first", ["seq"], hidden: 1, first),
    "last": BuiltIn("do_last", ["seq"], hidden: 1, last),
    "list": BuiltIn("sync_do_list", ["value"]) { call throws(TemplateError) in
      try call.renderer.list(try call.items())
    },
    "join": BuiltIn(
      "sync_do_join", ["value", Parameter("d", ""), Parameter("attribute", nil)], hidden: 1, join),
    "reverse": BuiltIn("do_reverse", ["value"], reverse),
    "batch": BuiltIn("do_batch", ["value", "linecount", Parameter("fill_with", nil)], batch),
    "slice": BuiltIn("sync_do_slice", ["value", "slices", Parameter("fill_with", nil)], slice),
    "sum": BuiltIn(
      "sync_do_sum", ["iterable", Parameter("attribute", nil), Parameter("start", 0)], hidden: 1,
      sum),
    "items": BuiltIn("do_items", ["value"], items),
    "attr": BuiltIn("do_attr", ["obj", "name"], hidden: 1, attribute),
  ]

  private static let defaults: [Parameter] = [
    "value", Parameter("default_value", ""), Parameter("boolean", false),
  ]

  private static func fallBack(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    call.value.isUndefined || (call.flag(2) && !call.value.isTrue) ? call[1] : call.value
  }

  private static func length(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    guard let length = try call.renderer.length(of: call.value) else {
      throw .type("object of type '\(call.value.typeName)' has no len()")
    }
    return .integer(length)
  }

  private static func first(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    try call.renderer.cursor(over: call.value).next()
      ?? .undefined(UndefinedValue(hint: "No first item, sequence was empty."))
  }

  private static func last(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    switch call.value {
    case .text, .list, .tuple, .range, .dictionary, .undefined: break
    case .object(let object) where object is DictionaryView: break
    default: throw .type("'\(call.value.typeName)' object is not reversible")
    }
    return try call.items().last
      ?? .undefined(UndefinedValue(hint: "No last item, sequence was empty."))
  }

  private static func join(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    let path = AttributePath(call[2], call.renderer)
    let separator = try call.string(1)
    let cursor = try call.renderer.cursor(over: call.value)
    var text = ""
    var isFirst = true
    while let item = try cursor.next() {
      let part = try call.renderer.string(of: try path.value(of: item))
      try call.renderer.budget.produce(bytes: separator.utf8.count + part.utf8.count)
      text += (isFirst ? "" : separator) + part
      isFirst = false
    }
    return .text(text)
  }

  private static func reverse(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    if case .text(let text) = call.value {
      return try call.renderer.text(text.scalars.reversed())
    }
    guard call.renderer.isIterable(call.value) else {
      throw TemplateError(.filterArgument, "argument must be iterable")
    }
    let items = Array(try call.items().reversed())
    if case .object(let object) = call.value, object is Generator {
      return try call.renderer.list(items)
    }
    return try call.renderer.generator("reversed", items)
  }

  private static func batch(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    // Nothing is as long as what is no number.
    let size = call[1].integerValue ?? -1
    var rows: [TemplateValue] = []
    var row: [TemplateValue] = []
    for item in try call.items() {
      if row.count == size {
        rows.append(try call.renderer.list(row))
        row = []
      }
      row.append(item)
    }
    if !row.isEmpty {
      if !call[2].isNone, row.count < size {
        try call.renderer.budget.produce(elements: size - row.count)
        row += Array(repeating: call[2], count: size - row.count)
      }
      rows.append(try call.renderer.list(row))
    }
    return try call.renderer.generator("sync_do_batch", rows)
  }

  private static func slice(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    let count = try call.integer(1)
    let items = try call.items()
    guard count != 0 else {
      throw Renderer.zeroDivision("integer division or modulo by zero")
    }
    try call.renderer.budget.step(max(0, count))
    var columns: [TemplateValue] = []
    var start = 0
    for index in 0..<max(0, count) {
      let isLonger = index < items.count % count
      let end = start + items.count / count + (isLonger ? 1 : 0)
      let filling = call[2].isNone || isLonger ? [] : [call[2]]
      columns.append(try call.renderer.list(items[start..<end] + filling))
      start = end
    }
    return try call.renderer.generator("sync_do_slice", columns)
  }

  private static func sum(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    let path = AttributePath(call[1], call.renderer)
    guard call[2].textValue == nil else {
      throw .type("sum() can't sum strings [use ''.join(seq) instead]")
    }
    var total = call[2]
    for item in try call.items() {
      total = try call.renderer.calculate(.add, total, try path.value(of: item))
    }
    return total
  }

  private static func items(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    try call.renderer.object(
      Generator("do_items") { () throws(TemplateError) in
        if call.value.isUndefined { return Cursor([]) }
        guard case .dictionary(let dictionary) = call.value else {
          throw .type("Can only get item pairs from a mapping.")
        }
        return DictionaryView.cursor(over: dictionary) {
          [unowned renderer = call.renderer] entry throws(TemplateError) in
          try renderer.tuple([entry.key, entry.value])
        }
      })
  }

  private static func attribute(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    if case .undefined(let undefined) = call.value { throw undefined.error }
    guard case .text(let name) = call[1] else {
      throw .type("attribute name must be string, not '\(call[1].typeName)'")
    }
    if let found = try call.renderer.ownAttribute(name, of: call.value) { return found }
    return .undefined(
      UndefinedValue(
        objectName: call.value.objectName, name: PythonText.quoted(name), isText: true))
  }
}

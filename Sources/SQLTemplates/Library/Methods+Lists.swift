// SPDX-License-Identifier: MIT

extension Methods {
  static let lists: [String: BuiltIn] = [
    "index": index,
    "count": count,
    "append": BuiltIn("append", ["self", "object"]) { call throws(TemplateError) in
      try change(call) { list throws(TemplateError) in
        try call.renderer.budget.produce(elements: 1)
        list.items.append(call[1])
      }
    },
    "extend": BuiltIn("extend", ["self", "iterable"]) { call throws(TemplateError) in
      try change(call) { list throws(TemplateError) in
        let items = try call.renderer.items(of: call[1])
        try call.renderer.budget.produce(elements: items.count)
        list.items += items
      }
    },
    "insert": BuiltIn("insert", ["self", "index", "object"]) { call throws(TemplateError) in
      let index = try call.integer(1)
      return try change(call) { list throws(TemplateError) in
        try call.renderer.budget.produce(elements: 1)
        try call.renderer.budget.step(list.items.count / 16)
        let place = Slice(start: index, stop: nil, step: 1).bounds(list.items.count).first
        list.items.insert(call[2], at: place)
      }
    },
    "pop": BuiltIn("pop", ["self", Parameter("index", -1)], pop),
    "remove": BuiltIn("remove", ["self", "value"]) { call throws(TemplateError) in
      try change(call) { list throws(TemplateError) in
        for (index, item) in list.items.enumerated()
        where try call.renderer.areEqual(item, call[1]) {
          list.items.remove(at: index)
          return
        }
        throw .value("list.remove(x): x not in list")
      }
    },
    "clear": BuiltIn("clear", ["self"]) { call throws(TemplateError) in
      try change(call) { list throws(TemplateError) in list.items = [] }
    },
    "reverse": BuiltIn("reverse", ["self"]) { call throws(TemplateError) in
      try change(call) { list throws(TemplateError) in
        try call.renderer.budget.step(list.items.count)
        list.items.reverse()
      }
    },
    "sort": BuiltIn(
      "sort", ["self", Parameter("key", nil), Parameter("reverse", false)], sort),
    "copy": BuiltIn("copy", ["self"]) { call throws(TemplateError) in
      try call.renderer.list(try call.items())
    },
  ]

  /// What changes a list returns nothing.
  private static func change(
    _ call: BoundCall, _ body: (TemplateList) throws(TemplateError) -> Void
  ) throws(TemplateError) -> TemplateValue {
    if case .list(let list) = call.value { try body(list) }
    return .none
  }

  private static func pop(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    guard case .list(let list) = call.value else { return .none }
    guard !list.items.isEmpty else {
      throw TemplateError(.python(.indexError), "pop from empty list")
    }
    let index = try call.integer(1)
    let place = index < 0 ? index + list.items.count : index
    guard list.items.indices.contains(place) else {
      throw TemplateError(.python(.indexError), "pop index out of range")
    }
    try call.renderer.budget.step((list.items.count - place) / 16)
    return list.items.remove(at: place)
  }

  private static func sort(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    try change(call) { list throws(TemplateError) in
      var keyed: [(key: TemplateValue, item: TemplateValue)] = []
      for item in list.items {
        let key = call[1].isNone ? item : try call.renderer.call(call[1], CallArguments([item]))
        keyed.append((key, item))
      }
      list.items = try call.renderer.sorted(keyed, isReversed: call.flag(2))
    }
  }
}

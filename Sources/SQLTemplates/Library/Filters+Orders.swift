// SPDX-License-Identifier: MIT

/// Filters that compare items.
extension Filters {
  static let orders: [String: BuiltIn] = [
    "sort": BuiltIn(
      "do_sort",
      [
        "value", Parameter("reverse", false), Parameter("case_sensitive", false),
        Parameter("attribute", nil),
      ], hidden: 1, sort),
    "dictsort": BuiltIn(
      "do_dictsort",
      [
        "value", Parameter("case_sensitive", false), Parameter("by", "key"),
        Parameter("reverse", false),
      ], sortDictionary),
    "min": BuiltIn("do_min", extremes, hidden: 1) { call throws(TemplateError) in
      try extreme(call, "<")
    },
    "max": BuiltIn("do_max", extremes, hidden: 1) { call throws(TemplateError) in
      try extreme(call, ">")
    },
    "unique": BuiltIn("sync_do_unique", extremes, hidden: 1, unique),
    "groupby": BuiltIn(
      "sync_do_groupby",
      [
        "value", "attribute", Parameter("default", nil), Parameter("case_sensitive", false),
      ], hidden: 1, group),
  ]

  private static let extremes: [Parameter] = [
    "value", Parameter("case_sensitive", false), Parameter("attribute", nil),
  ]

  private static func sort(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    var attributes = [call[3]]
    if case .text(let text) = call[3] {
      attributes = TextSearch.split(text, by: ",").map(TemplateValue.text)
    }
    let paths = attributes.map {
      AttributePath($0, ignoringCase: !call.flag(2), call.renderer)
    }
    var keyed: [(key: TemplateValue, item: TemplateValue)] = []
    for item in try call.items() {
      var keys: [TemplateValue] = []
      for path in paths { keys.append(try path.value(of: item)) }
      keyed.append((.list(keys), item))
    }
    return try call.renderer.list(
      try call.renderer.sorted(keyed, isReversed: call.flag(1)))
  }

  private static func sortDictionary(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    let by = call[2].textValue ?? ""
    guard by == "key" || by == "value" else {
      throw TemplateError(.filterArgument, "You can only sort by either \"key\" or \"value\"")
    }
    if case .undefined(let undefined) = call.value { throw undefined.error }
    guard case .dictionary(let dictionary) = call.value else {
      throw TemplateError(
        .python(.attributeError),
        "'\(call.value.typeName)' object has no attribute 'items'")
    }
    let path = AttributePath(.none, ignoringCase: !call.flag(1), call.renderer)
    var keyed: [(key: TemplateValue, item: TemplateValue)] = []
    for entry in dictionary.entries.values {
      let key = try path.value(of: by == "key" ? entry.key : entry.value)
      keyed.append((key, try call.renderer.tuple([entry.key, entry.value])))
    }
    return try call.renderer.list(
      try call.renderer.sorted(keyed, isReversed: call.flag(3)))
  }

  private static func extreme(
    _ call: BoundCall, _ sign: String
  ) throws(TemplateError) -> TemplateValue {
    let path = AttributePath(call[2], ignoringCase: !call.flag(1), call.renderer)
    var best: (key: TemplateValue, item: TemplateValue)?
    for one in try path.keyed(try call.items()) {
      if let current = best, !(try call.renderer.isOrdered(one.key, sign, current.key)) {
        continue
      }
      best = one
    }
    return best?.item
      ?? .undefined(UndefinedValue(hint: "No aggregated item, sequence was empty."))
  }

  private static func unique(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    let renderer = call.renderer
    let path = AttributePath(call[2], ignoringCase: !call.flag(1), renderer)
    var seen: Set<DictionaryKey> = []
    return try renderer.generator("sync_do_unique", over: call.value) {
      [unowned renderer] item throws(TemplateError) in
      let key = try path.value(of: item).key(renderer.budget)
      try renderer.budget.produce(elements: 1)
      return seen.insert(key).inserted ? item : nil
    }
  }

  private static func group(_ call: BoundCall) throws(TemplateError) -> TemplateValue {
    let renderer = call.renderer
    let path = AttributePath(
      call[1], default: call[2], ignoringCase: !call.flag(3), renderer)
    let shown = AttributePath(call[1], default: call[2], renderer)
    let keyed = try path.keyed(try call.items())
    let sorted = try renderer.sorted(keyed.map { (key: $0.key, item: $0) })
    var groups: [(key: TemplateValue, items: [TemplateValue])] = []
    for (key, item) in sorted {
      if let last = groups.last, try renderer.areEqual(last.key, key) {
        groups[groups.count - 1].items.append(item)
      } else {
        groups.append((key, [item]))
      }
    }
    var tuples: [TemplateValue] = []
    for group in groups {
      let key = try shown.value(of: group.items[0])
      let items = try renderer.list(group.items)
      tuples.append(try renderer.tuple([key, items], names: ["grouper", "list"]))
    }
    return try renderer.list(tuples)
  }
}

// SPDX-License-Identifier: MIT

/// `for`.
extension Renderer {
  func execute(_ loop: Statement.Loop, _ frame: Frame) throws(TemplateError) {
    let source = try evaluate(loop.source, frame)
    guard loop.isRecursive else { return try run(loop, over: source, frame) }
    // A recursive loop is a function whose text is written when it has ended.
    try write(try rendered(loop, over: source, frame, depth: 0))
  }

  /// One level of a recursive loop.
  func rendered(
    _ loop: Statement.Loop, over source: TemplateValue, _ frame: Frame, depth: Int
  ) throws(TemplateError) -> String {
    try captured { () throws(TemplateError) in try run(loop, over: source, frame, depth: depth) }
  }

  private func run(
    _ loop: Statement.Loop, over source: TemplateValue, _ frame: Frame, depth: Int = 0
  ) throws(TemplateError) {
    try budget.enter()
    defer { budget.leave() }
    var cursor = try self.cursor(over: source)
    if let condition = loop.condition {
      cursor = filtered(cursor, by: condition, loop.target, frame)
    }
    let state = hold(LoopState(cursor, depth: depth))
    if loop.isRecursive { state.recursion = (loop, frame) }
    while let item = try state.next() {
      try budget.step()
      let inner = frame.inner
      inner.scope.set("loop", .object(state))
      try assign(item, to: loop.target, inner)
      try execute(loop.body, inner)
    }
    if state.index0 < 0 { try execute(loop.otherwise, frame.inner) }
  }

  /// The items for which the loop's `if` holds, found when they are wanted, since the body may change what it asks for.
  private func filtered(
    _ cursor: Cursor, by condition: Expression, _ target: Statement.Target, _ frame: Frame
  ) -> Cursor {
    hold(
      Cursor { [unowned self] () throws(TemplateError) in
        while let item = try cursor.next() {
          try budget.step()
          let inner = frame.inner
          try assign(item, to: target, inner)
          if try evaluate(condition, inner).isTrue { return item }
        }
        return nil
      })
  }
}

/// The variable `loop`.
final class LoopState: TemplateObject {
  private var cursor: Cursor
  private let depth: Int
  /// What a recursive loop does with what it is called with.
  var recursion: (loop: Statement.Loop, frame: Frame)?
  private(set) var index0 = -1
  private var length: Int?
  private var before: TemplateValue?
  private var current: TemplateValue?
  /// The next item, where somebody has looked at it.
  private var after: TemplateValue??
  private var lastChanged: [TemplateValue]?

  init(_ cursor: Cursor, depth: Int) {
    self.cursor = cursor
    self.depth = depth
    length = cursor.count
  }

  override var typeName: String { "LoopContext" }
  override var moduleName: String { "jinja2.runtime." }
  override var isCallable: Bool { true }
  override var isIterable: Bool { true }
  override var count: Int? { try? total() }

  override func unlink() {
    cursor = Cursor([])
    recursion = nil
    before = nil
    current = nil
    after = nil
    lastChanged = nil
  }

  func next() throws(TemplateError) -> TemplateValue? {
    let item: TemplateValue?
    if let after {
      item = after
      self.after = nil
    } else {
      item = try cursor.next()
    }
    guard let item else { return nil }
    index0 += 1
    before = current
    current = item
    return item
  }

  private func peek() throws(TemplateError) -> TemplateValue? {
    if let after { return after }
    let item = try cursor.next()
    after = .some(item)
    return item
  }

  /// The number of items, for which those that nobody has counted are gone through.
  private func total() throws(TemplateError) -> Int {
    if let length { return length }
    var rest: [TemplateValue] = []
    while let item = try cursor.next() { rest.append(item) }
    cursor = Cursor(rest)
    var isPeeked = false
    if case .some(.some) = after { isPeeked = true }
    let count = rest.count + index0 + 1 + (isPeeked ? 1 : 0)
    length = count
    return count
  }

  override func representation(_ renderer: Renderer) throws(TemplateError) -> String {
    "<LoopContext \(index0 + 1)/\(try total())>"
  }

  override func attribute(
    _ name: String, _ renderer: Renderer
  ) throws(TemplateError) -> TemplateValue? {
    switch name {
    case "index": return .integer(index0 + 1)
    case "index0": return .integer(index0)
    case "revindex": return .integer(try total() - index0)
    case "revindex0": return .integer(try total() - index0 - 1)
    case "first": return .boolean(index0 == 0)
    case "last": return .boolean(try peek() == nil)
    case "length": return .integer(try total())
    case "depth": return .integer(depth + 1)
    case "depth0": return .integer(depth)
    case "previtem":
      let item = index0 == 0 ? nil : before
      return item ?? .undefined(UndefinedValue(hint: "there is no previous item"))
    case "nextitem":
      return try peek() ?? .undefined(UndefinedValue(hint: "there is no next item"))
    case "cycle":
      return try renderer.method("cycle") { [unowned self] arguments, _ throws(TemplateError) in
        try cycle(arguments.positional)
      }
    case "changed":
      return try renderer.method("changed") { [unowned self] arguments, one throws(TemplateError) in
        try hasChanged(arguments.positional, one)
      }
    default: return nil
    }
  }

  private func cycle(_ items: [TemplateValue]) throws(TemplateError) -> TemplateValue {
    guard !items.isEmpty else { throw .type("no items for cycling given") }
    return items[max(0, index0) % items.count]
  }

  private func hasChanged(
    _ values: [TemplateValue], _ renderer: Renderer
  ) throws(TemplateError) -> TemplateValue {
    if let lastChanged, try renderer.areEqual(lastChanged, values) { return .boolean(false) }
    lastChanged = values
    return .boolean(true)
  }

  override func call(
    _ arguments: CallArguments, _ renderer: Renderer
  ) throws(TemplateError) -> TemplateValue {
    guard let recursion else {
      throw .type("The loop must have the 'recursive' marker to be called recursively.")
    }
    let values = try Signature("LoopContext.__call__", ["iterable"], hidden: 1).bind(arguments)
    return .text(
      try renderer.rendered(
        recursion.loop, over: values[0], recursion.frame, depth: depth + 1))
  }

  override func cursor(_ renderer: Renderer) throws(TemplateError) -> Cursor {
    Cursor { [unowned self, unowned renderer] () throws(TemplateError) in
      guard let item = try next() else { return nil }
      return try renderer.tuple([item, .object(self)])
    }
  }
}

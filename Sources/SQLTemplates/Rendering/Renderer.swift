// SPDX-License-Identifier: MIT

/// What a template sees from outside.
package struct TemplateContext {
  package var values: [String: TemplateValue]
  /// Filters beside the built-in ones; each gets the filtered value as its first argument.
  package var filters: [String: TemplateCallable]

  package init(
    _ values: [String: TemplateValue] = [:], filters: [String: TemplateCallable] = [:]
  ) {
    self.values = values
    self.filters = filters
  }
}

/// Carries out the statements of one template, once.
final class Renderer {
  let context: TemplateContext
  let budget: Budget
  /// Texts under way: the result, and within it what blocks, macros and loops catch.
  private var output: [String] = [""]
  private var outputSize = 0
  /// All that has been made and refers to something; see ``Linked``.
  private var held: [Linked] = []
  let root = Scope()
  private let isHolding: Bool

  /// - Parameter isHolding: false where nothing is rendered, and what is made shall live on.
  init(
    _ context: TemplateContext = TemplateContext(), _ limits: TemplateLimits = TemplateLimits(),
    isHolding: Bool = true
  ) {
    self.context = context
    self.isHolding = isHolding
    budget = Budget(limits)
  }

  deinit {
    for object in held { object.unlink() }
  }

  static func text(
    of body: [Statement], _ context: TemplateContext, _ limits: TemplateLimits
  ) throws(TemplateError) -> String {
    let renderer = Renderer(context, limits)
    // Kept until all it made has been taken apart.
    defer { withExtendedLifetime(renderer) {} }
    renderer.hold(renderer.root)
    try renderer.execute(body, Frame(renderer.root))
    return renderer.output[0]
  }

  // MARK: what is made

  @discardableResult func hold<Object: Linked>(_ object: Object) -> Object {
    if isHolding, !object.isHeld {
      object.isHeld = true
      held.append(object)
    }
    return object
  }

  func list(_ items: [TemplateValue]) throws(TemplateError) -> TemplateValue {
    try budget.produce(elements: items.count)
    return .list(hold(TemplateList(items)))
  }

  func tuple(
    _ items: [TemplateValue], names: [String]? = nil
  ) throws(TemplateError) -> TemplateValue {
    try budget.produce(elements: items.count)
    return .tuple(hold(TemplateTuple(items, names: names)))
  }

  func object(_ object: TemplateObject) throws(TemplateError) -> TemplateValue {
    try budget.produce(elements: 1)
    return .object(hold(object))
  }

  func text(_ text: String) throws(TemplateError) -> TemplateValue {
    try budget.produce(bytes: text.utf8.count)
    return .text(text)
  }

  func text(_ scalars: some Collection<Unicode.Scalar>) throws(TemplateError) -> TemplateValue {
    try text(String(scalars))
  }

  /// A text as often as that, its length asked for before it is made.
  func repeated(_ text: String, _ count: Int) throws(TemplateError) -> String {
    guard count > 0, !text.isEmpty else { return "" }
    let (size, overflows) = text.utf8.count.multipliedReportingOverflow(by: count)
    try budget.produce(bytes: overflows ? .max : size)
    return String(repeating: text, count: count)
  }

  // MARK: what is written

  func write(_ text: String) throws(TemplateError) {
    outputSize += text.utf8.count
    guard outputSize <= budget.limits.output else {
      throw .limit("the template writes more than \(budget.limits.output) bytes")
    }
    output[output.count - 1] += text
  }

  /// What a body writes, instead of writing it.
  func captured(_ body: () throws(TemplateError) -> Void) throws(TemplateError) -> String {
    let before = outputSize
    output.append("")
    do {
      try body()
    } catch {
      output.removeLast()
      throw error
    }
    let text = output.removeLast()
    outputSize = before
    try budget.produce(bytes: text.utf8.count)
    return text
  }
}

/// Names of a body, within those around it.
final class Scope: Linked {
  private let parent: Scope?
  /// A parameter that has no value yet hides what is outside: nil.
  private var values: [String: TemplateValue?] = [:]

  init(within parent: Scope? = nil) { self.parent = parent }

  subscript(name: String) -> TemplateValue?? {
    var scope: Scope? = self
    while let current = scope {
      if let found = current.values[name] { return .some(found) }
      scope = current.parent
    }
    return nil
  }

  func set(_ name: String, _ value: TemplateValue?) { values.updateValue(value, forKey: name) }

  override func unlink() { values = [:] }
}

/// Where a statement stands: the names that it sees.
struct Frame {
  let scope: Scope

  init(_ scope: Scope) { self.scope = scope }

  var inner: Frame { Frame(Scope(within: scope)) }
}

// SPDX-License-Identifier: MIT

/// What one rendering may use up. A template is written by whoever may write charts, and so may be hostile.
package struct TemplateLimits: Sendable {
  /// Expressions evaluated, statements executed, elements visited; a second or two's worth.
  package var steps = 2_000_000
  /// Bytes of all texts and containers that are made on the way, about.
  package var bytes = 64_000_000
  /// Bytes of the result.
  package var output = 8_000_000
  /// Evaluations within evaluations; below what a thread's stack of 8 MB can bear.
  package var depth = 400

  package init() {}

  /// Nesting of a template's text; below `depth`, so that what can be read can be rendered.
  static let syntaxDepth = 120
  /// Bytes that an element of a container counts for.
  static let elementSize = 40
}

/// What is left of the limits while a template is rendered.
final class Budget {
  let limits: TemplateLimits
  private var steps: Int
  private var bytes: Int
  private var depth = 0

  init(_ limits: TemplateLimits = TemplateLimits()) {
    self.limits = limits
    steps = limits.steps
    bytes = limits.bytes
  }

  func step(_ count: Int = 1) throws(TemplateError) {
    steps -= count
    guard steps >= 0 else { throw .limit("the template takes more than \(limits.steps) steps") }
  }

  /// For going through a text once; a step is worth some of its bytes.
  func step(through text: String) throws(TemplateError) { try step(text.utf8.count / 8) }

  /// For a float's exact digits, of which small and large ones have hundreds.
  func step(through number: Double, places: Int = 0) throws(TemplateError) {
    try step((abs(number.isNormal ? Int(number.exponent) : 0) + places) / 8 + 1)
  }

  /// To be asked before the text or container is made.
  func produce(bytes count: Int) throws(TemplateError) {
    guard count <= bytes else {
      throw .limit("the template makes more than \(limits.bytes) bytes of values")
    }
    bytes -= count
  }

  func produce(elements count: Int) throws(TemplateError) {
    guard count <= limits.bytes else {
      throw .limit("the template makes more than \(limits.bytes) bytes of values")
    }
    try step(count)
    try produce(bytes: (count + 2) * TemplateLimits.elementSize)
  }

  func enter() throws(TemplateError) {
    guard depth < limits.depth else { throw .limit("the template nests too deeply") }
    depth += 1
  }

  func leave() { depth -= 1 }
}

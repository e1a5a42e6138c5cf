// SPDX-License-Identifier: MIT
import PythonTexts

/// A text with Jinja's tags, read once and rendered as often as needed.
///
/// It is what `SandboxedEnvironment(undefined=DebugUndefined)` of Jinja 3.1 makes of it, without inheritance, imports
/// and what makes HTML.
package struct Template: Sendable {
  private let body: [Statement]
  private let strangers: [(kind: String, name: String, line: Int)]

  package init(_ text: String) throws(TemplateError) {
    body = try TemplateParser.statements(of: text)
    var checker = TemplateChecker()
    try checker.check(body)
    strangers = checker.strangers
  }

  /// - Throws: the template's errors, and what the context's functions throw.
  package func rendered(
    with context: TemplateContext, limits: TemplateLimits = TemplateLimits()
  ) throws(TemplateError) -> String {
    for (kind, name, line) in strangers {
      if kind == "filter", context.filters[name] != nil { continue }
      if kind == "filter", Filters.unsupported.contains(name) {
        throw .unsupported("the filter '\(name)'", line: line)
      }
      throw TemplateError(
        .assertion, "No \(kind) named \(PythonText.quoted(name)).", line: line)
    }
    return try Renderer.text(of: body, context, limits)
  }

  package func rendered(
    with values: [String: TemplateValue]
  ) throws(TemplateError) -> String {
    try rendered(with: TemplateContext(values))
  }
}

// SPDX-License-Identifier: MIT

/// What functions that are lent to a template do with what they get.
extension TemplateValue {
  /// `str` of it.
  package func pythonText() throws(TemplateError) -> String {
    try Renderer(isHolding: false).string(of: self)
  }

  /// `repr` of it.
  package func pythonRepresentation() throws(TemplateError) -> String {
    try Renderer(isHolding: false).representation(of: self)
  }

  /// `format.format(self)`
  package func formatted(by format: String) throws(TemplateError) -> String {
    var brace = BraceFormat(CallArguments([self]), Renderer(isHolding: false))
    return try brace.text(format)
  }

  /// What a loop over it would see.
  package func elements() throws(TemplateError) -> [TemplateValue] {
    try Renderer(isHolding: false).items(of: self)
  }
}

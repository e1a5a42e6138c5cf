// SPDX-License-Identifier: MIT

/// `address.city` or `0`, as the `attribute` of filters for lists has it.
struct AttributePath {
  private let parts: [TemplateValue]
  private let fallback: TemplateValue?
  private let ignoresCase: Bool
  private let renderer: Renderer

  /// - Parameter attribute: none for the items themselves.
  init(
    _ attribute: TemplateValue, default fallback: TemplateValue = .none,
    ignoringCase ignoresCase: Bool = false, _ renderer: Renderer
  ) {
    self.fallback = fallback.isNone ? nil : fallback
    self.ignoresCase = ignoresCase
    self.renderer = renderer
    switch attribute {
    case .none: parts = []
    case .text(let text):
      parts = text.split(separator: ".", omittingEmptySubsequences: false).map { part in
        let isNumber = !part.isEmpty && part.unicodeScalars.allSatisfy(\.isASCIIDigit)
        return (isNumber ? Int(part).map(TemplateValue.integer) : nil) ?? .text(String(part))
      }
    default: parts = [attribute]
    }
  }

  func value(of item: TemplateValue) throws(TemplateError) -> TemplateValue {
    var value = item
    for part in parts {
      value = try renderer.item(part, of: value)
      if let fallback, value.isUndefined { value = fallback }
    }
    if ignoresCase, case .text(let text) = value { return .text(text.lowercased()) }
    return value
  }

  /// Items beside what they are ordered by.
  func keyed(
    _ items: [TemplateValue]
  ) throws(TemplateError) -> [(key: TemplateValue, item: TemplateValue)] {
    var keyed: [(key: TemplateValue, item: TemplateValue)] = []
    for item in items { keyed.append((try value(of: item), item)) }
    return keyed
  }
}

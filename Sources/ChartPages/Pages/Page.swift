// SPDX-License-Identifier: MIT

/// One HTML file that needs nothing else and runs nothing.
struct Page {
  let title: String
  let style: PageStyle
  /// What the root element says of the page, besides that it is ready.
  let viz: String
  let fault: String?
  /// May differ from the style's: dashboards are as long as they are.
  let height: Double
  let content: Markup

  /// Nothing may be loaded, run, framed or sent, whatever stands in the page.
  private static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

  var bytes: [UInt8] {
    var head = Markup(empty: "meta", ["charset": "utf-8"])
    head += Markup(
      empty: "meta", ["http-equiv": "Content-Security-Policy", "content": Self.policy])
    head += Markup(
      empty: "meta", ["name": "viewport", "content": "width=\(style.width)"])
    head += Markup("title", Markup(text: title))
    let sheet = StyleSheet.text(style.theme)
    let frame = Markup(
      "div",
      ["class": "page", "style": "width:\(style.width)px;height:\(height.pixels)"], content)
    let doctype = Array("<!DOCTYPE html>\n".utf8)
    // The style sheet is the program's own and may not be escaped.
    let styled = head.bytes + Array("<style>\(sheet)</style>".utf8)
    return doctype + Array("<html".utf8) + attributes + Array("><head>".utf8) + styled
      + Array("</head>".utf8) + Markup("body", frame).bytes + Array("</html>\n".utf8)
  }

  private var attributes: [UInt8] {
    var text = Markup()
    text += Self.attribute("data-ready", "true")
    text += Self.attribute("data-viz", viz)
    text += Self.attribute("data-theme", style.theme.name)
    if let fault { text += Self.attribute("data-error", fault) }
    return text.bytes
  }

  private static func attribute(_ name: StaticString, _ value: String) -> Markup {
    Markup(attribute: name, PlainText.cleaned(value, limit: 300))
  }
}

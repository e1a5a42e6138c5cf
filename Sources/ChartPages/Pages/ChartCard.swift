// SPDX-License-Identifier: MIT

/// A chart in its place, with its title above it; what cannot be drawn says why.
struct ChartCard {
  private static let titleHeight = 20.0

  let markup: Markup
  let viz: String
  /// Why there is no picture; nil also where there are merely no rows.
  let fault: String?

  /// - Parameter padding: between the card's edge and what stands in it.
  init(_ source: ChartSource, in box: Box, padding: Double, theme: Theme, memory: ColourMemory) {
    let title = PlainText.cleaned(source.title, limit: 300)
    var inner = Box(0, 0, box.width, box.height).inset(
      left: padding, top: padding, right: padding, bottom: padding)
    var output = Markup()
    if !title.isEmpty {
      let style = Self.place(Box(inner.left, inner.top, inner.width, Self.titleHeight))
      output += Markup(
        "h2", ["class": "title", "dir": "auto", "style": style], Markup(text: title))
      inner = inner.inset(top: Self.titleHeight + 10)
    }
    let size = Box(0, 0, inner.width, inner.height)
    let picture = Self.picture(source, size, theme, memory)
    output += Markup("div", ["class": "body", "style": Self.place(inner)], picture.markup)
    viz =
      source.form["viz_type"]?.stringValue ?? source.document["form_data"]?["viz_type"]?.stringValue
      ?? "table"
    fault = picture.fault
    markup = Markup(
      "section",
      ["class": "chart", "data-viz": viz, "style": Self.place(box)], output)
  }

  static func place(_ box: Box) -> String {
    "left:\(box.left.pixels);top:\(box.top.pixels);"
      + "width:\(box.width.pixels);height:\(box.height.pixels)"
  }

  private static func picture(
    _ source: ChartSource, _ box: Box, _ theme: Theme, _ memory: ColourMemory
  ) -> (markup: Markup, fault: String?) {
    do {
      return (try PictureKind.drawn(Chart(source, theme: theme, memory: memory), in: box), nil)
    } catch {
      switch error {
      case .empty:
        let words = Markup("No results were returned for this query")
        return (Markup("p", ["class": "message"], words), nil)
      case .failed(let text): return (errorBox("Unexpected error", text), text)
      case .unfit(let text): return (errorBox("This chart cannot be drawn", text), text)
      }
    }
  }

  static func errorBox(_ heading: StaticString, _ text: String) -> Markup {
    Markup(
      "div", ["class": "error", "role": "alert", "dir": "auto"],
      Markup("b", Markup(heading)) + Markup(text: PlainText.cleaned(text, limit: 600)))
  }
}

// SPDX-License-Identifier: MIT
import JSONValues

/// A page with a dashboard: its charts, each drawn as on a page of its own, at their places.
package struct DashboardPage {
  /// Between the page's edge and the grid.
  private static let margin = (x: 32.0, y: 24.0)
  private static let heading = 48.0

  package let bytes: [UInt8]
  /// How high the page is, whatever was asked for: a dashboard is as long as it is.
  package let height: Int
  /// Why charts show an error in the place of a picture, by id.
  package let faults: [Int: String]

  package init(_ source: DashboardSource, _ style: PageStyle) {
    let title = PlainText.cleaned(source.title, limit: 300)
    let head = title.isEmpty ? 0 : Self.heading
    let margin = min(Self.margin.x, Double(style.width) / 25)
    let width = Double(style.width) - margin * 2
    let grid = Box(margin, Self.margin.y + head, width, 0)
    let plan = GridPlan(source.layout, activeTabs: source.activeTabs, in: grid)
    var content = Markup()
    if head > 0 {
      content += Self.header(title, size: 24, Box(margin, Self.margin.y, width, head - 16))
    }
    var faults: [Int: String] = [:]
    let memory = ColourMemory()
    for item in plan.items { content += Self.drawn(item, source, style.theme, memory, &faults) }
    if plan.items.isEmpty {
      content += Markup(
        "p", ["class": "message"], Markup("There are no charts added to this dashboard"))
    }
    let needed = grid.top + plan.height + Self.margin.y
    let height = max(Double(style.height), needed.rounded(.up))
    self.height = Int(height)
    self.faults = faults
    bytes =
      Page(
        title: title, style: style, viz: "dashboard",
        fault: Self.told(faults), height: height, content: content
      ).bytes
  }

  private static func drawn(
    _ item: GridItem, _ source: DashboardSource, _ theme: Theme, _ memory: ColourMemory,
    _ faults: inout [Int: String]
  ) -> Markup {
    let place = ChartCard.place(item.box)
    switch item.content {
    case .chart(let id, let title):
      guard var chart = source.chart(id) else { return missing(id, item.box, &faults) }
      if chart.title.isEmpty { chart.title = title }
      let card = ChartCard(chart, in: item.box, padding: 16, theme: theme, memory: memory)
      faults[id] = card.fault
      return card.markup
    case .words(let text):
      return Markup("div", ["class": "words", "style": place], Markdown.markup(text))
    case .header(let text, let size): return header(text, size: size, item.box)
    case .rule: return Markup("div", ["class": "rule", "style": place], Markup())
    case .backdrop: return Markup("div", ["class": "card", "style": place], Markup())
    case .tabs(let titles, let active):
      let tabs = titles.enumerated().map { index, title in
        Markup(
          "span", ["class": index == active ? "tab active" : "tab", "dir": "auto"],
          Markup(text: PlainText.cleaned(title, limit: 100)))
      }
      return Markup("div", ["class": "tabs", "style": place], Markup.joined(tabs))
    }
  }

  /// Which charts have failed, and why: `chart 17: no such column`.
  private static func told(_ faults: [Int: String]) -> String? {
    guard !faults.isEmpty else { return nil }
    return faults.sorted { $0.key < $1.key }.map { "chart \($0.key): \($0.value)" }
      .joined(separator: "; ")
  }

  private static func header(_ text: String, size: Double, _ box: Box) -> Markup {
    Markup(
      "h2",
      [
        "class": "header", "dir": "auto",
        "style": ChartCard.place(box) + ";font-size:\(size.pixels)",
      ], Markup(text: PlainText.cleaned(text, limit: 300)))
  }

  private static func missing(_ id: Int, _ box: Box, _ faults: inout [Int: String]) -> Markup {
    let words = "There is no chart \(id)"
    faults[id] = words
    return Markup(
      "section", ["class": "chart", "style": ChartCard.place(box)],
      ChartCard.errorBox("This chart cannot be drawn", words))
  }
}

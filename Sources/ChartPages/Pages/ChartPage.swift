// SPDX-License-Identifier: MIT

/// A page with one chart that fills it.
package struct ChartPage {
  package let bytes: [UInt8]
  /// Why the page shows an error in the place of a picture.
  package let fault: String?

  package init(_ source: ChartSource, _ style: PageStyle) {
    let box = Box(0, 0, Double(style.width), Double(style.height))
    let padding = style.width < 300 ? 4.0 : 8.0
    let card = ChartCard(
      source, in: box, padding: padding, theme: style.theme, memory: ColourMemory())
    fault = card.fault
    bytes =
      Page(
        title: source.title, style: style, viz: card.viz, fault: card.fault, height: box.height,
        content: card.markup
      ).bytes
  }
}

// SPDX-License-Identifier: MIT

/// The colours of a page that are not the data's.
package struct Theme: Hashable, Sendable {
  package let name: String
  /// Behind everything.
  let page: String
  /// Behind a chart.
  let card: String
  let text: String
  /// The one text that a chart is about.
  let strong: String
  /// Axes and their labels.
  let faint: String
  let grid: String
  let border: String
  /// Behind the bar of a table's cell.
  let bar: String
  let link: String

  package static let light = Theme(
    name: "light", page: "#f7f7f7", card: "#ffffff", text: "#333333", strong: "#000000",
    faint: "#6e7079",
    grid: "#e0e6f1", border: "#e0e0e0", bar: "#cccccc", link: "#156378")

  package static let dark = Theme(
    name: "dark", page: "#141414", card: "#1f1f1f", text: "#e6e6e6", strong: "#ffffff",
    faint: "#a8adb8",
    grid: "#363b46", border: "#424242", bar: "#555555", link: "#79cade")

  package init?(named name: String) {
    switch name {
    case "light": self = .light
    case "dark": self = .dark
    default: return nil
    }
  }

  private init(
    name: String, page: String, card: String, text: String, strong: String, faint: String,
    grid: String,
    border: String, bar: String, link: String
  ) {
    (self.name, self.page, self.card, self.text) = (name, page, card, text)
    (self.strong, self.faint, self.grid, self.border) = (strong, faint, grid, border)
    (self.bar, self.link) = (bar, link)
  }
}

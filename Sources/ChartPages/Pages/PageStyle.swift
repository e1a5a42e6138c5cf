// SPDX-License-Identifier: MIT

/// How large a page is, and in which colours.
package struct PageStyle: Hashable, Sendable {
  /// Smaller nothing can be drawn, larger no browser makes a picture.
  package static let sizes = 50...8000

  package let width: Int
  package let height: Int
  package let theme: Theme

  /// Sizes beyond ``sizes`` are brought back to them.
  package init(width: Int, height: Int, theme: Theme = .light) {
    self.width = min(max(width, Self.sizes.lowerBound), Self.sizes.upperBound)
    self.height = min(max(height, Self.sizes.lowerBound), Self.sizes.upperBound)
    self.theme = theme
  }
}

// SPDX-License-Identifier: MIT

/// How a page is photographed.
package struct Shot: Hashable, Sendable {
  /// What of the page is on the picture.
  package enum Area: Hashable, Sendable {
    /// What the window shows.
    case window
    /// The page from its top to its bottom, as wide as the window.
    case page
    /// The first element that the CSS selector finds, also what of it lies below the window.
    case element(String)
  }

  /// How the picture is brought to another size; it is never distorted, and nothing black is put around it.
  package enum Size: Hashable, Sendable {
    case natural
    /// As large as the box lets it be.
    case within(PixelSize)
    /// Exactly the box. What is too tall is cut off below, as Superset does it; what is too short goes on in the colour
    /// of its lower left corner, where Superset has black.
    case filling(PixelSize)
  }

  package enum Format: Hashable, Sendable {
    case png
    /// Pages of A4, each with what fits, or as the page's own `@page` has it.
    case pdf
  }

  package var window: PixelSize
  /// Pixels of the picture for each of the page's.
  package var density = 1.0
  package var area = Area.window
  package var size = Size.natural
  package var format = Format.png
  /// Takes the picture also of a page that is not ready in time, and says so in a warning.
  package var acceptsUnready = false

  /// Superset's window for charts.
  package static let usualWindow = PixelSize(width: 800, height: 600)

  package init(window: PixelSize = Self.usualWindow) { self.window = window }
}

/// What was taken.
package struct Picture: Sendable {
  /// PNG or PDF.
  package let bytes: [UInt8]
  /// What a person who looks at it should know; none in most cases.
  package var warnings: [String] = []
}

// SPDX-License-Identifier: MIT

/// What a thumbnail is of, and the sizes that Superset gives it where nobody asks for others.
package enum ThumbnailKind: String, Hashable, Sendable {
  case chart, dashboard

  /// Of the browser's window.
  package var windowSize: PixelSize {
    switch self {
    case .chart: PixelSize(width: 800, height: 600)
    case .dashboard: PixelSize(width: 1600, height: 1200)
    }
  }

  /// Of the picture.
  package var thumbnailSize: PixelSize { PixelSize(width: 800, height: 600) }
}

/// Pixels of CSS.
package struct PixelSize: Hashable, Sendable, CustomStringConvertible {
  package let width: Int
  package let height: Int

  package init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  package var description: String { "\(width)x\(height)" }
}

// SPDX-License-Identifier: MIT

/// A width and a height in pixels, both at least 1.
package struct PixelSize: Hashable, Sendable, CustomStringConvertible {
  package let width: Int
  package let height: Int

  /// Chromium draws nothing that is wider; a taller picture is put together of tiles.
  package static let limit = 16_384

  package init?(_ width: Int, _ height: Int) {
    let range = 1...Self.limit
    guard range.contains(width), range.contains(height) else { return nil }
    self.width = width
    self.height = height
  }

  /// `800x600`.
  package init?(_ text: String) {
    let parts = text.lowercased().split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2, let width = Int(parts[0]), let height = Int(parts[1]) else {
      return nil
    }
    self.init(width, height)
  }

  init(width: Int, height: Int) {
    self.width = max(1, width)
    self.height = max(1, height)
  }

  package var description: String { "\(width)x\(height)" }
}

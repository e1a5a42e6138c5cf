// SPDX-License-Identifier: MIT

/// Something that a dashboard shows at a place.
struct GridItem {
  enum Content: Hashable {
    case chart(Int, title: String)
    case words(String)
    case header(String, size: Double)
    case rule
    case tabs([String], active: Int)
    case backdrop
  }

  let content: Content
  let box: Box
}

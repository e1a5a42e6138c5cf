// SPDX-License-Identifier: MIT

/// The legacy partition: a column for each level, heights by size, of each part its greatest.
struct PartitionPicture: Picture {
  private static let fit = TextFit(size: 12)
  /// Of a level's colours; the first one is whole.
  private static let opacities = [1.0, 0.8]

  private let pen: Pen
  private let number: NumberText
  private let width: Double
  private let left: Double
  private var colours: ColourScale

  static func drawn(_ chart: Chart, in box: Box) throws(ChartFault) -> Markup {
    let limit = Int(chart.number("partition_limit", 1...2000, else: 5))
    let least = chart.number("partition_threshold", 0...1, else: 0.05)
    let forest = TreeNode.forest(chart.legacy)
    let roots = forest.map { Self.pruned($0, limit, least) }.sorted { $0.value > $1.value }
    let total = roots.reduce(0) { $0 + $1.value }
    guard total > 0, total.isFinite else { throw .empty }
    let levels = roots.map { depth(of: $0) }.max() ?? 1
    var picture = PartitionPicture(
      pen: Pen(theme: chart.theme), number: chart.format(nil, chart.text("number_format")),
      width: box.width / Double(levels), left: box.left, colours: chart.colours)
    var output = Markup()
    // Level by level: in this order labels get their colours.
    var level = picture.placed(roots, below: nil, top: box.top, height: box.height)
    for depth in 0..<levels {
      for part in level { output += picture.drawn(part, depth) }
      level = level.flatMap { part in
        picture.placed(
          part.node.children, below: depth == 0 && roots.count == 1 ? nil : part.name,
          top: part.top, height: part.height)
      }
    }
    return picture.pen.canvas(box.width, box.height, label: chart.title, output)
  }

  private struct Part {
    let node: TreeNode
    /// The names on the way to it.
    let name: String
    let top: Double
    let height: Double
  }

  /// What is left shares the whole height.
  private static func pruned(_ node: TreeNode, _ limit: Int, _ least: Double) -> TreeNode {
    var node = node
    node.children = node.children.filter { $0.value >= least * node.value }
      .sorted { $0.value > $1.value }.prefix(limit).map { pruned($0, limit, least) }
    return node
  }

  private static func depth(of node: TreeNode) -> Int {
    1 + (node.children.map { depth(of: $0) }.max() ?? 0)
  }

  private func placed(
    _ nodes: [TreeNode], below name: String?, top: Double, height: Double
  ) -> [Part] {
    let total = nodes.reduce(0) { $0 + $1.value }
    guard total > 0 else { return [] }
    var parts: [Part] = []
    var top = top
    for node in nodes {
      let own = height * node.value / total
      guard own >= 1.5 else { break }
      let path = name.map { "\($0), \(node.name)" } ?? node.name
      parts.append(Part(node: node, name: path, top: top, height: own))
      top += own
    }
    return parts
  }

  private mutating func drawn(_ part: Part, _ depth: Int) -> Markup {
    let box = Box(left + Double(depth) * width, part.top, width, part.height)
    let colour = colours.colour(of: part.name)
    let opacity = Self.opacities[min(depth, Self.opacities.count - 1)]
    return pen.rectangle(box, fill: colour.css, opacity: opacity, stroke: pen.theme.card)
      + label(part, in: box, colour)
  }

  private func label(_ part: Part, in box: Box, _ colour: Colour) -> Markup {
    guard box.height > 15, box.width > 30 else { return Markup() }
    let text = "\(PlainText.cleaned(part.name)): \(number.text(part.node.value))"
    let shown = Self.fit.fitted(text, into: box.width - 10)
    return pen.text(
      shown, box.left + 5, box.top + box.height / 2 + 4, Pen.Letters(colour: colour.ink))
  }
}

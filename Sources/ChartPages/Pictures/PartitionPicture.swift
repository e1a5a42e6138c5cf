// SPDX-License-Identifier: MIT

/// The legacy partition: a column for each level, heights by size.
struct PartitionPicture: Picture {
  private static let fit = TextFit(size: 12)

  private let pen: Pen
  private let number: NumberText
  private let width: Double
  private var colours: ColourScale

  static func drawn(_ chart: Chart, in box: Box) throws(ChartFault) -> Markup {
    let forest = TreeNode.forest(chart.legacy)
    let total = forest.reduce(0) { $0 + $1.value }
    guard total > 0, total.isFinite else { throw .empty }
    let levels = forest.map { depth(of: $0) }.max() ?? 1
    var picture = PartitionPicture(
      pen: Pen(theme: chart.theme), number: chart.format(nil, chart.text("number_format")),
      width: box.width / Double(levels), colours: chart.colours)
    let marks = picture.columns(forest, left: box.left, top: box.top, box.height / total, nil)
    return picture.pen.canvas(box.width, box.height, label: chart.title, marks)
  }

  private static func depth(of node: TreeNode) -> Int {
    1 + (node.children.map { depth(of: $0) }.max() ?? 0)
  }

  /// - Parameter colour: the parts of a part keep its colour; nil for what has none yet.
  private mutating func columns(
    _ nodes: [TreeNode], left: Double, top: Double, _ scale: Double, _ colour: Colour?
  ) -> Markup {
    var output = Markup()
    var top = top
    for node in nodes.sorted(by: { $0.value > $1.value }) where node.value * scale >= 1.5 {
      let box = Box(left, top, width, node.value * scale)
      let own = colour ?? colours.colour(of: node.name)
      output += pen.rectangle(
        box, fill: own.css, opacity: colour == nil ? 1 : 0.75, stroke: pen.theme.card)
      output += label(node, in: box, own)
      let isRoot = nodes.count == 1 && colour == nil
      output += columns(
        node.children, left: left + width, top: top, scale, isRoot ? nil : own)
      top += box.height
    }
    return output
  }

  private func label(_ node: TreeNode, in box: Box, _ colour: Colour) -> Markup {
    guard box.height > 15, box.width > 30 else { return Markup() }
    let text = "\(PlainText.cleaned(node.name)): \(number.text(node.value))"
    let shown = Self.fit.fitted(text, into: box.width - 10)
    return pen.text(
      shown, box.left + 5, box.top + min(16, box.height / 2 + 4),
      Pen.Letters(colour: colour.ink))
  }
}

// SPDX-License-Identifier: MIT

/// Rings around each other, one for each level.
struct SunburstPicture: Picture {
  private static let most = 3000
  private static let fit = TextFit(size: 11)

  private let pen: Pen
  private let middle: (x: Double, y: Double)
  private let hole: Double
  /// How thick a ring is.
  private let thickness: Double
  private var colours: ColourScale
  private var count = 0

  static func drawn(_ chart: Chart, in box: Box) throws(ChartFault) -> Markup {
    let table = try chart.table()
    let metric = chart.metrics(of: table).first ?? table.numbers.first
    guard let metric else { throw .empty }
    let dimensions = chart.dimensions(of: table).filter { $0 != metric }
    let forest = TreeNode.forest(
      table.rows, dimensions[...], metric, in: table, time: TimeFormat(chart.text("date_format")))
    let total = forest.reduce(0) { $0 + $1.value }
    guard total > 0, total.isFinite, !dimensions.isEmpty else { throw .empty }
    let radius = min(box.width, box.height) / 2 - 6
    var picture = SunburstPicture(
      pen: Pen(theme: chart.theme), middle: (box.middleX, box.middleY), hole: radius * 0.3,
      thickness: radius * 0.7 / Double(min(dimensions.count, 8)), colours: chart.colours)
    picture.colours.give(to: forest, of: metric)
    let marks = picture.ring(forest, level: 0, from: 0, turn: 1 / total)
    return picture.pen.canvas(box.width, box.height, label: chart.title, marks)
  }

  private mutating func ring(
    _ nodes: [TreeNode], level: Int, from start: Double, turn: Double
  ) -> Markup {
    var output = Markup()
    var from = start
    let inner = hole + thickness * Double(level)
    let ring = Ring(middle: middle, inner: inner, outer: inner + thickness)
    for node in nodes.sorted(by: { $0.value > $1.value }) {
      let to = from + node.value * turn
      // Thinner than a pixel.
      guard (to - from) * ring.outer * 6.28 >= 1, count < Self.most else { break }
      count += 1
      let own = colours.colour(of: node.name)
      output += pen.shape(
        ring.path(from, to, outer: ring.outer), fill: own.css, stroke: pen.theme.card)
      output += label(node, ring, from, to, own)
      output += self.ring(node.children, level: level + 1, from: from, turn: turn)
      from = to
    }
    return output
  }

  private func label(
    _ node: TreeNode, _ ring: Ring, _ from: Double, _ to: Double, _ colour: Colour
  ) -> Markup {
    let place = ring.point((from + to) / 2, (ring.inner + ring.outer) / 2)
    // As wide as the ring, and as long as the piece.
    guard (to - from) * (ring.inner + ring.outer) * 3.14 > 16, thickness > 24 else {
      return Markup()
    }
    let text = Self.fit.fitted(PlainText.cleaned(node.name), into: thickness - 6)
    let letters = Pen.Letters(size: 11, colour: colour.ink, anchor: .middle)
    return pen.text(text, place.x, place.y + 4, letters)
  }
}

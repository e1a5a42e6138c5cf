// SPDX-License-Identifier: MIT

/// Rings around each other, one for each level.
struct SunburstPicture: Picture {
  private static let most = 3000
  private static let fit = TextFit(size: 11)

  private let pen: Pen
  private let middle: (x: Double, y: Double)
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
      pen: Pen(theme: chart.theme), middle: (box.middleX, box.middleY),
      thickness: radius / (Double(min(dimensions.count, 8)) + 0.5), colours: chart.colours)
    let marks = picture.ring(forest, level: 0, from: 0, turn: 1 / total, nil)
    return picture.pen.canvas(box.width, box.height, label: chart.title, marks)
  }

  /// - Parameter colour: what lies around a piece has its colour.
  private mutating func ring(
    _ nodes: [TreeNode], level: Int, from start: Double, turn: Double, _ colour: Colour?
  ) -> Markup {
    var output = Markup()
    var from = start
    let inner = thickness * (Double(level) + 0.5)
    let ring = Ring(middle: middle, inner: inner, outer: inner + thickness)
    for node in nodes.sorted(by: { $0.value > $1.value }) {
      let to = from + node.value * turn
      // Thinner than a pixel.
      guard (to - from) * ring.outer * 6.28 >= 1, count < Self.most else { break }
      count += 1
      let own = colour ?? colours.colour(of: node.name)
      output += pen.shape(
        ring.path(from, to, outer: ring.outer), fill: own.css, opacity: level == 0 ? 1 : 0.75,
        stroke: pen.theme.card)
      output += label(node, ring, from, to, own)
      output += self.ring(node.children, level: level + 1, from: from, turn: turn, own)
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

// SPDX-License-Identifier: MIT

/// Rectangles within rectangles, by size.
struct TreemapPicture: Picture {
  /// Smaller rectangles are left out, and those that come after so many.
  private static let smallest = 2.0
  private static let most = 3000
  private static let heading = 20.0
  private static let fit = TextFit(size: 12)

  private let pen: Pen
  private let number: NumberText
  private let labels: String
  private let showsLabels: Bool
  private let showsHeadings: Bool
  private var colours: ColourScale
  private var count = 0

  static func drawn(_ chart: Chart, in box: Box) throws(ChartFault) -> Markup {
    let forest: [TreeNode]
    var metric: String?
    if chart.tables.isEmpty {
      forest = TreeNode.forest(chart.legacy)
    } else {
      let table = try chart.table()
      guard let name = chart.metrics(of: table).first else { throw .empty }
      metric = name
      let dimensions = chart.dimensions(of: table).filter { $0 != name }
      let time = TimeFormat(chart.text("date_format"))
      forest = TreeNode.forest(table.rows, dimensions[...], name, in: table, time: time)
    }
    // Legacy ones hang below one root.
    let roots = forest.count == 1 && !forest[0].children.isEmpty ? forest[0].children : forest
    guard roots.contains(where: { $0.value > 0 }) else { throw .empty }
    var picture = TreemapPicture(chart, metric)
    if let metric { picture.colours.give(to: roots, of: metric) }
    let marks = picture.boxes(roots, in: box.inset(left: 1, top: 1, right: 1, bottom: 1))
    return picture.pen.canvas(box.width, box.height, label: chart.title, marks)
  }

  private init(_ chart: Chart, _ metric: String?) {
    pen = Pen(theme: chart.theme)
    number = chart.format(metric, chart.text("number_format") ?? "SMART_NUMBER")
    labels = chart.text("label_type") ?? "key_value"
    showsLabels = chart.form["show_labels"].map(\.isTrue) ?? true
    showsHeadings = chart.form["show_upper_labels"].map(\.isTrue) ?? true
    colours = chart.colours
  }

  private mutating func boxes(_ nodes: [TreeNode], in box: Box) -> Markup {
    let nodes = nodes.sorted { $0.value > $1.value }
    let boxes = TreemapLayout.boxes(nodes.map(\.value), in: box)
    var output = Markup()
    for (node, box) in zip(nodes, boxes)
    where box.width >= Self.smallest && box.height >= Self.smallest && count < Self.most {
      count += 1
      output += drawn(node, in: box)
    }
    return output
  }

  private mutating func drawn(_ node: TreeNode, in box: Box) -> Markup {
    let colour = colours.colour(of: node.name)
    let inner = box.inset(left: 1, top: 1, right: 1, bottom: 1)
    guard !node.children.isEmpty, inner.width > 4, inner.height > 4 else {
      return pen.rectangle(inner, fill: colour.css) + label(node, in: inner, colour)
    }
    let isHeaded = showsHeadings && inner.height > Self.heading * 2
    // A group has no colour of its own, so that nobody takes it for one of its parts.
    let frame = pen.rectangle(inner, fill: pen.theme.card, kind: "group")
    let head = isHeaded ? heading(node, in: inner) : Markup()
    let body = inner.inset(
      left: 2, top: isHeaded ? Self.heading : 2, right: 2, bottom: 2)
    return frame + head + boxes(node.children, in: body)
  }

  private func heading(_ node: TreeNode, in box: Box) -> Markup {
    guard box.width > 24 else { return Markup() }
    let text = Self.fit.fitted(PlainText.cleaned(said(of: node)), into: box.width - 10)
    return pen.text(text, box.left + 5, box.top + 14, Pen.Letters(colour: pen.theme.text))
  }

  private func said(of node: TreeNode) -> String {
    let value = number.text(node.value)
    switch labels.lowercased() {
    case "key": return node.name
    case "value": return value
    default: return "\(node.name): \(value)"
    }
  }

  private func label(_ node: TreeNode, in box: Box, _ colour: Colour) -> Markup {
    guard showsLabels, box.width > 24, box.height > 16 else { return Markup() }
    let lines = Self.fit.lines(
      PlainText.cleaned(said(of: node)), width: box.width - 8,
      limit: max(1, Int((box.height - 4) / 15)))
    var output = Markup()
    for (index, line) in lines.enumerated() {
      output += pen.text(
        line, box.left + 5, box.top + 14 + Double(index) * 15, Pen.Letters(colour: colour.ink))
    }
    return output
  }
}

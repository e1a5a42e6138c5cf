// SPDX-License-Identifier: MIT
import JSONValues

/// Names of colours at the edge of a chart: above it from the right, as Superset has them, or where the form says.
struct Legend {
  struct Entry: Hashable {
    let label: String
    let colour: String
    var isLine = false
    var isDot = false
  }

  private enum Side: String {
    case top, bottom, left, right
  }

  private static let row = 20.0
  private static let sign = 25.0
  private static let fit = TextFit(size: 12)
  /// More than these are never read.
  private static let mostEntries = 60

  private let entries: [Entry]
  private let side: Side
  private let pen: Pen

  init(_ chart: Chart, _ entries: [Entry]) {
    let isShown = chart.form["show_legend"].map(\.isTrue) ?? (entries.count > 0)
    self.entries = isShown ? entries : []
    side = chart.text("legendOrientation").flatMap(Side.init) ?? .top
    pen = Pen(theme: chart.theme)
  }

  /// The legend, and what is left of the box.
  func laid(in box: Box) -> (markup: Markup, rest: Box) {
    guard !entries.isEmpty, box.width > 120, box.height > 80 else { return (Markup(), box) }
    switch side {
    case .top, .bottom: return inRows(box)
    case .left, .right: return inColumn(box)
    }
  }

  private func inRows(_ box: Box) -> (Markup, Box) {
    let rows = rows(width: box.width - 10, limit: box.height > 260 ? 3 : box.height > 150 ? 2 : 1)
    let height = Double(rows.count) * Self.row
    let top = side == .top ? box.top + 2 : box.bottom - height
    var output = Markup()
    for (index, row) in rows.enumerated() {
      let width = row.reduce(0) { $0 + self.width(of: $1) }
      var left = side == .top ? box.right - width + 5 : box.middleX - width / 2
      left = max(box.left + 5, left)
      for entry in row {
        output += drawn(entry, left, top + Double(index) * Self.row)
        left += self.width(of: entry)
      }
    }
    let rest =
      side == .top ? box.inset(top: height + 4) : box.inset(bottom: height + 4)
    return (output, rest)
  }

  /// What does not fit is counted.
  private func rows(width: Double, limit: Int) -> [[Entry]] {
    let longest = max(80, width / 2 - 50)
    var rows: [[Entry]] = [[]]
    var used = 0.0
    for (index, entry) in entries.enumerated() {
      let entry = shortened(entry, longest)
      let left = entries.count - index
      let last = rows.count == limit
      let more = Entry(label: "+\(left)", colour: "")
      let reserve = last && left > 1 ? self.width(of: more) : 0
      let needed = self.width(of: entry)
      if used + needed + reserve > width, used > 0 {
        guard !last, index < Self.mostEntries else {
          rows[rows.count - 1].append(more)
          return rows
        }
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append(entry)
      used += needed
    }
    return rows
  }

  private func inColumn(_ box: Box) -> (Markup, Box) {
    let widest = entries.prefix(Self.mostEntries).map { self.width(of: $0) }.max() ?? 0
    let width = min(box.width * 0.35, widest)
    let limit = max(1, Int((box.height - 10) / Self.row))
    var shown = entries.prefix(limit).map { shortened($0, width - Self.sign - 15) }
    if entries.count > limit {
      shown[limit - 1] = Entry(label: "+\(entries.count - limit + 1)", colour: "")
    }
    let left = side == .left ? box.left : box.right - width
    let markup = shown.enumerated().reduce(into: Markup()) { output, item in
      output += drawn(item.element, left + 5, box.top + 5 + Double(item.offset) * Self.row)
    }
    let rest = side == .left ? box.inset(left: width + 5) : box.inset(right: width + 5)
    return (markup, rest)
  }

  private func shortened(_ entry: Entry, _ width: Double) -> Entry {
    let label = Self.fit.fitted(PlainText.cleaned(entry.label, limit: 200), into: width)
    return Entry(label: label, colour: entry.colour, isLine: entry.isLine, isDot: entry.isDot)
  }

  private func width(of entry: Entry) -> Double {
    Self.fit.width(of: entry.label) + (entry.colour.isEmpty ? 10 : Self.sign + 15)
  }

  private func drawn(_ entry: Entry, _ left: Double, _ top: Double) -> Markup {
    guard !entry.colour.isEmpty else { return pen.text(entry.label, left, top + 14) }
    let middle = top + 10
    var sign = Markup()
    if entry.isDot {
      sign += pen.dot(left + Self.sign / 2, middle, radius: 7, fill: entry.colour)
    } else if entry.isLine {
      sign += pen.line(
        (left, middle), (left + Self.sign, middle), stroke: entry.colour, width: 2, kind: "key")
      sign += pen.dot(
        left + Self.sign / 2, middle, radius: 5, fill: pen.theme.card,
        stroke: Pen.Stroke(entry.colour))
    } else {
      let box = Box(left, top + 4, Self.sign, 13)
      sign += pen.rectangle(box, fill: entry.colour, kind: "key")
    }
    return sign + pen.text(entry.label, left + Self.sign + 5, top + 14)
  }
}

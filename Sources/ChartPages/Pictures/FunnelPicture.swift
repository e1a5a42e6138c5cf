// SPDX-License-Identifier: MIT

/// Steps one under the other, as wide as their values.
enum FunnelPicture: Picture {
  private static let fit = TextFit(size: 12)

  static func drawn(_ chart: Chart, in box: Box) throws(ChartFault) -> Markup {
    let parts = try Slices(chart)
    let slices = Array(parts.slices.sorted { $0.value > $1.value }.prefix(60))
    guard let greatest = slices.first?.value, greatest > 0 else { throw .empty }
    let pen = Pen(theme: chart.theme)
    var scale = chart.colours
    let colours = slices.map { scale.colour(of: $0.name) }
    let entries = zip(slices, colours).map { Legend.Entry(label: $0.name, colour: $1.css) }
    let (legend, rest) = Legend(chart, entries).laid(in: box)
    let area = rest.inset(left: 20, top: 10, right: 20, bottom: 10)
    let height = area.height / Double(slices.count)
    let number = chart.format(parts.metric, chart.text("number_format") ?? "SMART_NUMBER")
    var output = legend
    for (index, slice) in slices.enumerated() {
      let next = index + 1 < slices.count ? slices[index + 1].value : 0
      let top = area.top + Double(index) * height
      let upper = area.width / 2 * slice.value / greatest
      let lower = area.width / 2 * next / greatest
      let middle = area.middleX
      let path =
        "M\((middle - upper).css) \(top.css)L\((middle + upper).css) \(top.css)"
        + "L\((middle + lower).css) \((top + height - 1).css)"
        + "L\((middle - lower).css) \((top + height - 1).css)Z"
      output += pen.shape(path, fill: colours[index].css)
      output += label(
        text(slice, number.text(slice.value), slice.value / greatest, chart), colours[index], pen,
        width: (upper + lower) - 8,
        Box(area.left, top, area.width, height))
    }
    return pen.canvas(box.width, box.height, label: chart.title, output)
  }

  /// Superset numbers what a label says.
  private static func text(
    _ slice: Slices.Slice, _ value: String, _ share: Double, _ chart: Chart
  ) -> String {
    let name = PlainText.cleaned(slice.name, limit: 200)
    let percent = ValueFormat.percent.text(share)
    let choice = chart.form["label_type"]
    switch choice?.integerValue.map(String.init) ?? choice?.stringValue {
    case "1", "value": return value
    case "2", "percent": return percent
    case "3", "key_value": return "\(name): \(value)"
    case "4", "key_percent": return "\(name): \(percent)"
    case "5", "key_value_percent": return "\(name): \(value) (\(percent))"
    case "6", "value_percent": return "\(value) (\(percent))"
    default: return name
    }
  }

  private static func label(
    _ text: String, _ colour: Colour, _ pen: Pen, width: Double, _ box: Box
  ) -> Markup {
    guard box.height >= 12 else { return Markup() }
    // What is too long for its step stands beside the middle in the page's own colour.
    let isInside = fit.width(of: text) <= width
    let letters = Pen.Letters(
      colour: isInside ? colour.ink : pen.theme.text, anchor: isInside ? .middle : .end)
    let x = isInside ? box.middleX : box.right
    let room = isInside ? width : box.width / 2 - max(0, width) / 2 - 10
    return pen.text(fit.fitted(text, into: max(60, room)), x, box.middleY + 4, letters)
  }
}

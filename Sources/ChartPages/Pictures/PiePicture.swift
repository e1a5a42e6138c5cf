// SPDX-License-Identifier: MIT

/// A pie, a ring, or, where radii are the values, a rose.
enum PiePicture: Picture {
  static func drawn(_ chart: Chart, in box: Box) throws(ChartFault) -> Markup {
    let parts = try Slices(chart)
    let total = parts.total
    guard total > 0, total.isFinite else { throw .empty }
    let pen = Pen(theme: chart.theme)
    var scale = chart.colours
    let colours = parts.slices.map { scale.colour(of: $0.name).css }
    let entries = zip(parts.slices, colours).map {
      Legend.Entry(label: $0.name, colour: $1)
    }
    let (legend, rest) = Legend(chart, entries).laid(in: box)
    let ring = Ring(chart, in: rest)
    var labels = PieLabels(chart, parts, ring, in: rest)
    var output = legend
    var (start, outside) = (0.0, Markup())
    let greatest = parts.slices.map(\.value).max() ?? 1
    for (slice, colour) in zip(parts.slices, colours) {
      let end = start + slice.value / total
      let outer = ring.outer(slice.value / greatest)
      output += pen.shape(ring.path(start, end, outer: outer), fill: colour)
      outside += labels.drawn(slice, share: slice.value / total, from: start, to: end, colour, pen)
      start = end
    }
    return pen.canvas(
      box.width, box.height, label: chart.title, output + outside + labels.total(total, pen))
  }
}

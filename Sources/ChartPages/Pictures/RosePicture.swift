// SPDX-License-Identifier: MIT
import Glibc
import JSONValues

/// The legacy rose: a sector for each time, as long as its value, series one around the other.
enum RosePicture: Picture {
  private typealias Part = (name: String, value: Double)

  static func drawn(_ chart: Chart, in box: Box) throws(ChartFault) -> Markup {
    let sectors = sectors(chart)
    let names = FormLabels.unique(sectors.flatMap { $0.parts.map(\.name) })
    let greatest = sectors.map { $0.parts.reduce(0) { $0 + $1.value } }.max() ?? 0
    guard greatest > 0, greatest.isFinite else { throw .empty }
    let pen = Pen(theme: chart.theme)
    var scale = chart.colours
    let colours = names.reduce(into: [:]) { $0[$1] = scale.colour(of: $1).css }
    let entries = names.map { Legend.Entry(label: $0, colour: colours[$0] ?? "") }
    let (legend, rest) = Legend(chart, entries).laid(in: box)
    let radius = max(1, min(rest.width / 2 - 40, rest.height / 2 - 22))
    var output = legend
    let time = TimeFormat(chart.text("date_time_format"))
    let isByArea = chart.form["rose_area_proportion"].isTrue
    func reach(_ sum: Double) -> Double {
      radius * (isByArea ? sqrt(sum / greatest) : sum / greatest)
    }
    for (index, sector) in sectors.enumerated() {
      // The first one begins at the left, as on a clock that is a quarter late.
      let from = Double(index) / Double(sectors.count) - 0.25
      let to = Double(index + 1) / Double(sectors.count) - 0.25
      var sum = 0.0
      for part in sector.parts where part.value > 0 {
        let inner = reach(sum)
        sum += part.value
        let outer = reach(sum)
        let ring = Ring(middle: (rest.middleX, rest.middleY), inner: inner, outer: outer)
        output += pen.shape(
          ring.path(from, to, outer: outer), fill: colours[part.name] ?? "", opacity: 0.75,
          stroke: pen.theme.card)
      }
      let edge = Ring(middle: (rest.middleX, rest.middleY), inner: 0, outer: radius)
      let turn = (from + to) / 2
      let place = edge.point(turn, reach(sum) + 10)
      let side = sin(turn * 2 * .pi)
      output += pen.text(
        time.text(sector.time), place.x, place.y + 4,
        Pen.Letters(size: 11, anchor: side > 0.3 ? .start : side < -0.3 ? .end : .middle))
    }
    return pen.canvas(box.width, box.height, label: chart.title, output)
  }

  /// `{"946684800000000000": [{"key": ["CA"], "value": 1, "time": 946684800000.0}]}`.
  private static func sectors(_ chart: Chart) -> [(time: Double, parts: [Part])] {
    (chart.legacy?.objectValue ?? [:]).elements.prefix(100).compactMap { member in
      let items = member.value.list.prefix(60)
      let time = items.first?["time"]?.plotted ?? Double(member.key).map { $0 / 1e6 }
      guard let time else { return nil }
      return (
        time,
        items.map { item in
          (SeriesName.text(item["name"], time: .detailed), max(0, item["value"]?.plotted ?? 0))
        }
      )
    }.sorted { $0.time < $1.time }
  }
}

// SPDX-License-Identifier: MIT
import JSONValues

/// What a chart's layers of annotations draw over an axis of times or numbers: lines, moments and spans.
struct Annotations {
  struct Line {
    let name: String
    let points: [(x: Double, y: Double)]
    let stroke: Pen.Stroke
    /// The radius of its dots; nil without.
    let dots: Double?
  }

  struct Note {
    let record: AnnotationRecord
    let stroke: Pen.Stroke
    let isNamed: Bool
  }

  /// More of one kind nobody tells apart.
  private static let most = 200

  private(set) var lines: [Line] = []
  private(set) var notes: [Note] = []

  /// - Parameter scale: the series' own, which have had their colours already.
  init(_ chart: Chart, over positions: CartesianData.Positions, _ scale: inout ColourScale) {
    guard let places = positions.numbers else { return }
    for layer in chart.form["annotation_layers"].list where layer["show"].isTrue {
      guard lines.count < Self.most, notes.count < Self.most else { return }
      let name = layer["name"]?.stringValue ?? ""
      let answer = chart.annotations[name] ?? .null
      switch layer["annotationType"]?.stringValue {
      case "FORMULA": addFormula(layer, name, places, &scale)
      case "TIME_SERIES": addSeries(layer, name, answer, &scale)
      case "EVENT", "INTERVAL": addNotes(layer, name, answer, &scale)
      default: break
      }
    }
  }

  private mutating func addFormula(
    _ layer: JSONValue, _ name: String, _ places: [Double], _ scale: inout ColourScale
  ) {
    guard let text = layer["value"].map({ $0.stringValue ?? $0.text }), let formula = Formula(text)
    else { return }
    let points = places.sorted().compactMap { x in formula.value(at: x).map { (x, $0) } }
    lines.append(
      Line(name: name, points: points, stroke: Self.stroke(layer, name, &scale), dots: nil))
  }

  private mutating func addSeries(
    _ layer: JSONValue, _ name: String, _ answer: JSONValue, _ scale: inout ColourScale
  ) {
    var stroke = Self.stroke(layer, name, &scale)
    if layer["hideLine"].isTrue { stroke.width = 0 }
    for part in (answer.arrayValue ?? []).prefix(Self.most) {
      let points = part["values"].list.compactMap { point -> (x: Double, y: Double)? in
        guard let x = AnnotationRecord.time(point["x"]), let y = point["y"]?.plotted else {
          return nil
        }
        return (x, y)
      }
      let dots = layer["showMarkers"].isTrue ? 3.0 : nil
      lines.append(Line(name: name, points: points, stroke: stroke, dots: dots))
    }
  }

  private mutating func addNotes(
    _ layer: JSONValue, _ name: String, _ answer: JSONValue, _ scale: inout ColourScale
  ) {
    let records = answer["records"].list.lazy.compactMap { AnnotationRecord($0, of: layer) }
    var stroke = Self.stroke(layer, name, &scale)
    let isSpan = layer["annotationType"]?.stringValue == "INTERVAL"
    // What is not said is half as strong for spans, behind which there are marks.
    if isSpan, stroke.opacity == 1 { stroke.opacity = 0.5 }
    let isNamed = layer["showLabel"].isTrue
    notes += records.prefix(Self.most).map { Note(record: $0, stroke: stroke, isNamed: isNamed) }
  }

  private static func stroke(
    _ layer: JSONValue, _ name: String, _ scale: inout ColourScale
  ) -> Pen.Stroke {
    let chosen = layer["color"]?.stringValue.flatMap(Colour.init)
    var stroke = Pen.Stroke((chosen ?? scale.colour(of: name)).css)
    stroke.width = max(0.5, min(20, layer["width"]?.plotted ?? 1))
    switch layer["opacity"]?.stringValue {
    case "opacityLow": stroke.opacity = 0.2
    case "opacityMedium": stroke.opacity = 0.5
    case "opacityHigh": stroke.opacity = 0.8
    default: break
    }
    switch layer["style"]?.stringValue {
    case "dashed": stroke.dashes = "\((stroke.width * 4).css) \((stroke.width * 2).css)"
    case "dotted": stroke.dashes = stroke.width.css
    default: break
    }
    return stroke
  }

  /// The names of lines, each once.
  var entries: [Legend.Entry] {
    FormLabels.unique(lines.map(\.name)).compactMap { name in
      lines.first { $0.name == name }.map {
        Legend.Entry(label: name, colour: $0.stroke.colour, isLine: true)
      }
    }
  }

  /// What the axis of values has to show besides the series.
  var values: [Double] { lines.flatMap { $0.points.map(\.y) } }
}

extension CartesianData.Positions {
  /// Nil for names, between which there is no distance.
  fileprivate var numbers: [Double]? {
    switch self {
    case .times(let places), .values(let places): places
    case .labels: nil
    }
  }
}

// SPDX-License-Identifier: MIT

/// Shapes and texts of SVG, in the colours of a theme.
struct Pen {
  let theme: Theme

  enum Anchor: String {
    case start, middle, end
  }

  struct Letters {
    var size: Double = 12
    var colour: String?
    var anchor: Anchor = .start
    var isBold = false
    /// Degrees around the place of the text.
    var turn: Double = 0
  }

  struct Stroke: Hashable {
    let colour: String
    var width: Double = 2
    /// As SVG has them; empty where the line has none.
    var dashes = ""
    var opacity: Double = 1

    init(_ colour: String) { self.colour = colour }
  }

  func canvas(_ width: Double, _ height: Double, label: String, _ content: Markup) -> Markup {
    Markup(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": "drawing", "role": "img",
        "aria-label": PlainText.cleaned(label, limit: 200), "width": width.css,
        "height": height.css, "viewBox": "0 0 \(width.css) \(height.css)",
      ], content)
  }

  func rectangle(
    _ box: Box, fill: String, kind: String = "mark", opacity: Double = 1, stroke: String = "none"
  ) -> Markup {
    Markup(
      empty: "rect",
      [
        "class": kind, "x": box.left.css, "y": box.top.css, "width": box.width.css,
        "height": box.height.css, "rx": kind == "key" ? "3" : "", "fill": fill,
        "fill-opacity": opacity == 1 ? "" : opacity.css, "stroke": stroke == "none" ? "" : stroke,
      ])
  }

  func line(
    _ from: (x: Double, y: Double), _ to: (x: Double, y: Double), stroke: String,
    width: Double = 1, kind: String = "line"
  ) -> Markup {
    Markup(
      empty: "line",
      [
        "class": kind, "x1": from.x.css, "y1": from.y.css, "x2": to.x.css, "y2": to.y.css,
        "stroke": stroke, "stroke-width": width.css,
      ])
  }

  func outline(_ path: String, _ stroke: Stroke, kind: String = "mark") -> Markup {
    Markup(
      empty: "path",
      [
        "class": kind, "d": path, "fill": "none", "stroke": stroke.colour,
        "stroke-width": stroke.width.css, "stroke-linejoin": "round",
        "stroke-dasharray": stroke.dashes,
        "stroke-opacity": stroke.opacity == 1 ? "" : stroke.opacity.css,
      ])
  }

  func shape(_ path: String, fill: String, opacity: Double = 1, stroke: String = "none") -> Markup {
    Markup(
      empty: "path",
      [
        "class": "mark", "d": path, "fill": fill,
        "fill-opacity": opacity == 1 ? "" : opacity.css, "stroke": stroke == "none" ? "" : stroke,
      ])
  }

  /// A shape that is strong at its top and gone at its bottom.
  func fading(_ path: String, from colour: String) -> Markup {
    let name = "fade" + colour.dropFirst()
    func stop(_ offset: String, _ opacity: String) -> Markup {
      Markup(
        empty: "stop", ["offset": offset, "stop-color": colour, "stop-opacity": opacity])
    }
    let gradient = Markup(
      "linearGradient", ["id": name, "x1": "0", "y1": "0", "x2": "0", "y2": "1"],
      stop("0", "0.7") + stop("1", "0"))
    return Markup("defs", gradient) + shape(path, fill: "url(#\(name))")
  }

  func dot(_ x: Double, _ y: Double, radius: Double, fill: String, stroke: Stroke? = nil) -> Markup
  {
    Markup(
      empty: "circle",
      [
        "class": "dot", "cx": x.css, "cy": y.css, "r": radius.css, "fill": fill,
        "stroke": stroke?.colour ?? "none", "stroke-width": stroke?.width.css ?? "",
      ])
  }

  /// A text whose base line is at this height; each is isolated from the directions of its neighbours.
  func text(_ text: String, _ x: Double, _ y: Double, _ letters: Letters = Letters()) -> Markup {
    let turn =
      letters.turn == 0 ? "" : "rotate(\(letters.turn.css) \(x.css) \(y.css))"
    // An anchor is meant as seen, and `start` is at the right where one writes from right to left.
    let isTurned = PlainText.isRightToLeft(text)
    let anchor: Anchor =
      switch letters.anchor {
      case .start where isTurned: .end
      case .end where isTurned: .start
      default: letters.anchor
      }
    return Markup(
      "text",
      [
        "x": x.css, "y": y.css, "font-size": letters.size.css, "fill": letters.colour ?? theme.text,
        "text-anchor": anchor == .start ? "" : anchor.rawValue,
        "font-weight": letters.isBold ? "bold" : "",
        "direction": isTurned ? "rtl" : "", "transform": turn,
      ], Markup(text: text))
  }
}

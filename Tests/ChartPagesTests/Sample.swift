// SPDX-License-Identifier: MIT
import JSONValues

@testable import ChartPages

/// Charts for tests, and what their pages hold.
enum Sample {
  /// An answer of Superset's with one query.
  static func document(
    _ rows: [JSONValue], _ columns: [(name: String, kind: Int)]
  ) -> JSONValue {
    [
      "result": [
        [
          "data": .array(rows), "status": "success",
          "colnames": .array(columns.map { .string($0.name) }),
          "coltypes": .array(columns.map { .integer($0.kind) }),
        ]
      ]
    ]
  }

  /// Names and numbers.
  static func pairs(_ pairs: [(String, Double)]) -> JSONValue {
    document(
      pairs.map { ["name": .string($0.0), "value": .double($0.1)] },
      [("name", 1), ("value", 0)])
  }

  static func page(
    _ viz: String, _ document: JSONValue, _ form: JSONObject = [:], title: String = "",
    width: Int = 800, height: Int = 600, theme: Theme = .light
  ) -> Drawn {
    var form = form
    form["viz_type"] = .string(viz)
    let source = ChartSource(title: title, form: .object(form), document: document)
    let page = ChartPage(source, PageStyle(width: width, height: height, theme: theme))
    return Drawn(String(decoding: page.bytes, as: UTF8.self))
  }
}

/// A page's text, searched for its shapes.
struct Drawn {
  let html: String

  init(_ html: String) { self.html = html }

  struct Element {
    let attributes: String

    func callAsFunction(_ name: String) -> Double {
      Double(text(name)) ?? .nan
    }

    func text(_ name: String) -> String {
      guard let start = attributes.firstRange(of: " \(name)=\"") else { return "" }
      return String(attributes[start.upperBound...].prefix { $0 != "\"" })
    }
  }

  func elements(_ name: String, kind: String? = nil) -> [Element] {
    html.split(separator: "<").filter { $0.hasPrefix(name + " ") }
      .map { Element(attributes: " " + $0.dropFirst(name.count + 1)) }
      .filter { kind == nil || $0.text("class") == kind }
  }

  /// What stands in elements of this name, tags left out.
  func texts(_ name: String) -> [String] {
    html.split(separator: "<\(name)", omittingEmptySubsequences: false).dropFirst().compactMap {
      guard let first = $0.first, first == " " || first == ">" else { return nil }
      let inner = $0.drop { $0 != ">" }.dropFirst()
      let end = inner.firstRange(of: "</\(name)>")?.lowerBound ?? inner.endIndex
      return Self.plain(String(inner[..<end]))
    }
  }

  private static func plain(_ text: String) -> String {
    text.split(separator: "<", omittingEmptySubsequences: false).enumerated().map { item in
      item.offset == 0 ? String(item.element) : String(item.element.drop { $0 != ">" }.dropFirst())
    }.joined()
  }

  var colours: [String] { elements("rect", kind: "mark").map { $0.text("fill") } }
}
